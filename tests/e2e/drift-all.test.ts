/** A backend of several stacks, read without their program: what one loses by the drift of another, whole and in shards. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { DriftReport } from "../../report/drift/report";
import { openCloud, type Cloud } from "../../simulator/control";
import { root, simulatedStack, type Run, type SimulatedStack } from "../support/engine";

jest.setTimeout(300_000);

const project = "tests/fixtures/programs/many-stacks";
const name = (stack: string) => `organization/many-stacks/${stack}`;
const tableUrn = "urn:pulumi:sessions::many-stacks::aws:dynamodb/table:Table::sessions";

let stack: SimulatedStack;
let deployed: string;
/** A folder of no project: where a scheduler's job runs. */
let empty: string;

beforeAll(async () => {
  stack = await simulatedStack();
  // In the order of the references between them.
  for (const each of ["sessions", "login", "mail"]) {
    await stack.init(each, project);
    const up = await stack.pulumi("up", "--yes", "--skip-preview", "-s", each, "--cwd", project);
    if (up.code !== 0) throw new Error(up.text);
  }
  await stack.init("unused", project);
  deployed = path.join(stack.folder, "deployed");
  fs.cpSync(stack.cloud, deployed, { recursive: true });
  empty = path.join(stack.folder, "empty");
  fs.mkdirSync(empty);
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

async function toOneRegion(): Promise<void> {
  await change((cloud) => {
    const [table] = cloud.list().filter(({ urn }) => urn === tableUrn);
    if (!table) throw new Error("The simulated cloud has no table.");
    cloud.drift(table, { replicas: [] });
  });
}

function duplex(...args: readonly string[]): Run {
  const command = [
    path.join(root, "cli/bin/duplex.js"),
    "drift",
    ...args,
    "--sites",
    path.join(root, "Pulumi.prod.yaml"),
  ];
  const result = spawnSync(process.execPath, command, {
    cwd: empty,
    encoding: "utf8",
    env: { ...stack.environment, NO_COLOR: "1" },
  });
  const { stdout, stderr } = result;
  return { code: result.status ?? 1, stdout, stderr, text: stdout + stderr };
}

function reported(run: Run): DriftReport {
  if (run.stdout === "") throw new Error(run.stderr);
  return JSON.parse(run.stdout) as DriftReport;
}

const json = ["--format", "json"];

function stateFiles(): readonly string[] {
  const folder = path.join(stack.folder, "state");
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .map((file) => `${file} ${fs.readFileSync(path.join(folder, file), "utf8")}`)
    .sort();
}

it("without a change there is no drift in any, nothing is written, and progress is told apart from the answer", () => {
  const before = stateFiles();
  const run = duplex("--all", ...json);
  expect(run.code).toBe(0);
  const report = reported(run);
  expect(report).toMatchObject({ verdict: "none", drifts: [], couldNotTell: [], acrossStacks: [] });
  expect(report.stacks?.map((each) => [each.stack, each.error])).toEqual(
    ["login", "mail", "sessions", "unused"].map((each) => [name(each), null]),
  );
  expect(report.summary.compared).toBe(4);
  expect(run.stderr).toMatch(/^\[4\/4\] organization\/many-stacks\/\w+: none$/m);
  expect(stateFiles()).toEqual(before);
});

it("drift that its own stack bears is dangerous where another stack hangs on it, whole and in shards alike", async () => {
  await toOneRegion();
  const alone = duplex("--all", "--include", "many-stacks/sessions", ...json);
  expect(alone.code).toBe(2);
  expect(reported(alone).drifts).toMatchObject([{ urn: tableUrn, class: "bearable" }]);

  const whole = duplex("--all", ...json);
  expect(whole.code).toBe(3);
  const report = reported(whole);
  expect(report.drifts).toMatchObject([{ urn: tableUrn, class: "dangerous" }]);
  expect(report.acrossStacks).toMatchObject([
    { service: "many-stacks/login:login", domain: "region:ap-northeast-2", through: [tableUrn], drift: true },
  ]);

  const shards = [1, 2, 3].map((index) => {
    const file = `shard-${index}.json`;
    expect(duplex("--all", "--shard", `${index}/3`, ...json, "-o", file).code).toBeLessThan(3);
    return file;
  });
  const merged = duplex("merge", ...shards, ...json);
  expect(merged.code).toBe(3);
  expect(reported(merged)).toEqual(report);
});

it("one stack that cannot be read could not be told, and the rest is judged", async () => {
  await change((cloud) => cloud.fail({ operation: "read", type: "aws:sqs/queue:Queue", delayMs: 60_000 }));
  const silent = duplex("--all", "--timeout", "15", ...json);
  expect(silent.code).toBe(1);
  const report = reported(silent);
  expect(report).toMatchObject({ verdict: "unread", summary: { couldNotTell: 1, compared: 3 } });
  expect(report.stacks?.find((each) => each.stack === name("mail"))?.error?.code).toBe("DPX704");
  await change((cloud) => cloud.fail({ operation: "read", type: "aws:sqs/queue:Queue", delayMs: 60_000 }));
  await toOneRegion();
  const both = duplex("--all", "--timeout", "15", ...json);
  expect([both.code, reported(both).verdict, reported(both).summary.couldNotTell]).toEqual([3, "lost", 1]);
});
