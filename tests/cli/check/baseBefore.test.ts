/** What a preview or an event log itself starts from as the base: one file says both. */
import type { CheckReport } from "../../../report/check/report";
import { CommandLine } from "../../support/cli";
import { exportOf, oneCopy, queue, table } from "../../support/driftStates";

type Entry = ReturnType<typeof table>;

// Each run of a program loads the SDK of its provider.
jest.setTimeout(60_000);

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const [stack] = exportOf().deployment.resources as [{ readonly urn: string }];

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: object;
  readonly newState?: object;
}

/** The preview that leads from these resources to those. */
function previewOf(before: readonly Entry[], after: readonly Entry[]) {
  const same: Step = { op: "same", urn: stack.urn, oldState: stack, newState: stack };
  const steps = after.map((newState): Step => {
    const oldState = before.find(({ urn }) => urn === newState.urn);
    return { op: oldState === undefined ? "create" : "update", urn: newState.urn, oldState, newState };
  });
  const left = new Set(after.map(({ urn }) => urn));
  const gone = before
    .filter(({ urn }) => !left.has(urn))
    .map((oldState): Step => ({ op: "delete", urn: oldState.urn, oldState }));
  return { config: {}, steps: [same, ...steps, ...gone], changeSummary: { same: 1, update: 1 } };
}

function eventLogOf(before: readonly Entry[], after: readonly Entry[]): string {
  const events = previewOf(before, after).steps.map(({ op, urn, oldState, newState }) => {
    const of = (state: object | undefined) => (state === undefined ? undefined : { ...state, urn: undefined });
    return { resourcePreEvent: { metadata: { op, urn, old: of(oldState), new: of(newState) } } };
  });
  return [{ preludeEvent: { config: {} } }, ...events, { summaryEvent: { resourceChanges: {} } }]
    .map((body, sequence) => JSON.stringify({ sequence, timestamp: 1_700_000_000, ...body }))
    .join("\n");
}

async function changeOf(path: string, base: string, input?: string) {
  const argv = ["check", path, "--base", base, "--format", "json"];
  const answer = await commandLine.duplex(argv, input === undefined ? {} : { input });
  expect(answer.err).toBe("");
  const { change } = JSON.parse(answer.out) as CheckReport;
  if (change === undefined) throw new Error("The report says nothing of a change.");
  const { findings, services, verdict } = change;
  return { code: answer.code, base: change.base, findings, services, verdict };
}

test.each([
  ["a copy is lost", [table(), queue()], [table(oneCopy), queue()]],
  ["a copy comes back", [table(oneCopy)], [table(), queue()]],
  ["a service goes", [table(oneCopy), queue()], [queue()]],
  ["a service comes", [queue()], [queue(), table(oneCopy)]],
])("%s: a preview and a log say of themselves what the state beside them says", async (_, before, after) => {
  await commandLine.write("state.json", exportOf(...before));
  await commandLine.write("preview.json", previewOf(before, after));
  await commandLine.write("log", eventLogOf(before, after));
  const beside = await changeOf("preview.json", "state.json");
  const itself = await changeOf("preview.json", "before");
  expect(itself).toMatchObject({ base: { kind: "preview", path: "preview.json (before)" } });
  expect({ ...itself, base: 0 }).toEqual({ ...beside, base: 0 });
  const [log, besideLog] = [await changeOf("log", "before"), await changeOf("log", "state.json")];
  expect({ ...log, base: 0 }).toEqual({ ...besideLog, base: 0 });
});

test("it is read from standard input too", async () => {
  const preview = JSON.stringify(previewOf([table()], [table(oneCopy)]));
  const { code, findings } = await changeOf("-", "before", preview);
  expect(code).toBe(3);
  expect(findings.map(({ change }) => change)).toContain("new");
});

test("what an earlier step of the operation has made was not there before", async () => {
  const preview = previewOf([], [table(oneCopy)]);
  const again = { op: "refresh", urn: table().urn, oldState: table(oneCopy), newState: table(oneCopy) };
  await commandLine.write("preview.json", { ...preview, steps: [...preview.steps, again] });
  const { findings } = await changeOf("preview.json", "before");
  expect(new Set(findings.map(({ change }) => change))).toEqual(new Set(["new"]));
});

test("what is about to be deleted was left over", async () => {
  const leftOver = { ...table(oneCopy), delete: true };
  const preview = previewOf([], [queue()]);
  const removal = { op: "delete", urn: leftOver.urn, oldState: leftOver };
  await commandLine.write("preview.json", { ...preview, steps: [...preview.steps, removal] });
  const { services } = await changeOf("preview.json", "before");
  expect(services.map(({ change }) => change)).not.toContain("gone");
});

test("before the first deployment all is new", async () => {
  const { steps, ...rest } = previewOf([], [table(oneCopy)]);
  const created = steps.map(({ urn, newState }) => ({ op: "create", urn, newState }));
  await commandLine.write("preview.json", { ...rest, steps: created, changeSummary: { create: 2 } });
  const { code, findings } = await changeOf("preview.json", "before");
  expect(code).toBe(3);
  expect(new Set(findings.map(({ change }) => change))).toEqual(new Set(["new"]));
});

test("a state starts from nothing that it tells of, and a file may have the name", async () => {
  await commandLine.write("state.json", exportOf(table()));
  const answer = await commandLine.duplex(["check", "state.json", "--base", "before"]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(/state\.json is neither\..*\[DPX008\]\n$/);
  await commandLine.write("before", exportOf(table()));
  expect((await changeOf("state.json", "./before")).base).toMatchObject({ path: "./before" });
});

test("the base of a project may be another folder of it, with the same stack", async () => {
  const folder = "examples/strangers-stack";
  const argv = ["check", folder, "--base", folder, "--stack", "dev", "--format", "json"];
  const answer = await commandLine.duplex(argv, { cwd: process.cwd() });
  const { change } = JSON.parse(answer.out) as CheckReport;
  expect(change?.base).toMatchObject({ kind: "program", stack: "dev" });
  expect(new Set(change?.findings.map(({ change: how }) => how))).toEqual(new Set(["unchanged"]));
});
