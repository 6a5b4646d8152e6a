/** What one stack takes from another, and the estate that they are together. */
import { joinEstates, linkedStacks, openReferences, readStackEstate, type StackEstate } from "../../inventory/stacks";
import type { FacilitySite } from "../../model";
import { fromStateExport } from "../../inventory/sources/stateExport";
import { loginExport, loginUrn, secret, sessionsArn, sessionsExport, sessionsUrn } from "../support/referringStacks";

const sites = ["chuncheon", "ansan"].map((name): FacilitySite => ({
  ...{ kind: "facility", name, facility: name, clusterContext: name, region: "kr", operator: "own", hazards: [] },
  ...{ powerFeeds: [name], carriers: ["kt"], batteryRoomsSeparated: true, batteryChemistry: "lead-acid" },
  firePlanKeepsPower: true,
}));
const read = (document: unknown): StackEstate => readStackEstate(fromStateExport(document), "file.json", { sites });
const sessions = read(sessionsExport());
const needsOf = (stacks: readonly StackEstate[], service = "app/prod:login") =>
  joinEstates(stacks).services.find(({ id }) => id === service)?.dependencies ?? [];

test("a use names the output by its value, and its resource and property", () => {
  const { uses } = read(loginExport());
  expect(uses).toEqual(
    ["ansan", "chuncheon"].map((site) => ({
      service: "login",
      urn: loginUrn(site),
      property: "spec",
      stack: "organization/data/prod",
      outputs: ["table"],
    })),
  );
});

test.each([
  ["inside of a longer text", `https://x/${sessionsArn}?a=b`, ["table"]],
  ["nowhere, since it was changed on the way", "elsewhere", null],
  ["not by a region that stands in another text", "sqs.ap-northeast-2.amazonaws.com", null],
  ["not where all of it is encrypted", secret, null],
])("an output is found %s", (_, told, outputs) => {
  expect(read(loginExport({ told })).uses.map((use) => use.outputs)).toEqual([outputs, outputs]);
});

test("a value that is encrypted in part may come from any output that is encrypted", () => {
  const outputs = { table: sessionsArn, password: secret };
  const told = [sessionsArn, secret];
  expect(read(loginExport({ outputs, told })).uses[0]?.outputs).toEqual(["password", "table"]);
});

test.each([
  ["the ARN of a table", sessionsArn, ["sessions"]],
  ["a URL that holds its name", "https://dynamodb/sessions-8d4aacd", ["sessions"]],
  ["a region", "ap-northeast-2", []],
  ["a number", 3, []],
  ["what no resource is called", "https://pay.example.com", null],
  ["what is encrypted", secret, null],
])("an output that is %s stands for its service", (_, output, services) => {
  expect(read(sessionsExport({ outputs: { output } })).offers).toEqual([{ output: "output", services }]);
});

test("who uses an output needs the service behind it, hard, and by its full name", () => {
  expect(needsOf([read(loginExport()), sessions])).toMatchObject([
    { anyOf: ["data/prod:sessions"], strength: "hard", evidence: { urn: loginUrn("ansan"), property: "spec" } },
  ]);
  const { services } = joinEstates([read(loginExport()), sessions]);
  expect(services.find(({ urns }) => urns.includes(sessionsUrn()))).toMatchObject({
    tier: "important",
    tierFrom: { source: "inherited", service: "app/prod:login" },
  });
});

test("what cannot be traced is any output of the stack, and a place alone is no need", () => {
  expect(needsOf([read(loginExport({ told: "elsewhere" })), sessions])).toHaveLength(1);
  expect(needsOf([read(loginExport({ told: "ap-northeast-2" })), sessions])).toEqual([]);
  const untold = read(sessionsExport({ outputs: { table: "https://pay.example.com" } }));
  expect(needsOf([read(loginExport()), untold])).toHaveLength(1);
});

test("stacks of one program do not stand in for each other, whatever their services are called", () => {
  const pairs = ["prod", "dev"].flatMap((stack) => [
    read(loginExport({ stack, reference: `organization/data/${stack}` })),
    read(sessionsExport({ stack })),
  ]);
  const { services } = joinEstates(pairs);
  expect(services.map(({ id }) => id)).toEqual(["app/dev:login", "app/prod:login", "data/dev:sessions", "data/prod:sessions"]);
  expect(needsOf(pairs, "app/dev:login").flatMap(({ anyOf }) => anyOf)).toEqual(["data/dev:sessions"]);
  expect(linkedStacks(pairs).map((group) => group.map(({ stack }) => stack).sort())).toEqual([["app/prod", "data/prod"], ["app/dev", "data/dev"]]);
  expect(joinEstates([...pairs].reverse())).toEqual(joinEstates(pairs));
}); // prettier-ignore

test.each([
  ["organization/data/prod", true],
  ["acme/data/prod", true],
  ["organization/data/dev", false],
  ["prod", true],
  ["acme/prod", true],
  ["dev", false],
])("a reference to %s finds data/prod: %s", (reference, found) => {
  const login = read(loginExport({ reference, stack: "eu" }));
  expect(openReferences([login, sessions])).toEqual(found ? [] : [{ from: "app/eu", to: reference }]);
});

test("a shorter reference means the own project first, and nothing where two others fit", () => {
  const login = read(loginExport({ reference: "prod", stack: "eu" }));
  const own = { ...sessions, stack: "app/prod" };
  const other = { ...sessions, stack: "other/prod" };
  expect(openReferences([login, other, sessions])).toHaveLength(1);
  expect(linkedStacks([login, other, sessions, own]).flat().map(({ stack }) => stack).sort()).toEqual(["app/eu", "app/prod"]); // prettier-ignore
});

test("an estate of a stack outlives being written down as JSON", () => {
  const stacks = [read(loginExport()), sessions];
  const again = JSON.parse(JSON.stringify(stacks)) as StackEstate[];
  expect(joinEstates(again)).toEqual(joinEstates(stacks));
});
