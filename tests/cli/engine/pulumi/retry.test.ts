import type { DriftReport } from "../../../../report/drift/report";
import { CommandLine } from "../../../support/cli";
import { oneCopy, table, tableUrn } from "../../../support/driftStates";
import { FakePulumi, step, unchangedSteps } from "../../../support/fakePulumi";

let commandLine: CommandLine;
let pulumi: FakePulumi;
beforeEach(() => {
  commandLine = new CommandLine();
  pulumi = new FakePulumi(commandLine);
});
afterEach(() => commandLine.remove());

describe("a stack whose cloud throttles", () => {
  const throttled = { urn: tableUrn, message: "error: ThrottlingException: Rate exceeded", severity: "error" };
  const lost = { steps: [step("update", table(), table(oneCopy))] };
  const first = { steps: [unchangedSteps[1]], diagnostics: [throttled] };
  const refreshes = (): readonly string[] => pulumi.calls().filter((call) => call.startsWith("refresh "));
  /** Throttles as often as is said; then the answer. */
  async function cloud(times: number, then: object, code = 0) {
    await commandLine.write("first.json", first);
    await commandLine.write("then.json", then);
    await pulumi.write(`r=$(cat r 2>/dev/null || echo 0); echo $((r+1)) > r
if [ $r -lt ${times} ]; then cat first.json; exit 255; fi; cat then.json; exit ${code}`);
  }

  test("is asked again for what it has not answered, and the rest is kept", async () => {
    await cloud(2, lost);
    const answer = await pulumi.drift("--retry-wait", "0.01");
    expect(answer.code).toBe(3);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(report).toMatchObject({ verdict: "lost", couldNotTell: [], summary: { compared: 2 } });
    expect(answer.err).toBe(
      "prod: Throttled: asking for 1 resource again in 1 s (1 of 3).\nprod: Throttled: asking for 1 resource again in 1 s (2 of 3).\n",
    );
    const [whole, ...again] = refreshes();
    expect(whole).not.toContain("--target");
    expect(again).toHaveLength(2);
    for (const call of again) expect(call).toContain(`--target ${tableUrn} `);
  });

  test("and goes on doing so could not be told, in that part", async () => {
    await cloud(99, lost);
    const answer = await pulumi.drift("--retry-wait", "0.01", "--retries", "1");
    expect(answer.code).toBe(1);
    const report = JSON.parse(answer.out) as DriftReport;
    expect(report.couldNotTell).toMatchObject([
      { urn: tableUrn, reason: expect.stringContaining("Throttling") as string },
    ]);
    expect(report.summary.compared).toBe(1);
    expect(refreshes()).toHaveLength(2);
  });

  test("is not asked again where it is not wanted, or where the time would be over", async () => {
    await cloud(1, lost);
    expect(await pulumi.drift("--retries", "0")).toMatchObject({ code: 1, err: "" });
    expect(await pulumi.drift("--retry-wait", "3600")).toMatchObject({ code: 3 });
    expect(refreshes()).toHaveLength(2);
    await cloud(99, lost);
    expect(await pulumi.drift("--retry-wait", "3600", "--timeout", "60")).toMatchObject({ code: 1, err: "" });
  });

  test("for longer than there is time leaves what the first reading told", async () => {
    await commandLine.write("first.json", first);
    await pulumi.write("[ -f r ] && exec sleep 60; touch r; cat first.json; exit 255");
    const answer = await pulumi.drift("--retry-wait", "0.01", "--timeout", "5");
    expect(answer.code).toBe(1);
    expect(JSON.parse(answer.out) as DriftReport).toMatchObject({
      verdict: "unread",
      summary: { compared: 1, couldNotTell: 1 },
    });
  }, 20_000);

  test("before it says anything of the stack is asked for all of it", async () => {
    await commandLine.write("then.json", { steps: unchangedSteps });
    await pulumi.write(
      "[ -f r ] && { cat then.json; exit; }; touch r; echo 'error: SlowDown: reduce your rate' >&2; exit 255",
    );
    const answer = await pulumi.drift("--retry-wait", "0.01");
    expect(answer).toMatchObject({ code: 0, err: expect.stringContaining("the stack again") as string });
    expect(refreshes().join()).not.toContain("--target");
  });

  test.each(["no", "", "-1", "1.5", "11"])("takes no %j for a number of times", async (text) => {
    expect((await pulumi.drift("--retries", text)).err).toContain("whole number from 0 to 10");
  });
});
