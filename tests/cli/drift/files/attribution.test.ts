/** `duplex drift --attribution`: the files that AWS writes, and those that it does not. */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DriftReport } from "../../../../report/drift/report";
import { CommandLine } from "../../../support/cli";
import { kim, lookedUp, record } from "../../../support/cloudTrail";
import { exportOf, oneCopy, queue, table } from "../../../support/driftStates";
import { manyStacks, refreshed } from "../../../support/manyStacks";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("a.json", exportOf(table(named), queue()));
  await commandLine.write("b.json", exportOf(table({ inputs: { ...named.inputs, ...oneCopy.inputs } }), queue()));
});
afterEach(() => commandLine.remove());

const named = { inputs: { name: "ledger" } };
const taken = record("dynamodb", "UpdateTable", { tableName: "ledger", replicaUpdates: [] });
const states = ["drift", "--state", "a.json", "--actual", "b.json"];
const line = `Changed by ${kim} at 2022-10-15T10:11:12Z: UpdateTable (CloudTrail event UpdateTable-1).`;

describe("records of CloudTrail", () => {
  const lines = [record("ecs", "UpdateService", {}), taken].map((each) => JSON.stringify(each)).join("\n");
  test.each([
    ["as the API lists them", "events.json", lookedUp(taken)],
    ["as a trail delivers them", "log.json", { Records: [taken] }],
    ["compressed", "log.json.gz", gzipSync(JSON.stringify({ Records: [taken] }))],
    ["one a line", "log.jsonl", `${lines}\n`],
  ])("%s tell who has changed it", async (_, file, content) => {
    await commandLine.write(file, content);
    const answer = await commandLine.duplex([...states, "--attribution", file]);
    expect(answer).toMatchObject({ code: 3, err: "" });
    expect(answer.out).toContain(line);
  });

  test("in a folder are all read, but the digests of a trail", async () => {
    await mkdir(join(commandLine.folder, "logs", "CloudTrail-Digest"), { recursive: true });
    await commandLine.write("logs/one.json", { Records: [taken] });
    await commandLine.write(
      "logs/two.json.gz",
      gzipSync(JSON.stringify({ Records: [{ ...taken, eventID: "other" }] })),
    );
    await commandLine.write("logs/CloudTrail-Digest/digest.json", { digestStartTime: "2022-10-15T10:00:00Z" });
    const answer = await commandLine.duplex([...states, "--attribution", "logs", "--format", "json"]);
    const { drifts } = JSON.parse(answer.out) as DriftReport;
    expect(drifts[0]?.changedBy.map(({ eventId }) => eventId)).toEqual(["UpdateTable-1", "other"]);
  });

  test("stand in every format for people and machines", async () => {
    await commandLine.write("events.json", lookedUp(taken, { ...taken, eventID: "other" }));
    const files = ["markdown", "sarif", "junit"].flatMap((each) => ["--report", `${each}=${each}`]);
    const { out } = await commandLine.duplex([...states, "--attribution", "events.json", ...files]);
    const texts = ["markdown", "sarif", "junit"].map((each) => readFileSync(join(commandLine.folder, each), "utf8"));
    for (const each of [out, ...texts])
      expect(each).toMatch(/Changed by one of these, the latest first: by arn:aws:sts/);
  });

  test("that name no drift say nothing of who", async () => {
    await commandLine.write("events.json", { Events: [] });
    const answer = await commandLine.duplex([...states, "--attribution", "events.json"]);
    expect(answer).toMatchObject({ code: 3, err: "" });
    expect(answer.out).not.toContain("Changed by");
  });
});

describe("of many stacks", () => {
  const stacks = ["app/prod", "data/prod", "mail/prod", "pay/prod"];
  const callOn = (tableName: string) =>
    record("dynamodb", "UpdateTable", { tableName, replicaUpdates: [] }, { eventID: tableName });
  /** Whose drift is told to be made by which event. */
  const told = ({ drifts }: DriftReport) =>
    drifts.map(({ urn, changedBy }) => [urn.split("::")[1], ...changedBy.map(({ eventId }) => eventId)]);

  /** Two of four have lost copies of a table that is called after its stack. */
  function backend() {
    const of = (stack: string, more = {}) => {
      const [project = ""] = stack.split("/");
      const own = table({ inputs: { name: project, ...more } });
      return { ...own, urn: own.urn.replace("::shop::", `::${project}::`) };
    };
    const made = manyStacks(commandLine.folder, stacks, exportOf(), refreshed(exportOf()));
    for (const stack of stacks) {
      const exported = exportOf(of(stack));
      const now = stack === "data/prod" || stack === "pay/prod" ? [of(stack, oneCopy.inputs)] : [];
      made.stack(stack, { exported, refresh: refreshed(exported, ...now) });
    }
    return made.env;
  }

  test("each drift has its own calls, and none those of another stack", async () => {
    const env = backend();
    await commandLine.write("events.json", lookedUp(callOn("data"), callOn("app")));
    await commandLine.write("more.json", lookedUp(callOn("pay")));
    const flags = ["drift", "--all", "--attribution", "events.json", "--attribution", "more.json"];
    const answer = await commandLine.duplex([...flags, "--format", "json"], { env });
    expect(answer.code).toBe(3);
    expect(told(JSON.parse(answer.out) as DriftReport)).toEqual([
      ["data", "data"],
      ["pay", "pay"],
    ]);
  });

  test("a merge carries what its shards have told, and is the report of one run", async () => {
    const env = backend();
    await commandLine.write("events.json", lookedUp(callOn("data"), callOn("pay")));
    const all = ["drift", "--all", "--attribution", "events.json", "--format", "json"];
    const whole = JSON.parse((await commandLine.duplex(all, { env })).out) as DriftReport;
    const parts = ["part-1.json", "part-2.json", "part-3.json"];
    for (const [at, part] of parts.entries()) {
      await commandLine.duplex([...all, "--shard", `${at + 1}/${parts.length}`, "-o", part], { env });
    }
    const merged = await commandLine.duplex([
      "drift",
      "merge",
      ...parts,
      "--format",
      "json",
      "--report",
      "markdown=drift.md",
    ]);
    expect(merged.code).toBe(3);
    expect(JSON.parse(merged.out)).toEqual(whole);
    expect(told(whole)).toEqual([
      ["data", "data"],
      ["pay", "pay"],
    ]);
    const markdown = readFileSync(join(commandLine.folder, "drift.md"), "utf8");
    expect(markdown).toContain("UpdateTable (CloudTrail event pay)");
  });

  test("a merge takes no files of its own", async () => {
    const answer = await commandLine.duplex(["drift", "merge", "part.json", "--attribution", "events.json"]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/'--attribution'.*\[DPX001\]/);
  });

  test("a file that is wrong is told once, before any cloud is asked", async () => {
    const env = backend();
    await commandLine.write("empty.json", "");
    const answer = await commandLine.duplex(["drift", "--all", "--attribution", "empty.json"], { env });
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err.match(/DPX740/g)).toHaveLength(1);
    expect(readFileSync(join(commandLine.folder, "backend", "read"), "utf8")).toBe("");
  });
});

test("all files that are wrong are told in one run, with their place", async () => {
  await mkdir(join(commandLine.folder, "none"));
  await commandLine.write("empty.json", "");
  await commandLine.write("text.json", "{\n  nothing");
  await commandLine.write("cut.json", '{"Events": [');
  await commandLine.write("broken.json.gz", gzipSync(JSON.stringify({ Records: [taken] })).subarray(0, 40));
  await commandLine.write("other.json", { Reservations: [] });
  await commandLine.write("inner.json", { Events: [{ EventId: "1", CloudTrailEvent: "{" }] });
  await commandLine.write("record.json", { Records: [taken, { ...taken, eventTime: undefined }] });
  await commandLine.write("lines.jsonl", `${JSON.stringify(taken)}\n{"eventName`);
  const files = [
    "empty.json",
    "text.json",
    "cut.json",
    "broken.json.gz",
    "other.json",
    "inner.json",
    "record.json",
    "lines.jsonl",
    "absent.json",
    "none",
  ];
  const answer = await commandLine.duplex([...states, ...files.flatMap((file) => ["--attribution", file])]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  const told = answer.err
    .trim()
    .split("\n")
    .map((each) => /^(\S+?:?\d*(?: \S+)?): .*\[(DPX\d+)\]$/.exec(each)?.slice(1));
  expect(told).toEqual([
    ["empty.json", "DPX740"],
    ["text.json:2", "DPX740"],
    ["cut.json:1", "DPX740"],
    ["broken.json.gz", "DPX741"],
    ["other.json", "DPX742"],
    ["inner.json Events[0].CloudTrailEvent", "DPX742"],
    ["record.json Records[1]", "DPX742"],
    ["lines.jsonl:2", "DPX740"],
    ["absent.json", "DPX002"],
    ["none", "DPX743"],
  ]);
});
