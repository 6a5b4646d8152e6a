/** `duplex drift --live`: files that commands print, in every format, of one stack and of many. */
import Ajv from "ajv";
import { XMLValidator } from "fast-xml-parser";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DriftReport } from "../../../../report/drift/report";
import schema from "../../../../schema/drift.schema.json";
import { CommandLine } from "../../../support/cli";
import { lookedUp, record } from "../../../support/cloudTrail";
import { exportOf, oneCopy, queue, table } from "../../../support/driftStates";
import { alarm, describedAlarms, tagged } from "../../../support/liveAnswers";
import { manyStacks, refreshed, type Backend } from "../../../support/manyStacks";
import { faultsBy } from "../../../support/publishedSchemas";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const named = { inputs: { name: "ledger" } };
const exported = exportOf(table(named), queue());
const arn = (name: string) => `arn:aws:dynamodb:ap-northeast-2:111122223333:table/${name}`;
const critical = { "duplex:tier": "critical" };
const of = (service: string) => ({ "duplex:service": service, ...critical });
const lag = describedAlarms(alarm("lag", ["AWS/DynamoDB", "ReplicationLatency"], { TableName: "ledger" }));
const states = ["drift", "--state", "a.json", "--actual", "a.json"];
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const file = (name: string) => readFileSync(join(commandLine.folder, name), "utf8");

describe("of two exports", () => {
  beforeEach(async () => {
    await commandLine.write("a.json", exported);
    await commandLine.write("tagged.json", tagged([arn("ledger-2"), of("ledger")]));
    await commandLine.write("alarms.json.gz", gzipSync(JSON.stringify(lag)));
  });
  const live = ["--live", "tagged.json", "--live", "alarms.json.gz"];

  test("nothing is drift without the files, and two things are with them", async () => {
    expect((await commandLine.duplex(states)).code).toBe(0);
    const answer = await commandLine.duplex([...states, ...live]);
    expect(answer).toMatchObject({ code: 2, err: "" });
    expect(answer.out).toContain('live.replicationLag.lag: "OK" → "ALARM" (told by --live)');
    expect(answer.out).toContain('Let the copy catch up: until alarm "lag" is OK again');
    expect(answer.out).toContain("`pulumi import -s prod aws:dynamodb/table:Table ledger-2 ledger-2`");
    expect(answer.out).not.toContain("pulumi up --refresh");
  });

  test("every format tells of both, and is what its schema asks for", async () => {
    const formats = ["json", "markdown", "sarif", "junit", "openmetrics"] as const;
    await commandLine.duplex([...states, ...live, ...formats.flatMap((each) => ["--report", `${each}=${each}`])]);
    const report = JSON.parse(file("json")) as DriftReport;
    expect(validate(report) ? [] : validate.errors).toEqual([]);
    expect(report.summary).toMatchObject({ bearable: 2, dangerous: 0 });
    expect(report.drifts.map(({ kind, changes }) => [kind, ...changes.map(({ live: isLive }) => isLive)])).toEqual([
      ["unmanaged"],
      ["changed", true],
    ]);
    for (const each of ["markdown", "sarif", "junit"]) {
      expect(file(each)).toContain(arn("ledger-2"));
      expect(file(each)).toContain("replicationLag");
    }
    expect(faultsBy("sarif")(JSON.parse(file("sarif")))).toEqual([]);
    expect(XMLValidator.validate(file("junit"))).toBe(true);
    expect(file("openmetrics")).toContain('duplex_drift_resources{stack="prod",class="bearable"} 2');
  });

  test("the history knows them, and that they came and went", async () => {
    const on = async (today: string, ...more: readonly string[]) => {
      const answer = await commandLine.duplex([...states, ...more, "--history", "h.json", "--format", "json"], {
        today,
      });
      return JSON.parse(answer.out) as DriftReport;
    };
    expect(await on("2022-10-15", ...live)).toMatchObject({ changed: true, drifts: [{ since: "2022-10-15" }, {}] });
    expect(await on("2022-10-16", ...live)).toMatchObject({ changed: false, drifts: [{ since: "2022-10-15" }, {}] });
    expect(await on("2022-10-17")).toMatchObject({ changed: true, drifts: [] });
    await on("2022-10-18", ...live);
    await on("2022-10-19");
    expect((await on("2022-10-20", ...live)).drifts.map(({ flapping }) => flapping)).toEqual([true, true]);
  });

  test("nobody is told to have changed what only an answer tells", async () => {
    const call = record("dynamodb", "UpdateTable", { tableName: "ledger", replicaUpdates: [] });
    await commandLine.write("events.json", lookedUp(call));
    const flags = ["--live", "alarms.json.gz", "--attribution", "events.json", "--format", "json"];
    const told = async () => {
      const answer = await commandLine.duplex([...states.slice(0, 3), "--actual", "b.json", ...flags]);
      return (JSON.parse(answer.out) as DriftReport).drifts.map(({ changedBy }) => changedBy.length);
    };
    await commandLine.write("b.json", exported);
    expect(await told()).toEqual([0]);
    await commandLine.write("b.json", exportOf(table({ inputs: { ...named.inputs, ...oneCopy.inputs } }), queue()));
    expect(await told()).toEqual([1]);
  });

  test("rules expect them, by resource and by property", async () => {
    const rule = (resource: string, property?: string) => ({
      resource,
      property,
      reason: "Known.",
      owner: "data",
      expires: "2022-12-31",
    });
    await commandLine.write("rules.json", {
      expected: [rule("*ledger-2"), rule("aws:dynamodb/*", "live.replicationLag")],
    });
    const answer = await commandLine.duplex([...states, ...live, "--expected", "rules.json", "--format", "json"]);
    expect(answer.code).toBe(0);
    expect((JSON.parse(answer.out) as DriftReport).expected.map(({ path }) => path)).toEqual([
      null,
      "live.replicationLag.lag",
    ]);
  });

  test("a folder is read whole", async () => {
    mkdirSync(join(commandLine.folder, "live", "seoul"), { recursive: true });
    await commandLine.write("live/tagged.json", tagged([arn("ledger-2"), of("ledger")]));
    await commandLine.write("live/seoul/tagged.json", tagged([arn("ledger-3"), of("ledger")]));
    await commandLine.write("live/README.md", "no answer");
    const { drifts } = JSON.parse(
      (await commandLine.duplex([...states, "--live", "live", "--format", "json"])).out,
    ) as DriftReport;
    expect(drifts.map(({ urn }) => urn.split("/").at(-1))).toEqual(["ledger-2", "ledger-3"]);
  });

  test("backups are late by the clock", async () => {
    const [seoul, plan] = [arn("ledger"), "urn:pulumi:prod::shop::aws:backup/plan:Plan::p"];
    const rules = { rules: [{ ruleName: "r", schedule: "rate(1 day)" }] };
    await commandLine.write(
      "a.json",
      exportOf(
        table({ ...named, outputs: { arn: seoul } }),
        { urn: plan, custom: true, id: "p-id", type: "aws:backup/plan:Plan", inputs: rules, outputs: rules },
        {
          urn: plan.replace("plan:Plan::p", "selection:Selection::s"),
          custom: true,
          id: "s-id",
          type: "aws:backup/selection:Selection",
          inputs: { planId: "p-id", resources: [seoul] },
          outputs: {},
        },
      ),
    );
    await commandLine.write("backups.json", {
      Results: [{ ResourceArn: seoul, LastBackupTime: "2022-10-14T10:00:00+00:00" }],
    });
    const at = async (time: string) =>
      (await commandLine.duplex([...states, "--live", "backups.json"], { now: Date.parse(time) })).code;
    expect(await at("2022-10-15T15:19:00Z")).toBe(0);
    expect(await at("2022-10-15T19:19:00Z")).not.toBe(0);
  });
});

test("all files that are wrong are told in one run, with their place", async () => {
  await commandLine.write("a.json", exported);
  mkdirSync(join(commandLine.folder, "none"));
  await commandLine.write("empty.json", "");
  await commandLine.write("cut.json", '{"Results": [');
  await commandLine.write("broken.json.gz", gzipSync(JSON.stringify(lag)).subarray(0, 40));
  await commandLine.write("other.json", { Reservations: [] });
  await commandLine.write("record.json", { Results: [{ ResourceArn: arn("a") }] });
  const files = ["empty.json", "cut.json", "broken.json.gz", "other.json", "record.json", "absent.json", "none"];
  const answer = await commandLine.duplex([...states, ...files.flatMap((each) => ["--live", each])]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  const told = answer.err
    .trim()
    .split("\n")
    .map((each) => /^(\S+?:?\d*(?: \S+)?): .*\[(DPX\d+)\]$/.exec(each)?.slice(1));
  expect(told).toEqual([
    ["empty.json", "DPX744"],
    ["cut.json:1", "DPX744"],
    ["broken.json.gz", "DPX745"],
    ["other.json", "DPX746"],
    ["record.json Results[0].LastBackupTime", "DPX746"],
    ["absent.json", "DPX002"],
    ["none", "DPX747"],
  ]);
  expect(answer.err).toContain("`aws route53-recovery-cluster list-routing-controls`");
});

describe("of many stacks", () => {
  let backend: Backend;
  const project = (name: string) => {
    const own = table({
      inputs: { name, tags: { ...of(name), "duplex:layer": "store" } },
      outputs: { arn: arn(name) },
    });
    return JSON.parse(JSON.stringify(exportOf(own)).replaceAll("::shop::", `::${name}::`)) as unknown;
  };
  const stacks = ["app", "data", "pay"];
  beforeEach(async () => {
    backend = manyStacks(
      commandLine.folder,
      stacks.map((name) => `${name}/prod`),
      exported,
      refreshed(exported),
    );
    for (const name of stacks) {
      backend.stack(`${name}/prod`, { exported: project(name), refresh: refreshed(project(name)) });
    }
    await commandLine.write(
      "tagged.json",
      tagged(
        // Held by another stack than the one that its words name.
        [arn("pay"), of("app")],
        [arn("app-2"), of("app")],
        [arn("loose"), critical],
        [arn("stranger"), of("nobody")],
      ),
    );
  });
  const all = ["drift", "--all", "--live", "tagged.json", "--format", "json"];
  const told = ({ drifts }: DriftReport) => drifts.map(({ urn }) => [urn.split("::")[1], urn.split("/").at(-1)]);
  const wanted = [
    ["app", "app-2"],
    ["app", "loose"],
    ["app", "stranger"],
  ];

  test("an object is unmanaged where none of them holds it, and is told once", async () => {
    const answer = await commandLine.duplex(all, { env: backend.env });
    expect(answer.code).toBe(2);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(told(report)).toEqual(wanted);
    expect(report.summary.bearable).toBe(3);
    expect(report.stacks?.map(({ verdict }) => verdict)).toEqual(["bearable", "none", "none"]);
  });

  test("a stack by itself tells of what names its services", async () => {
    const answer = await commandLine.duplex([...all, "--include", "app/*"], { env: backend.env });
    expect(told(JSON.parse(answer.out) as DriftReport)).toContainEqual(["app", "pay"]);
  });

  test("shards leave it to the merge, whose report is that of one run", async () => {
    const whole = JSON.parse((await commandLine.duplex(all, { env: backend.env })).out) as DriftReport;
    const parts = ["1.json", "2.json", "3.json"];
    for (const [at, part] of parts.entries()) {
      const { code } = await commandLine.duplex([...all, "--shard", `${at + 1}/3`, "-o", part], { env: backend.env });
      const report = JSON.parse(file(part)) as DriftReport;
      expect([code, report.drifts]).toEqual([0, []]);
      expect(validate(report) ? [] : validate.errors).toEqual([]);
    }
    const merged = await commandLine.duplex(["drift", "merge", ...parts, "--format", "json"]);
    expect(merged.code).toBe(2);
    expect(JSON.parse(merged.out)).toEqual(whole);
  });

  test("a rule expects it there too, and is told what it matches", async () => {
    await commandLine.write("rules.json", {
      expected: [{ resource: "aws:dynamodb/table:Table", reason: "Known.", owner: "data", expires: "2022-12-31" }],
    });
    const answer = await commandLine.duplex([...all, "--expected", "rules.json"], { env: backend.env });
    const report = JSON.parse(answer.out) as DriftReport;
    expect([answer.code, report.drifts, report.summary.expected]).toEqual([0, [], 3]);
    expect(report.expected.map(({ urn }) => urn.split("/").at(-1))).toEqual(["app-2", "loose", "stranger"]);
  });
});
