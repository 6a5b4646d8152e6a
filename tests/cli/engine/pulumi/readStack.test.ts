/** A stack that `duplex drift` reads through the engine: what the engine says, and what it leaves behind. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DriftReport } from "../../../../report/drift/report";
import { CommandLine } from "../../../support/cli";
import { exportOf, oneCopy, queue, table, tableUrn } from "../../../support/driftStates";
import { exportedText, FakePulumi, step, unchangedSteps } from "../../../support/fakePulumi";

let commandLine: CommandLine;
let pulumi: FakePulumi;
beforeEach(() => {
  commandLine = new CommandLine();
  pulumi = new FakePulumi(commandLine);
});
afterEach(() => commandLine.remove());

describe("a stack", () => {
  test("is read without a change, and its settings are not the engine's to write", async () => {
    await pulumi.write(await pulumi.answering({ steps: unchangedSteps, changeSummary: { same: 2 } }));
    const answer = await pulumi.drift();
    expect(answer).toMatchObject({ code: 0, err: "" });
    const { source } = JSON.parse(answer.out) as DriftReport;
    expect(source).toMatchObject({ kind: "stack", stack: "prod" });
    expect(source.stateSha256).toMatch(/^[0-9a-f]{64}$/);
    const calls = pulumi.calls();
    // The first export and the refresh run side by side.
    expect(calls.map((call) => call.split(" ")[0]).sort()).toEqual(["refresh", "stack", "stack"]);
    expect(calls.find((call) => call.startsWith("refresh"))).toMatch(
      /--preview-only --json --config-file \S+duplex-drift-\S+Pulumi\.prod\.yaml --stack prod/,
    );
  });

  test("is left at once where a file of ours is mistaken, and no engine is left behind", async () => {
    await pulumi.write("echo $$ > pid; exec sleep 600");
    const started = Date.now();
    const answer = await pulumi.drift("--sites", "nowhere.yaml");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("nowhere.yaml");
    expect(answer.err).not.toContain("stopped from outside");
    expect(Date.now() - started).toBeLessThan(60_000);
    const pid = join(commandLine.folder, "pid");
    const runs = (id: number) => {
      try {
        return process.kill(id, 0);
      } catch {
        return false;
      }
    };
    // It may be stopped before it has begun.
    expect(existsSync(pid) && runs(Number(readFileSync(pid, "utf8")))).toBe(false);
  });

  test("with a copy gone has lost survival", async () => {
    await pulumi.write(await pulumi.answering({ steps: [step("update", table(), table(oneCopy)), unchangedSteps[1]] }));
    expect((await pulumi.drift()).code).toBe(3);
    await pulumi.write(await pulumi.answering({ steps: [step("delete", table()), unchangedSteps[1]] }));
    const report = JSON.parse((await pulumi.drift()).out) as DriftReport;
    expect(report.drifts).toMatchObject([{ kind: "gone", urn: tableUrn, class: "dangerous" }]);
  });

  test("of which a part does not answer is judged in the rest", async () => {
    const diagnostics = [{ urn: tableUrn, message: "error: Preview failed: no route\n", severity: "error" }];
    await pulumi.write(await pulumi.answering({ steps: unchangedSteps, diagnostics }, 1));
    const answer = await pulumi.drift();
    expect(answer.code).toBe(1);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(report).toMatchObject({ verdict: "unread", couldNotTell: [{ urn: tableUrn, reason: "no route" }] });
    expect(report.summary.compared).toBe(1);
  });

  test("a region that is lost is not asked again", async () => {
    const diagnostics = [{ urn: tableUrn, message: "error: dial tcp: i/o timeout", severity: "error" }];
    await pulumi.write(await pulumi.answering({ steps: [unchangedSteps[1]], diagnostics }, 255));
    expect(await pulumi.drift()).toMatchObject({ code: 1, err: "" });
  });

  test("a resource without any answer could not be told", async () => {
    await pulumi.write(await pulumi.answering({ steps: [unchangedSteps[1]] }));
    expect(JSON.parse((await pulumi.drift()).out)).toMatchObject({
      verdict: "unread",
      couldNotTell: [{ urn: tableUrn }],
    });
  });

  test("a secret is the same word before and after, and no drift", async () => {
    const secret = (name: string) => ({ ...queue({ inputs: { policy: name } }) });
    await pulumi.write(
      await pulumi.answering({ steps: [unchangedSteps[0], step("refresh", secret("[secret]"), secret("[secret]"))] }),
    );
    expect(await pulumi.drift()).toMatchObject({ code: 0 });
  });

  test.each([
    ["DPX701", "echo \"error: no stack named 'prod' found\" >&2; exit 255"],
    ["DPX702", "echo 'error: constructing secrets manager: incorrect passphrase' >&2; exit 255"],
    ["DPX703", "echo 'error: the stack is currently locked by 1 lock(s)' >&2; exit 255"],
    ["DPX706", "echo 'error: something else' >&2; exit 255"],
    ["DPX706", "echo '{}'"],
  ])("that cannot be read ends with 1 and %s", async (code, refresh) => {
    await pulumi.write(refresh);
    const answer = await pulumi.drift();
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain(`[${code}]`);
  });

  test("whose provider hangs is stopped with all that it started", async () => {
    await pulumi.write("trap '' INT; sleep 300 & echo $! > child; wait; sleep 300");
    const answer = await pulumi.drift("--timeout", "0.5");
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(/within 0\.5 s.*\[DPX704\]/);
    const child = readFileSync(join(commandLine.folder, "child"), "utf8").trim();
    // Ended, or ended and not yet collected by whoever runs as process 1.
    expect(spawnSync("ps", ["-o", "stat=", "-p", child], { encoding: "utf8" }).stdout).toMatch(/^(?:Z.*\n)?$/);
  }, 20_000);

  test("that somebody changes meanwhile could not be told", async () => {
    const other = JSON.stringify(exportOf(table(), queue({ inputs: { delaySeconds: 9 } })));
    await pulumi.write(await pulumi.answering({ steps: unchangedSteps }), [exportedText, other]);
    expect((await pulumi.drift()).err).toContain("[DPX707]");
  });

  test("that somebody changes between the two first readings could not be told either", async () => {
    const written = (time: string) => ({ ...table(), modified: `2022-10-15T${time}Z` });
    const exportedAt = JSON.stringify(exportOf(written("15:20:00"), queue()));
    await pulumi.write(
      await pulumi.answering({ steps: [step("refresh", written("15:19:00"), table()), unchangedSteps[1]] }),
      [exportedAt],
    );
    expect((await pulumi.drift()).err).toContain("[DPX707]");
    await pulumi.write(
      await pulumi.answering({ steps: [step("refresh", written("15:20:00"), table()), unchangedSteps[1]] }),
      [exportedAt],
    );
    expect(await pulumi.drift()).toMatchObject({ code: 0, err: "" });
  });

  test("without an engine, a project or a deployment says so", async () => {
    await commandLine.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    const without = await commandLine.duplex(["drift", "-s", "prod"], { env: { PATH: commandLine.folder } });
    expect(without.err).toContain("[DPX705]");
    expect((await pulumi.drift("--cwd", "..")).err).toContain("[DPX003]");
    await pulumi.write(await pulumi.answering({ steps: [] }), [JSON.stringify({ version: 3, deployment: {} })]);
    expect((await pulumi.drift()).err).toContain("[DPX013]");
  });
});
