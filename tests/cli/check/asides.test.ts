/** What does not count is told by the formats for machines: who has taken it, and what is gone. */
import { XMLParser } from "fast-xml-parser";
import { CommandLine } from "../../support/cli";
import { faultsBy } from "../../support/publishedSchemas";
import { deploymentUrn, oneBuildingState, pangyoSite } from "../../support/states";

const faultsOf = faultsBy("sarif");
const input = ["state.json", "--sites", "sites.json"];

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("state.json", oneBuildingState());
  await commandLine.write("sites.json", { sites: [pangyoSite] });
});
afterEach(() => commandLine.remove());

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly baselineState?: string;
  readonly suppressions?: readonly { readonly kind: string; readonly status: string; readonly justification: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

async function written(format: string, ...argv: readonly string[]): Promise<string> {
  const answer = await commandLine.duplex(["check", ...input, "--format", format, ...argv]);
  expect(answer.err).toBe("");
  return answer.out;
}

async function results(...argv: readonly string[]): Promise<readonly Result[]> {
  const log = JSON.parse(await written("sarif", ...argv)) as { runs: [{ results: Result[] }] };
  expect(faultsOf(log)).toEqual([]);
  return log.runs[0].results;
}

interface Case {
  readonly "@_name": string;
  readonly failure?: object;
  readonly skipped?: { readonly "@_message": string };
}
interface Suite {
  readonly "@_name": string;
  readonly "@_skipped": string;
  readonly "@_failures": string;
  readonly testcase: readonly Case[];
}

async function suiteOf(policy: string, ...argv: readonly string[]): Promise<Suite | undefined> {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^test(?:suite|case)$/.test(name) });
  const { testsuites } = parser.parse(await written("junit", ...argv)) as { testsuites: { testsuite: Suite[] } };
  return testsuites.testsuite.find((suite) => suite["@_name"] === policy);
}

const annotationOf = (text: string, code: string) => text.split("\n").filter((line) => line.includes(code));

const exemption = { policy: "single-facility", service: "messenger", expires: "2022-10-31" };
const taken = { ...exemption, owner: "core", reason: "The second building opens in November.", ticket: "OPS-1" };
const justification = "Exempted until 2022-10-31: The second building opens in November. (core, OPS-1)";

test("an exempted finding is suppressed, skipped and a notice, with who has taken it and why", async () => {
  const [before] = (await results()).filter(({ ruleId }) => ruleId === "DPX301");
  await commandLine.write("config.json", { estate: { exemptions: [taken] } });
  const argv = ["--config", "config.json"];
  const found = (await results(...argv)).filter(({ ruleId }) => ruleId === "DPX301");
  expect(found).toMatchObject([
    { level: "error", suppressions: [{ kind: "external", status: "accepted", justification }] },
  ]);
  // An alert that somebody dismisses stays the same one.
  expect(found[0]?.partialFingerprints).toEqual(before?.partialFingerprints);
  expect(await suiteOf("single-facility", ...argv)).toMatchObject({
    "@_skipped": "1",
    "@_failures": "0",
    testcase: [{ "@_name": "messenger without facility:pangyo", skipped: { "@_message": justification } }],
  });
  const lines = annotationOf(await written("github", ...argv), "DPX301");
  expect(lines).toEqual([expect.stringMatching(/^::notice file=state\.json,title=.*OPS-1\)$/)]);
});

test("an exemption beside the resource is one in the source", async () => {
  const annotations = { "duplex.dev/exempt": "DPX301 until 2022-10-31 OPS-12", "duplex.dev/owner": "core" };
  await commandLine.write("state.json", oneBuildingState({ annotations }));
  const found = (await results()).filter(({ ruleId }) => ruleId === "DPX301");
  expect(found).toMatchObject([{ suppressions: [{ kind: "inSource", status: "accepted" }] }]);
});

test("what a baseline knows is unchanged and suppressed; what it does not know is new", async () => {
  await commandLine.duplex(["baseline", "write", "known.json", ...input, "--reason", "It stood there."]);
  const argv = ["--baseline", "known.json"];
  const all = await results(...argv);
  expect(all.length).toBeGreaterThan(3);
  for (const result of all) {
    expect(result).toMatchObject({
      baselineState: "unchanged",
      suppressions: [{ kind: "external", justification: "Known since 2022-10-15 by known.json: It stood there." }],
    });
  }
  expect(await suiteOf("single-facility", ...argv)).toMatchObject({ "@_skipped": "1", "@_failures": "0" });
  expect(await written("github", ...argv)).not.toMatch(/^::(?:error|warning) /m);
  const other = [...argv, "--tier", "important"];
  await commandLine.write("state.json", JSON.stringify(oneBuildingState()).replaceAll("messenger", "mail"));
  const fresh = await results(...other);
  expect(new Set(fresh.map(({ baselineState }) => baselineState))).toEqual(new Set(["new"]));
  expect(fresh.every(({ suppressions }) => suppressions === undefined)).toBe(true);
});

test("an entry past its day has changed: it speaks again", async () => {
  await commandLine.duplex(["baseline", "write", "known.json", ...input, "--until", "2022-10-14"]);
  const all = await results("--baseline", "known.json");
  expect(new Set(all.map(({ baselineState }) => baselineState))).toEqual(new Set(["updated"]));
  expect(await written("github", "--baseline", "known.json")).toMatch(/^::error .*single-facility/m);
});

test("what is gone since the base is absent, and neither a case nor an annotation", async () => {
  await commandLine.write("old.json", oneBuildingState());
  const [before] = (await results()).filter(({ ruleId }) => ruleId === "DPX301");
  const state = oneBuildingState();
  state.deployment.resources = state.deployment.resources.filter(({ urn }) => urn !== deploymentUrn);
  await commandLine.write("state.json", state);
  const argv = ["--base", "old.json"];
  const gone = (await results(...argv)).filter(({ ruleId }) => ruleId === "DPX301");
  expect(gone).toMatchObject([{ baselineState: "absent", partialFingerprints: before?.partialFingerprints }]);
  expect(await suiteOf("single-facility", ...argv)).toMatchObject({
    "@_skipped": "0",
    testcase: [{ "@_name": "holds" }],
  });
  expect(annotationOf(await written("github", ...argv), "DPX301")).toEqual([]);
});
