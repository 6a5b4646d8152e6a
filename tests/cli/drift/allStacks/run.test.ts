/** `duplex drift --all`, `--shard` and `drift merge`, on a backend of hundreds of stacks. */
import Ajv from "ajv";
import { XMLValidator } from "fast-xml-parser";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DriftReport } from "../../../../report/drift/report";
import { formatNames } from "../../../../report/writers";
import schema from "../../../../schema/drift.schema.json";
import { CommandLine } from "../../../support/cli";
import { exportOf, oneCopy, queue, table } from "../../../support/driftStates";
import { manyStacks, refreshed, type Backend } from "../../../support/manyStacks";
import { faultsBy } from "../../../support/publishedSchemas";
import { loginExport, sessionsExport, sessionsTable, sessionsUrn } from "../../../support/referringStacks";

jest.setTimeout(120_000);

const exported = exportOf(table(), queue());
const same = refreshed(exported);
const numbered = (count: number, project = "team") => Array.from({ length: count }, (_, at) => `${project}${at}/prod`);
/** The same document as another stack's. */
const as = (stack: string, document: unknown): unknown => {
  const [project, name] = stack.split("/");
  return JSON.parse(JSON.stringify(document).replaceAll("urn:pulumi:prod::shop", `urn:pulumi:${name}::${project}`));
};
const later = queue({ inputs: { delaySeconds: 9 } });

let commandLine: CommandLine;
let backend: Backend;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const run = (...args: readonly string[]) => commandLine.duplex(["drift", ...args], { env: backend.env });
const told = async (...args: readonly string[]) => {
  const answer = await run(...args, "--format", "json");
  if (answer.out === "") throw new Error(answer.err);
  return { ...answer, report: JSON.parse(answer.out) as DriftReport };
};
const file = (name: string) => readFileSync(join(commandLine.folder, name), "utf8");

test("hundreds of stacks are one report, never more of them at once than asked for", async () => {
  const stacks = numbered(200);
  backend = manyStacks(commandLine.folder, stacks, exported, same);
  backend.stack("team7/prod", { refresh: as("team7/prod", refreshed(exported, table(oneCopy))) });
  backend.stack("team8/prod", { refresh: as("team8/prod", refreshed(exported, later)) });
  backend.stack("team9/prod", { command: "echo 'error: the stack is currently locked by 1 lock(s)' >&2; exit 255" });
  const { code, report, err } = await told("--all", "--parallel", "5");
  expect(code).toBe(3);
  expect(backend.read()).toEqual([...stacks].sort());
  expect(backend.mostAtOnce()).toBeGreaterThan(1);
  expect(backend.mostAtOnce()).toBeLessThanOrEqual(5);
  expect(report.stacks).toHaveLength(200);
  expect(report.summary).toMatchObject({ compared: 398, dangerous: 1, cosmetic: 1, couldNotTell: 1 });
  const verdicts = report.stacks
    ?.filter(({ verdict }) => verdict !== "none")
    .map(({ stack, verdict, error }) => [stack, verdict, error?.code]);
  expect(verdicts).toEqual([
    ["organization/team7/prod", "lost", undefined],
    ["organization/team8/prod", "bearable", undefined],
    ["organization/team9/prod", "unread", "DPX703"],
  ]);
  expect(report.drifts[0]?.fixes[0]?.text).toContain("-s organization/team7/prod");
  expect(report.drifts[0]?.hangsOn[0]?.service).toBe("team7/prod:ledger");
  expect(err.trim().split("\n")).toHaveLength(200);
});

describe("the worst of all stacks is the exit code:", () => {
  beforeEach(() => {
    backend = manyStacks(commandLine.folder, [...numbered(4), "old/empty"], exported, same);
  });

  test("0 without drift, and a stack that holds nothing is not asked", async () => {
    const { code, report } = await told("--all");
    expect([code, report.verdict, report.stacks?.length, backend.read().length]).toEqual([0, "none", 5, 4]);
    expect(report.notes).toEqual(["organization/old/empty: There are no resources in it."]);
  });

  test("2 with drift that survival bears, 1 where one could not be told beside it, 3 where survival is lost", async () => {
    backend.stack("team0/prod", { refresh: as("team0/prod", refreshed(exported, later)) });
    expect((await told("--all")).code).toBe(2);
    backend.stack("team1/prod", { command: "echo 'error: no route' >&2; exit 255" });
    expect((await told("--all")).code).toBe(1);
    backend.stack("team2/prod", { refresh: as("team2/prod", refreshed(exported, table(oneCopy))) });
    expect((await told("--all")).code).toBe(3);
  });

  test("a stack of which a part does not answer is could-not-tell in that part", async () => {
    const diagnostics = [{ urn: table().urn, message: "error: no route", severity: "error" }];
    backend.stack("team3/prod", { refresh: as("team3/prod", { ...(same as object), diagnostics }) });
    const { code, report } = await told("--all");
    expect([code, report.summary.compared, report.summary.couldNotTell]).toEqual([1, 7, 1]);
  });

  describe("in every format", () => {
    beforeEach(() => {
      backend.stack("team1/prod", { command: "echo 'error: no route' >&2; exit 255" });
      backend.stack("team2/prod", { refresh: as("team2/prod", refreshed(exported, table(oneCopy))) });
    });

    const valid = {
      table: () => true,
      markdown: (text: string) => text.startsWith("<!-- duplex drift -->"),
      sarif: (text: string) => faultsBy("sarif")(JSON.parse(text)).length === 0,
      junit: (text: string) => XMLValidator.validate(text) === true,
      openmetrics: (text: string) => text.endsWith("# EOF\n"),
    };

    test.each(Object.entries(valid))("%s tells of all of them", async (format, isValid) => {
      const { out, code } = await run("--all", "--format", format);
      expect(code).toBe(3);
      expect(out).toContain("team1");
      expect(out).toContain("team2");
      expect(isValid(out)).toBe(true);
    });

    test("openmetrics has a sample for each stack", async () => {
      const { out } = await run("--all", "--format", "openmetrics");
      for (const sample of [
        'duplex_drift_resources{stack="organization/team2/prod",class="dangerous"} 1',
        'duplex_drift_verdict{stack="organization/team1/prod",verdict="unread"} 1',
        'duplex_drift_lost_survival{stack="organization/team2/prod",service="team2/prod:ledger"',
      ]) {
        expect(out).toContain(sample);
      }
    });
  });

  test("the JSON is what its schema says, of a shard too", async () => {
    backend.stack("team2/prod", { refresh: as("team2/prod", refreshed(exported, table(oneCopy))) });
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
    for (const more of [[], ["--shard", "1/1"]]) {
      const { report } = await told("--all", ...more);
      expect(validate(report) ? [] : validate.errors).toEqual([]);
    }
  });

  test("the history is one of all, and what was not read stays as it was", async () => {
    const history = ["--all", "--history", "history.json", "--format", "json"];
    const on = async (today: string) =>
      JSON.parse((await commandLine.duplex(["drift", ...history], { env: backend.env, today })).out) as DriftReport;
    backend.stack("team0/prod", { refresh: as("team0/prod", refreshed(exported, later)) });
    expect(await on("2022-10-15")).toMatchObject({ changed: true, drifts: [{ since: "2022-10-15" }] });
    backend.stack("team0/prod", { command: "echo 'error: no route' >&2; exit 255" });
    expect(await on("2022-10-16")).toMatchObject({ changed: false, drifts: [] });
    backend.stack("team0/prod", { command: "" });
    expect(await on("2022-10-17")).toMatchObject({
      changed: false,
      drifts: [{ since: "2022-10-15", flapping: false }],
    });
    backend.stack("team0/prod", { refresh: as("team0/prod", same) });
    expect(await on("2022-10-18")).toMatchObject({ changed: true, drifts: [] });
  });
});

describe("which stacks", () => {
  beforeEach(() => {
    backend = manyStacks(commandLine.folder, ["shop/prod", "shop/dev", "mail/prod", "mail/prod-eu"], exported, same);
  });

  test.each([
    [
      ["--project", "shop"],
      ["shop/dev", "shop/prod"],
    ],
    [
      ["--project", "shop", "--project", "mail", "--include", "*/prod"],
      ["mail/prod", "shop/prod"],
    ],
    [
      ["--include", "organization/mail/*"],
      ["mail/prod", "mail/prod-eu"],
    ],
    [
      ["--include", "mail/*", "--include", "shop/dev", "--exclude", "*-eu"],
      ["mail/prod", "shop/dev"],
    ],
  ])("are those of %j", async (flags, stacks) => {
    expect((await told("--all", ...flags)).code).toBe(0);
    expect(backend.read()).toEqual(stacks);
  });

  test("none is a mistake, and so is a pattern without --all", async () => {
    expect((await run("--all", "--include", "pay/*")).err).toMatch(
      /lists 4, and none is left by --include pay\/\*.*\[DPX731\]/,
    );
    expect((await run("-s", "prod", "--include", "pay/*")).err).toContain("[DPX001]");
    expect((await run("--all", "-s", "prod")).err).toContain("[DPX001]");
    expect((await run("--all", "--shard", "1/2", "--history", "h.json")).err).toContain("[DPX001]");
  });

  test.each(["0/2", "3/2", "1", "1/2000", "a/b"])("no shard is called %s", async (shard) => {
    expect(await run("--all", "--shard", shard)).toMatchObject({ code: 1, out: "" });
  });

  test("of a backend that cannot be listed are told so", async () => {
    await commandLine.write("pulumi", "#!/bin/sh\necho 'error: could not reach the bucket' >&2; exit 1\n");
    const answer = await run("--all");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/could not reach the bucket.*\[DPX730\]/);
  });
});

describe("stacks that refer to each other", () => {
  const refresh = (document: unknown, ...now: readonly { readonly urn: string }[]) => refreshed(document, ...now);

  beforeEach(() => {
    backend = manyStacks(commandLine.folder, ["app/prod", "data/prod", ...numbered(6)], exported, same);
    backend.stack("app/prod", { exported: loginExport(), refresh: refresh(loginExport()) });
    const moved = refresh(sessionsExport(), sessionsTable({ replicas: [] }));
    backend.stack("data/prod", { exported: sessionsExport(), refresh: moved });
  });

  test("lose by each other's drift, and the report names the other stack's resource", async () => {
    const { code, report } = await told("--all");
    expect(code).toBe(3);
    expect(report.drifts).toMatchObject([{ class: "dangerous", urn: sessionsUrn() }]);
    expect(report.acrossStacks).toContainEqual({
      ...{ service: "app/prod:login", tier: "important", domain: "region:ap-northeast-2" },
      ...{ through: [sessionsUrn()], drift: true },
    });
    const text = await run("--all");
    expect(text.out).toContain(`now goes down when region:ap-northeast-2 is lost. Through ${sessionsUrn()}.`);
  });

  test("bear by themselves what the other does not", async () => {
    expect((await told("--all", "--exclude", "app/*")).code).toBe(2);
    expect((await told("--all", "--exclude", "data/*")).code).toBe(0);
  });

  test("tell what was so at the deployment as no drift", async () => {
    const single = sessionsExport({ replicas: [] });
    backend.stack("data/prod", { exported: single, refresh: refresh(single) });
    const { code, report } = await told("--all");
    expect(code).toBe(0);
    expect(report.acrossStacks).toMatchObject([{ service: "app/prod:login", through: [sessionsUrn()], drift: false }]);
  });

  test("make the same report in shards as at once, whichever shard they fall in", async () => {
    const { report } = await told("--all");
    for (const count of [1, 2, 5]) {
      const files = await shards(count);
      const merged = await told("merge", ...files);
      expect(merged.code).toBe(3);
      expect(merged.report).toEqual(report);
    }
  });

  test("can be merged with a history, into any format", async () => {
    const files = await shards(3);
    const answer = await run(
      "merge",
      ...files,
      "--history",
      "h.json",
      "--report",
      "sarif=x.sarif",
      "--format",
      "junit",
    );
    expect(answer.code).toBe(3);
    expect(XMLValidator.validate(answer.out)).toBe(true);
    expect(faultsBy("sarif")(JSON.parse(file("x.sarif")))).toEqual([]);
    expect(JSON.parse(file("h.json"))).toMatchObject({ entries: [{ urn: sessionsUrn(), class: "dangerous" }] });
  });

  test("are not merged while a shard is missing, is there twice, or is another's", async () => {
    const files = await shards(3);
    const refused = async (...given: readonly string[]) => {
      const answer = await run("merge", ...given);
      expect(answer).toMatchObject({ code: 1, out: "" });
      return answer.err;
    };
    expect(await refused(files[0] ?? "", files[2] ?? "")).toMatch(
      /All 3 shards must be there; missing: 2\..*\[DPX735\]/,
    );
    expect(await refused(...files, files[1] ?? "")).toMatch(/It is shard 2\/3, as shard-3-2\.json is\..*\[DPX734\]/);
    const [other] = await shards(1);
    expect(await refused(...files, other ?? "")).toContain("[DPX734]");
    const stranger = JSON.parse(file(files[0] ?? "")) as DriftReport;
    await commandLine.write("old.json", { ...stranger, tool: { name: "duplex", version: "0.0.1" } });
    expect(await refused("old.json")).toContain("[DPX733]");
    await commandLine.write("whole.json", (await told("--all")).report);
    expect(await refused("whole.json")).toContain("[DPX732]");
  });

  async function shards(count: number): Promise<readonly string[]> {
    const files: string[] = [];
    const read = new Set<string>();
    for (let index = 1; index <= count; index++) {
      const name = `shard-${count}-${index}.json`;
      await run("--all", "--shard", `${index}/${count}`, "--format", "json", "-o", name);
      const { stacks } = JSON.parse(file(name)) as DriftReport;
      for (const { stack } of stacks ?? []) expect(read.add(stack).size).toBeGreaterThan(0);
      files.push(name);
    }
    expect(read.size).toBe(8);
    return files;
  }
});

describe("stacks of the simulated cloud are called so", () => {
  const marked = exportOf(
    queue({ inputs: { tags: { team: "x" } }, outputs: { tagsAll: { "duplex:cloud": "SIMULATED" } } }),
  );
  const names = (report: DriftReport) =>
    (report.stacks ?? []).filter(({ simulated }) => simulated === true).map(({ stack }) => stack);

  test.each(formatNames)("in %s, where all of them are and where some of them are", async (format) => {
    backend = manyStacks(commandLine.folder, numbered(3), marked, refreshed(marked));
    const all = await run("--all", "--format", format);
    expect(all.out).toMatch(
      format === "openmetrics"
        ? /^duplex_drift_simulated_cloud\{/m
        : format === "csv"
          ? /simulated_cloud,/
          : /SIMULATED cloud|"simulated": true/,
    );
    backend = manyStacks(commandLine.folder, numbered(3), exported, same);
    backend.stack("team1/prod", { exported: as("team1/prod", marked), refresh: as("team1/prod", refreshed(marked)) });
    const some = await run("--all", "--format", format);
    expect(some.out).toContain("organization/team1/prod");
    expect(some.out).toMatch(
      format === "openmetrics"
        ? /^duplex_drift_simulated_cloud\{stack="organization\/team1\/prod"\} 1$/m
        : format === "csv"
          ? /simulated_cloud,organization\/team1\/prod,.*1$/m
          : /SIMULATED cloud: organization\/team1\/prod|"simulated": true/,
    );
  });

  test("each by itself, by the schema, and after a merge of shards", async () => {
    backend = manyStacks(commandLine.folder, [...numbered(3), "old/empty"], exported, same);
    backend.stack("team1/prod", { exported: as("team1/prod", marked), refresh: as("team1/prod", refreshed(marked)) });
    const { report } = await told("--all");
    expect(new Ajv({ allowUnionTypes: true }).validate(schema, report)).toBe(true);
    expect(names(report)).toEqual(["organization/team1/prod"]);
    expect(report.source).not.toHaveProperty("simulated");
    for (const index of [1, 2]) {
      await run("--all", "--shard", `${index}/2`, "--format", "json", "-o", `shard${index}.json`);
    }
    const merged = await told("merge", "shard1.json", "shard2.json");
    expect(names(merged.report)).toEqual(names(report));
  });

  test("as a whole only where every stack that was read is", async () => {
    backend = manyStacks(commandLine.folder, [...numbered(2), "old/empty"], marked, refreshed(marked));
    expect((await told("--all")).report).toMatchObject({ source: { simulated: true } });
    expect((await run("--all")).out).toMatch(/^NO DRIFT \(SIMULATED cloud\): /);
  });
});
