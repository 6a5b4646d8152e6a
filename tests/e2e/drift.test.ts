/** Changes behind the engine's back, each classified by what it does to survival; the state is never touched. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { DriftReport } from "../../report/drift/report";
import { openCloud, type Cloud, type ObjectKey } from "../../simulator/control";
import { root, simulatedStack, type Run, type SimulatedStack } from "../support/engine";
import { alarm, describedAlarms, tagged } from "../support/liveAnswers";

jest.setTimeout(300_000);

const project = "tests/fixtures/programs/drifts";
const kept = ["Pulumi.yaml", "Pulumi.dev.yaml"].map((name) => path.join(root, project, name));

let stack: SimulatedStack;
let deployed: string;

beforeAll(async () => {
  stack = await simulatedStack();
  await stack.init("dev", project);
  const up = await stack.pulumi("up", "--yes", "--skip-preview", "-s", "dev", "--cwd", project);
  if (up.code !== 0) throw new Error(up.text);
  deployed = path.join(stack.folder, "deployed");
  fs.cpSync(stack.cloud, deployed, { recursive: true });
});

/** The cloud as it was deployed. */
beforeEach(() => {
  fs.rmSync(stack.cloud, { recursive: true, force: true });
  fs.cpSync(deployed, stack.cloud, { recursive: true });
});

afterAll(() => stack.remove());

async function change(by: (cloud: Cloud) => void): Promise<void> {
  const cloud = openCloud(stack.cloud);
  try {
    by(cloud);
  } finally {
    await cloud.close();
  }
}

function objectOf(cloud: Cloud, name: string): ObjectKey {
  const [found] = cloud.list().filter(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`The simulated cloud has no object of ${name}.`);
  return found;
}

function drift(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Run {
  const command = [path.join(root, "cli/bin/duplex.js"), "drift", "--cwd", project, "--sites", "Pulumi.prod.yaml"];
  const named = args.includes("-s") ? args : ["-s", "dev", ...args];
  const result = spawnSync(process.execPath, [...command, "--format", "json", ...named], {
    cwd: root,
    encoding: "utf8",
    env: { ...stack.environment, ...environment, NO_COLOR: "1" },
  });
  return {
    code: result.status ?? 1,
    stdout: result.stdout,
    stderr: result.stderr,
    text: result.stdout + result.stderr,
  };
}

function reported(run: Run): DriftReport {
  if (run.stdout === "") throw new Error(run.stderr);
  return JSON.parse(run.stdout) as DriftReport;
}

const replicas = (number: number) => ({ spec: { replicas: number } });
const to = (name: string, properties: Parameters<Cloud["drift"]>[1]) => (cloud: Cloud) =>
  void cloud.drift(objectOf(cloud, name), properties);
const away = (name: string) => (cloud: Cloud) => cloud.remove(objectOf(cloud, name));

const changes: readonly (readonly [string, (cloud: Cloud) => void, DriftReport["drifts"][number]["class"], string])[] = [
  ["a tag of a queue", to("mail", { tags: { team: "y" } }), "cosmetic", "tags.team"],
  ["a tag that nobody wrote", to("mail", { tags: { by: "hand" } }), "cosmetic", "tags.by"],
  ["a queue's delay", to("mail", { delaySeconds: 30 }), "cosmetic", "delaySeconds"],
  ["a label", to("login-ansan", { metadata: { labels: { team: "y" } } }), "cosmetic", "metadata.labels.team"],
  ["one copy less of three", to("ledger", { replicas: [{ regionName: "ap-northeast-3" }] }), "bearable", "replicas[ap-northeast-1]"],
  ["more pods", to("login-ansan", replicas(5)), "bearable", "spec.replicas"],
  ["no copy left", to("ledger", { replicas: [] }), "dangerous", "replicas[ap-northeast-1]"],
  ["no pod in one of two facilities", to("login-ansan", replicas(0)), "dangerous", "spec.replicas"],
  ["too few pods for the peak without the other facility", to("login-chuncheon", replicas(1)), "dangerous", "spec.replicas"],
  ["a Deployment is gone", away("login-chuncheon"), "dangerous", ""],
  ["the table is gone", away("ledger"), "dangerous", ""],
]; // prettier-ignore

it("without a change there is no drift, however often it is asked, and nothing is written", () => {
  const before = kept.map((file) => fs.readFileSync(file, "utf8"));
  for (let time = 0; time < 5; time++) {
    const run = drift();
    expect(reported(run)).toMatchObject({ verdict: "none", drifts: [], couldNotTell: [], ignored: [] });
    expect(run.code).toBe(0);
  }
  expect(kept.map((file) => fs.readFileSync(file, "utf8"))).toEqual(before);
});

it.each(changes)("%s", async (_, by, expected, property) => {
  const before = JSON.stringify(await stack.state("dev", project));
  await change(by);
  const run = drift();
  const report = reported(run);
  expect(report.drifts.map((each) => [each.class, each.kind])).toEqual([
    [expected, property === "" ? "gone" : "changed"],
  ]);
  expect(report.drifts[0]?.changes.map(({ path: at }) => at) ?? []).toEqual(expect.arrayContaining(property === "" ? [] : [property])); // prettier-ignore
  expect(run.code).toBe(expected === "dangerous" ? 3 : 2);
  expect(JSON.stringify(await stack.state("dev", project))).toBe(before);
});

it("an ignored property is listed, and no drift", async () => {
  await change(to("login-ansan", { metadata: { annotations: { team: "y" } } }));
  const run = drift();
  expect(reported(run)).toMatchObject({ verdict: "none", ignored: [{ path: "metadata.annotations.team", to: "y" }] });
  expect(run.code).toBe(0);
});

it("a region that does not answer could not be told, and the rest is judged", async () => {
  await change((cloud) => cloud.lose("region", "ap-northeast-3"));
  const silent = drift();
  expect(silent.code).toBe(1);
  expect(reported(silent).couldNotTell.map(({ urn }) => urn.split("::").at(-1))).toEqual(["mail"]);
  await change(to("login-ansan", replicas(0)));
  const both = drift();
  expect(both.code).toBe(3);
  expect(reported(both)).toMatchObject({ verdict: "lost", summary: { dangerous: 1, couldNotTell: 1 } });
});

it("what the cloud throttles is asked for again, and nothing else", async () => {
  // Three calls are one reading: the provider itself tries that often.
  const throttle = (calls: number) =>
    change((cloud) => cloud.fail({ operation: "read", type: "aws:sqs/queue:Queue", throttle: true, calls }));
  await throttle(3);
  const again = drift(["--retry-wait", "0.1"]);
  expect(again.stderr).toContain("asking for 1 resource again");
  expect(reported(again)).toMatchObject({ verdict: "none", couldNotTell: [] });
  await throttle(3);
  const once = drift(["--retries", "0"]);
  expect(once.code).toBe(1);
  expect(reported(once).couldNotTell.map(({ urn }) => urn.split("::").at(-1))).toEqual(["mail"]);
});

it("what no property holds is told by the answers of read-only commands, and nothing of what the stack has made", async () => {
  const { deployment: state } = await stack.state("dev", project);
  const { outputs } = state.resources?.find(({ urn }) => urn.endsWith("::ledger")) ?? {};
  const [arn, name] = [String(outputs?.["arn"]), String(outputs?.["name"])];
  const words = { "duplex:service": "ledger", "duplex:tier": "critical" };
  const folder = fs.mkdtempSync(path.join(stack.folder, "live-"));
  const answer = (file: string, value: object) => fs.writeFileSync(path.join(folder, file), JSON.stringify(value));
  answer("objects.json", tagged([arn, words]));
  const nothing = drift(["--live", folder]);
  expect(reported(nothing)).toMatchObject({ verdict: "none", drifts: [] });
  expect(nothing.code).toBe(0);
  answer("objects.json", tagged([arn, words], [arn.replace(name, "shadow"), words]));
  const lag = { TableName: name, ReceivingRegion: "ap-northeast-1" };
  const own = { AlarmArn: arn.replace(/:dynamodb:(.*):table.*/, ":cloudwatch:$1:alarm:lag") };
  answer("alarms.json", describedAlarms(alarm("lag", ["AWS/DynamoDB", "ReplicationLatency"], lag, own)));
  const found = drift(["--live", folder]);
  expect(reported(found).drifts.map(({ kind, type, changes: told }) => [kind, type, ...told.map(({ path: at }) => at)])).toEqual(
    expect.arrayContaining([
      ["unmanaged", "aws:dynamodb/table:Table"],
      ["changed", "aws:dynamodb/table:Table", "live.replicationLag.lag"],
    ]),
  ); // prettier-ignore
  expect(reported(found).drifts).toHaveLength(2);
  expect(found.code).toBe(2);
});

it("mistakes and a provider that hangs end with 1, and a code", async () => {
  expect(drift(["-s", "nowhere"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("[DPX701]") as string });
  const wrong = { PULUMI_CONFIG_PASSPHRASE: "wrong", PULUMI_CONFIG_PASSPHRASE_FILE: undefined };
  expect(drift([], wrong)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("[DPX702]") as string });
  await change((cloud) => cloud.fail({ operation: "read", delayMs: 60_000 }));
  expect(drift(["--timeout", "6"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("[DPX704]") as string });
  expect(reported(drift()).verdict).toBe("none");
}); // prettier-ignore
