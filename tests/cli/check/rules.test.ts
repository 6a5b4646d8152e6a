import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { CheckReport } from "../../../report/check/report";
import schema from "../../../schema/check.schema.json";
import { CommandLine } from "../../support/cli";
import { deploymentUrn, oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  mkdirSync(join(commandLine.folder, "rules"));
  await commandLine.write("state.json", oneBuildingState());
  await commandLine.write("sites.json", { sites: [pangyoSite] });
});
afterEach(() => commandLine.remove());

/** The fields of a rule as source text; `judge` tells every service, with the value of a setting. */
const fields = (name: string, code: string) => `
  name: "${name}", code: "${code}", title: "A service has a name of ours", family: "operations", severity: "low",
  rows: [], why: "Names are searched for.", proves: "That the name begins with a prefix.",
  fix: { text: "Name it by the handbook.", snippet: "" },
  levels: { critical: "mandatory", important: "advisory" },
  config: { prefix: { type: "string", description: "What a name begins with.", default: "acme-" } },
  judge({ estate, config }) {
    return estate.services.filter(({ id }) => !id.startsWith(config.prefix)).map(({ id }) => ({
      verdict: "broken", service: id, lost: [], urns: ["${deploymentUrn}"],
      message: \`Service \${id} must begin with \${config.prefix}, and does not.\`,
    }));
  },`;

const rule = (name: string, code: string) => `module.exports = {${fields(name, code)}};`;

function check(...argv: string[]) {
  return commandLine.duplex(["check", "state.json", "--sites", "sites.json", "--rules", "rules", ...argv]);
}

async function report(...argv: string[]): Promise<CheckReport> {
  const answer = await check("--format", "json", ...argv);
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}

const own = ({ findings }: CheckReport) => findings.filter(({ code }) => code.startsWith("ACME"));

/** Each mistake as its place and code. */
async function mistakes(...argv: string[]): Promise<readonly string[]> {
  const answer = await check(...argv);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).not.toMatch(/^\s+at /m);
  const lines = answer.err.trim().split("\n");
  return lines.map((line) => line.replace(/^(?:\S+ )??(\S+(?: [\w.[\]]+)?): .*\[(DPX\d+)\]$/, "$1 $2"));
}

test("files of every kind are rules, with what they import", async () => {
  mkdirSync(join(commandLine.folder, "rules", "lib"));
  await commandLine.write("rules/lib/name.ts", `export enum Prefix { Acme = "acme-" }`);
  await commandLine.write(
    "rules/a.ts",
    `import type { Policy } from "duplex/policies";
     import { Prefix } from "./lib/name";
     const made: Policy = {${fields("ts-rule", "ACME001")}};
     export const first: Policy = { ...made, title: Prefix.Acme };
     export default first;
     export const helper = () => 1;`,
  );
  await commandLine.write(
    "rules/b.mjs",
    `import { basename } from "node:path";
     export const second = {${fields("mjs-rule", "ACME002")} title: basename(import.meta.url)};
     export const third = {${fields("other-mjs-rule", "ACME003")}};`,
  );
  await commandLine.write("rules/c.cjs", rule("cjs-rule", "ACME004"));
  await commandLine.write("rules/d.js", `module.exports = [{${fields("js-rule", "ACME005")}}];`);
  await commandLine.write("rules/a.test.ts", `throw new Error("A test is no rule.");`);
  await commandLine.write("rules/a.d.ts", "export declare const first: unknown;");
  const judged = await report();
  const validate = addFormats(new Ajv({ strict: true, allowUnionTypes: true })).compile(schema);
  expect(validate(judged) ? [] : validate.errors).toEqual([]);
  expect(own(judged).map(({ code, service, level }) => [code, service, level])).toEqual([
    ["ACME004", "messenger", "mandatory"],
    ["ACME005", "messenger", "mandatory"],
    ["ACME002", "messenger", "mandatory"],
    ["ACME003", "messenger", "mandatory"],
    ["ACME001", "messenger", "mandatory"],
  ]);
});

test("the example of the documentation judges a stack", async () => {
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "library.md"), "utf8");
  const [, example = ""] = /^```ts\n(import type \{ Policy \}.+?)^```$/ms.exec(page) ?? [];
  await commandLine.write("rules/service-name-prefix.ts", example);
  expect(own(await report())).toMatchObject([
    { policy: "service-name-prefix", service: "messenger", urns: [deploymentUrn], level: "mandatory" },
  ]);
  await commandLine.write("policy.json", { "service-name-prefix": { prefixes: ["pay-", "mess"] } });
  expect(own(await report("--config", "policy.json"))).toEqual([]);
});

test("an own rule refuses by itself, and several folders are judged", async () => {
  await commandLine.write("rules/a.js", rule("first", "ACME001"));
  mkdirSync(join(commandLine.folder, "more"));
  await commandLine.write("more/b.js", rule("second", "ACME002"));
  await commandLine.write("policy.json", { all: "disabled", first: "mandatory", second: "advisory" });
  const argv = ["--config", "policy.json", "--rules", "more"];
  expect((await check(...argv)).code).toBe(3);
  expect((await report(...argv)).findings.map(({ policy, level }) => [policy, level])).toEqual([
    ["first", "mandatory"],
    ["second", "advisory"],
  ]);
});

describe("settings", () => {
  beforeEach(() => commandLine.write("rules/a.js", rule("own-name", "ACME001")));

  test.each([
    ["a level", { "own-name": "advisory" }, ["advisory"]],
    ["a level of a tier", { "own-name": { levels: { critical: "disabled" } } }, []],
    ["the level of all", { all: "advisory" }, ["advisory"]],
    ["a setting", { "own-name": { prefix: "mess" } }, []],
  ])("%s", async (_, settings, levels) => {
    await commandLine.write("policy.json", settings);
    expect(own(await report("--config", "policy.json")).map(({ level }) => level)).toEqual(levels);
  });

  test("an exemption takes a finding of it", async () => {
    const exemption = { owner: "chat", reason: "It is renamed in May.", ticket: "C-1", expires: "2023-05-31" };
    const exemptions = [{ policy: "own-name", service: "messenger", ...exemption }];
    await commandLine.write("policy.json", { estate: { exemptions } });
    const judged = await report("--config", "policy.json");
    expect(own(judged)).toEqual([]);
    expect(judged.exemptions).toEqual([expect.objectContaining({ policy: "own-name", ticket: "C-1" })]);
  });

  test("that name the folder load no code of it by themselves", async () => {
    await commandLine.write("policy.json", { "own-name": "advisory", estate: { rules: ["rules"] } });
    const alone = await commandLine.duplex(["check", "state.json", "--config", "policy.json"]);
    expect(alone).toMatchObject({ code: 1, out: "" });
    expect(alone.err).toMatch(/^policy\.json estate\.rules: .*\[DPX039\]\n$/);
    expect(own(await report("--config", "policy.json")).map(({ level }) => level)).toEqual(["advisory"]);
  });

  test("a wrong value is told, and without the folder nobody knows the name", async () => {
    await commandLine.write("policy.json", { "own-name": { prefix: 3 } });
    expect((await check("--config", "policy.json")).err).toContain("DPX312");
    const answer = await commandLine.duplex(["check", "state.json", "--config", "policy.json"]);
    expect(answer.err).toContain("DPX313");
  });

  test("explain and policies know it", async () => {
    const listed = await commandLine.duplex(["policies", "--rules", "rules", "--format", "json"]);
    expect(listed.out).toContain("ACME001");
    const page = await commandLine.duplex(["policies", "own-name", "--rules", "rules"]);
    expect(page.out).toContain("Name it by the handbook.");
    const explained = await commandLine.duplex(["explain", "acme001", "state.json", "--rules", "rules"]);
    expect(explained).toMatchObject({ code: 0, err: "" });
    expect(explained.out).toContain("Service messenger must begin with acme-");
  });
});

test.each([
  ["throws", `judge() { throw new Error("no such table"); }`, "no such table"],
  ["lacks resources", `judge: () => [{ verdict: "broken", lost: [], message: "Bad." }]`, '"urns"'],
  ["is asynchronous", `judge: async () => []`, "iterable"],
])("a rule that %s has not judged, which is a finding", async (_, judge, words) => {
  await commandLine.write("rules/a.js", `module.exports = {${fields("bad", "ACME001")} ${judge} };`);
  const [finding] = own(await report());
  expect(finding).toMatchObject({ verdict: "unknown", message: expect.stringContaining(words) as string });
});

test("every mistake of every file is told in one run", async () => {
  await commandLine.write("rules/a.js", `module.exports = () => "no rule";`);
  await commandLine.write("rules/b.ts", "export const = 3;");
  await commandLine.write("rules/c.js", `require("./missing"); ${rule("c", "ACME003")}`);
  await commandLine.write("rules/d.mjs", `throw new Error("The table is gone.");`);
  await commandLine.write("rules/e.js", `${rule("Bad Name", "ACME-X")} module.exports.levels = { gold: "mandatory" };`);
  await commandLine.write("rules/f.js", `${rule("f", "ACME006")} module.exports.config.prefix.default = 3;`);
  await commandLine.write("rules/g.js", rule("single-zone", "DPX901"));
  await commandLine.write(
    "rules/h.mjs",
    `export const h = {${fields("f", "ACME006")}}; export const i = { name: "i" };`,
  );
  await commandLine.write("rules/j.js", rule("estate", "ACME007"));
  expect(await mistakes()).toMatchInlineSnapshot(`
    [
      "rules/b.ts:1 DPX035",
      "rules/c.js:1 DPX035",
      "rules/d.mjs DPX035",
      "rules/a.js DPX036",
      "rules/e.js module.exports.name DPX037",
      "rules/e.js module.exports.code DPX037",
      "rules/e.js module.exports.levels.gold DPX037",
      "rules/f.js module.exports.config.prefix.default DPX037",
      "rules/g.js module.exports.name DPX038",
      "rules/g.js module.exports.code DPX038",
      "rules/h.mjs h.name DPX038",
      "rules/h.mjs h.code DPX038",
      "rules/h.mjs i.code DPX037",
      "rules/h.mjs i.title DPX037",
      "rules/h.mjs i.family DPX037",
      "rules/h.mjs i.severity DPX037",
      "rules/h.mjs i.rows DPX037",
      "rules/h.mjs i.why DPX037",
      "rules/h.mjs i.proves DPX037",
      "rules/h.mjs i.fix DPX037",
      "rules/h.mjs i.levels DPX037",
      "rules/h.mjs i.config DPX037",
      "rules/h.mjs i.judge DPX037",
      "rules/j.js module.exports.name DPX038",
    ]
  `);
});

test.each([
  ["is not there", "nowhere", "There is no such folder."],
  ["is a file", "state.json", "This is a file, a folder was expected."],
  ["is empty", "rules", "This folder holds no rule."],
])("a folder that %s is refused", async (_, folder, words) => {
  const answer = await commandLine.duplex(["check", "state.json", "--rules", folder]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain(words);
  expect(answer.err).toContain("[DPX035]");
});
