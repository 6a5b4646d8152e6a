/** `duplex drift` of two exports: exit codes, rules and history. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DriftReport } from "../../../report/drift/report";
import { CommandLine } from "../../support/cli";
import { exportOf, oneCopy, queue, queueUrn, table, tableUrn } from "../../support/driftStates";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("a.json", exportOf(table(), queue()));
});
afterEach(() => commandLine.remove());

const changed = queue({ inputs: { delaySeconds: 9 } });
const states = ["drift", "--state", "a.json", "--actual", "b.json"];

describe("two exports", () => {
  test.each([
    [0, "NO DRIFT", [table(), queue()]],
    [2, "DRIFT, SURVIVAL BEARS IT", [table(), changed]],
    [3, "SURVIVAL LOST BY DRIFT", [table(oneCopy), queue()]],
  ] as const)("end with %i: %s", async (code, headline, actual) => {
    await commandLine.write("b.json", exportOf(...actual));
    const answer = await commandLine.duplex(states);
    expect(answer).toMatchObject({ code, err: "" });
    expect(answer.out).toContain(`${headline}: 2 resources compared`);
  });

  test("are judged by the settings, as a check is", async () => {
    await commandLine.write("b.json", exportOf(table(oneCopy), queue()));
    await commandLine.write("policy.json", { all: "advisory" });
    const answer = await commandLine.duplex([...states, "--config", "policy.json", "--format", "json"]);
    const report = JSON.parse(answer.out) as DriftReport;
    // No finding refuses any more, and the service hangs on one region all the same.
    expect(report.drifts[0]?.findings).toEqual([]);
    expect(report.drifts[0]?.hangsOn).toMatchObject([{ service: "ledger", domain: "region:ap-northeast-2" }]);
    expect(answer.code).toBe(3);
  });

  test("are judged by rules of one's own too", async () => {
    await commandLine.write("b.json", exportOf(table(oneCopy), queue()));
    mkdirSync(join(commandLine.folder, "rules"));
    await commandLine.write(
      "rules/copies.cjs",
      `module.exports = {
        name: "own-copies", code: "ACME001", title: "A ledger has copies", family: "data", severity: "high", rows: [],
        why: "Copies are read.", proves: "That there are three.", fix: { text: "Add one.", snippet: "" },
        levels: { critical: "mandatory" }, config: {},
        judge: ({ estate }) => estate.services.filter(({ replicas }) => replicas.length < 2).map(({ id }) => ({
          verdict: "broken", service: id, lost: [], urns: ["${tableUrn}"], message: "There is one copy.",
        })),
      };`,
    );
    await commandLine.write("policy.json", { all: "disabled", "own-copies": "mandatory" });
    const argv = [...states, "--config", "policy.json", "--format", "json"];
    expect((await commandLine.duplex(argv)).err).toContain("[DPX313]");
    const answer = await commandLine.duplex([...argv, "--rules", "rules"]);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(report.drifts[0]?.findings).toMatchObject([{ code: "ACME001", policy: "own-copies" }]);
    expect(answer.code).toBe(3);
  });

  test("give further answers into files", async () => {
    await commandLine.write("b.json", exportOf(table(), queue()));
    const reports = ["--report", "sarif=x.sarif", "--report", "openmetrics=x.prom", "--output", "x.txt"];
    expect(await commandLine.duplex([...states, ...reports])).toMatchObject({ code: 0, out: "" });
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(join(commandLine.folder, "x.prom"), "utf8")).toMatch(/# EOF\n$/);
    expect(readFileSync(join(commandLine.folder, "x.txt"), "utf8")).toMatch(/^NO DRIFT/);
  });

  test("of different stacks are a mistake", async () => {
    const other = JSON.parse(
      JSON.stringify(exportOf(table())).replaceAll("urn:pulumi:prod", "urn:pulumi:dev"),
    ) as unknown;
    await commandLine.write("b.json", other);
    const answer = await commandLine.duplex(states);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/a\.json is of "prod::shop", b\.json of "dev::shop".*\[DPX720\]/);
  });

  test.each([
    ["[DPX002]", undefined],
    ["[DPX005]", '{"version": 3, "deploy'],
    ["[DPX402]", { version: 1, deployment: {} }],
    ["[DPX013]", { version: 3, deployment: {} }],
  ] as const)("that cannot be read end with 1: %s", async (code, content) => {
    if (content !== undefined) await commandLine.write("b.json", content);
    const answer = await commandLine.duplex(states);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(new RegExp(`^b\\.json.*${code.replace(/[[\]]/g, "\\$&")}\\n$`, "s"));
  });

  test.each([[["drift"]], [["drift", "--state", "a.json"]], [["drift", "-s", "prod", "--state", "a.json"]]])(
    "or a stack, and not half of either: %j",
    async (argv) => {
      const answer = await commandLine.duplex(argv);
      expect(answer.code).toBe(1);
      expect(answer.err).toMatch(/\[DPX001\]\n$/);
    },
  );
});

describe("--expected", () => {
  beforeEach(async () => void (await commandLine.write("b.json", exportOf(table(), changed))));

  test("excuses what its rule names, in YAML with a plain date", async () => {
    await commandLine.write(
      "rules.yaml",
      'expected:\n  - { resource: "aws:sqs/*", property: delaySeconds, reason: Tuned by hand., owner: mail, expires: 2022-10-15 }\n',
    );
    const answer = await commandLine.duplex([...states, "--expected", "rules.yaml"]);
    expect(answer).toMatchObject({ code: 0, err: "" });
    expect(answer.out).toContain(`Expected:\n  ${queueUrn} delaySeconds: 0 → 9`);
  });

  test("tells every mistake in one run", async () => {
    await commandLine.write("rules.json", {
      expected: [{ resource: "", property: "a", owner: "x", expires: "soon", by: 1 }],
    });
    const answer = await commandLine.duplex([...states, "--expected", "rules.json"]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    for (const path of ["resource", "reason", "expires", "by"]) expect(answer.err).toContain(`expected[0].${path}`);
  });
});

describe("--history", () => {
  const history = ["--history", "history.json"];
  const read = async (today: string): Promise<DriftReport> =>
    JSON.parse((await commandLine.duplex([...states, ...history, "--format", "json"], { today })).out) as DriftReport;

  test("tells since when, what is new, and what comes and goes", async () => {
    const drifted = exportOf(table(), changed);
    await commandLine.write("b.json", drifted);
    expect(await read("2022-10-15")).toMatchObject({
      changed: true,
      drifts: [{ since: "2022-10-15", flapping: false }],
    });
    expect(await read("2022-10-16")).toMatchObject({ changed: false, drifts: [{ since: "2022-10-15" }] });
    for (const [day, state] of [
      ["17", exportOf(table(), queue())],
      ["18", drifted],
      ["19", exportOf(table(), queue())],
      ["20", drifted],
    ] as const) {
      await commandLine.write("b.json", state);
      expect(await read(`2022-10-${day}`)).toMatchObject({ changed: true });
    }
    expect((await read("2022-10-21")).drifts).toMatchObject([{ since: "2022-10-20", flapping: true }]);
    const { out } = await commandLine.duplex([...states, ...history]);
    expect(out).toContain("1 cosmetic. As in the last run.");
    expect(out).toContain("(changed, since 2022-10-20, flapping)");
  });

  test("is not taken from another file, nor written over it", async () => {
    await commandLine.write("b.json", exportOf(table(), queue()));
    await commandLine.write("history.json", { formatVersion: 1, entries: [{ urn: 1 }] });
    const answer = await commandLine.duplex([...states, ...history]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("[DPX721]");
  });
});
