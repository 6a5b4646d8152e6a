/** No command prints a secret, in any format, whatever it is given and however it ends. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { formatNames } from "../../report/writers";
import { canaries, canaryEntries, type CanaryEntry, leaksIn, wordOf } from "../support/canaries";
import { CommandLine } from "../support/cli";
import { exportOf } from "../support/driftStates";
import { manyStacks, refreshed } from "../support/manyStacks";

const versions = ["a", "b"];
const entries = canaryEntries("a");
let commandLine: CommandLine;

/** What the engine writes where nobody has asked it to open secrets: a preview and an event log hold none. */
function withoutMarked(list: readonly CanaryEntry[], instead: unknown): readonly CanaryEntry[] {
  const replaced = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "plaintext" in value ? instead : value;
  return JSON.parse(JSON.stringify(list, replaced)) as readonly CanaryEntry[];
}

beforeAll(async () => {
  commandLine = new CommandLine();
  await commandLine.write("state.json", exportOf(...entries));
  await commandLine.write("actual.json", exportOf(...canaryEntries("b")));
  const blinded = withoutMarked(entries, "[secret]");
  await commandLine.write("preview.json", {
    steps: blinded.map((newState) => ({ op: "create", newState })),
    changeSummary: { create: entries.length },
  });
  const events = blinded.map((entry) => ({
    resOutputsEvent: { metadata: { op: "same", urn: entry["urn"], new: entry } },
  }));
  await commandLine.write(
    "events.log",
    [...events, { summaryEvent: {} }]
      .map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event }))
      .join("\n"),
  );
  const objects = entries.flatMap(({ inputs }) => {
    const { region: _, ...object } = inputs as Record<string, unknown>;
    return "kind" in object ? [object] : [];
  });
  await commandLine.write("pangyo.yaml", objects.map((object) => stringify(object)).join("---\n"));
  mkdirSync(join(commandLine.folder, "broken"));
  const text = JSON.stringify(exportOf(...entries));
  for (let part = 1; part < 20; part++)
    await commandLine.write(`broken/${part}.json`, text.slice(0, Math.floor((text.length * part) / 20)));
});
afterAll(() => commandLine.remove());

async function printed(argv: readonly string[], env?: Readonly<Record<string, string | undefined>>): Promise<string> {
  const { out, err } = await commandLine.duplex(argv, env === undefined ? {} : { env });
  return `${out}\n${err}`;
}

test("there are 30 kinds and more, and one that is printed is seen, in base64 too", () => {
  expect(canaries.length).toBeGreaterThanOrEqual(30);
  expect(leaksIn("", versions)).toEqual([]);
  const [first, , , fourth] = canaries;
  const told = [wordOf(0, "a"), Buffer.from(`ab ${wordOf(3, "b")} cd`).toString("base64")].join(" ");
  expect(leaksIn(told.replace("qaz", "QAZ"), versions)).toEqual([first?.kind, fourth?.kind]);
});

describe.each(formatNames)("in %s", (format) => {
  const inputs = ["state.json", "preview.json", "events.log", "pangyo.yaml"];
  test.each(inputs)("`check` of %s", async (input) => {
    const text = await printed(["check", input, "--verbose", "--format", format]);
    expect(text).not.toMatch(/defect of duplex/);
    expect(leaksIn(text, versions)).toEqual([]);
  });

  test("`drift` of two states, which differ in every secret", async () => {
    const states = ["drift", "--state", "state.json", "--actual", "actual.json", "--history", `history-${format}`];
    for (let run = 0; run < 2; run++) {
      const text = await printed([...states, "--format", format]);
      expect(text).not.toMatch(/defect of duplex/);
      expect(leaksIn(text, versions)).toEqual([]);
    }
    expect(leaksIn(readFileSync(join(commandLine.folder, `history-${format}`), "utf8"), versions)).toEqual([]);
  });
});

test("`drift` tells that each of them has changed", async () => {
  const states = ["drift", "--state", "state.json", "--actual", "actual.json", "--format", "json"];
  const report = JSON.parse((await commandLine.duplex(states)).out) as { drifts: { urn: string }[] };
  const told = new Set(report.drifts.map(({ urn }) => urn));
  const silent = entries.map(({ urn }) => String(urn)).filter((urn) => !told.has(urn));
  expect(silent.map((urn) => canaries[Number(urn.split("::r")[1])]?.kind)).toEqual([
    // A provider is no object in a cloud.
    "a kubeconfig",
  ]);
});

test("`drift --all` and its shards", async () => {
  const exported = exportOf(...withoutMarked(entries, { ciphertext: "v1:x:y" }));
  const backend = manyStacks(
    commandLine.folder,
    ["shop/prod"],
    exported,
    refreshed(exported, ...withoutMarked(canaryEntries("b"), "[secret]")),
  );
  for (const format of formatNames)
    expect(leaksIn(await printed(["drift", "--all", "--format", format], backend.env), versions)).toEqual([]);
  const shard = ["drift", "--all", "--shard", "1/1", "--format", "json", "--output", "shard.json"];
  expect(leaksIn(await printed(shard, backend.env), versions)).toEqual([]);
  expect(leaksIn(await printed(["drift", "merge", "shard.json"]), versions)).toEqual([]);
  expect(leaksIn(readFileSync(join(commandLine.folder, "shard.json"), "utf8"), versions)).toEqual([]);
});

test.each(["iam-policy", "cluster-role"])("`%s`", async (command) => {
  for (const input of ["state.json", "preview.json"])
    expect(leaksIn(await printed([command, input, "--allow-missing", "--live"]), versions)).toEqual([]);
});

test("what cannot be read is not quoted", async () => {
  for (const name of readdirSync(join(commandLine.folder, "broken"))) {
    const text = await printed(["check", `broken/${name}`]);
    expect(text).toMatch(/\[DPX/);
    expect(leaksIn(text, versions)).toEqual([]);
  }
});
