/** `duplex check` of whole stacks as people have them: read in a minute. */
import { CommandLine } from "../../support/cli";
import { strangersState } from "../../support/strangersStates";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

async function linesOf(services: number, ...more: readonly string[]): Promise<readonly string[]> {
  await commandLine.write("state.json", strangersState(services));
  const answer = await commandLine.duplex(["check", "state.json", ...more]);
  expect(answer.err).toBe("");
  return answer.out.trimEnd().split("\n");
}

test("a small stack, as its owner reads it", async () => {
  expect((await linesOf(1, "--tier", "important")).join("\n")).toMatchSnapshot();
});

test("a small stack that says no tier is told of that once", async () => {
  const lines = await linesOf(1);
  expect(lines.filter((line) => line.startsWith("Not written down yet: "))).toHaveLength(1);
  expect(lines.filter((line) => /undeclared|runbook|status-page/.test(line))).toEqual([]);
});

test.each([
  [1, [], 20],
  [1, ["--tier", "critical"], 20],
  [39, [], 60],
  [39, ["--tier", "critical"], 60],
] as const)("%d services %j are told in at most %d lines", async (services, options, most) => {
  const lines = await linesOf(services, ...options);
  expect(lines.length).toBeLessThanOrEqual(most);
  expect(lines.filter((line) => /^(?:refused|advice) DPX/.test(line)).length).toBeGreaterThanOrEqual(2);
  expect(lines.filter((line) => /^ {2}Where: .*index\.ts:\d+/.test(line)).length).toBeGreaterThanOrEqual(2);
});

test("what refuses is told first, and no key, secret or bucket of logs has a row", async () => {
  const lines = await linesOf(39, "--tier", "critical");
  expect(lines[0]).toMatch(/^REFUSED: 78 services and 117 parts that only others use judged, /);
  const marks = lines.flatMap((line) => /^(refused|advice) DPX/.exec(line)?.[1] ?? []);
  expect([...marks].sort((one, other) => (one === other ? 0 : one === "refused" ? -1 : 1))).toEqual(marks);
  expect(lines.filter((line) => /^app\d+-(?:key|password|logs)/.test(line))).toEqual([]);
});
