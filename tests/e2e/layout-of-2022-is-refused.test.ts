/** The layouts of 2022 in the engine and from the command line: one refused, one that recovers slowly. */
import { duplex, pack, simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(600_000);

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await simulatedStack();
});

afterAll(() => stack.remove());

/** Codes of all findings, sorted, each once. */
function codes(text: string): string[] {
  return [...new Set(text.match(/DPX3\d\d/g) ?? [])].sort();
}

async function preview(example: string) {
  const project = `examples/${example}`;
  await stack.init("dev", project);
  return stack.pulumi("preview", "-s", "dev", "--cwd", project, "--policy-pack", pack);
}

interface CheckReport {
  readonly findings: readonly { readonly code: string; readonly rows: readonly string[]; readonly service?: string }[];
}

describe("the layout of the messenger in 2022", () => {
  it("is refused by a preview, for the reasons of the incident's rows 1, 3, 4 and 6", async () => {
    const run = await preview("pangyo-2022");
    expect(run.code).not.toBe(0);
    const check = duplex("check", "examples/pangyo-2022", "--format", "json");
    expect(check.code).toBe(3);
    const { findings } = JSON.parse(check.stdout) as CheckReport;
    expect([...new Set(findings.flatMap((finding) => finding.rows))]).toEqual(
      expect.arrayContaining(["1", "3", "4", "6"]),
    );
    // The same policies speak in the engine and outside of it.
    expect(codes(run.text)).toEqual(codes(check.stdout));
  });
});

describe("the layout of the neighbour in 2022", () => {
  it("passes the facility policies and is told that its recovery is slow", async () => {
    const run = await preview("naver-2022");
    expect(run.code).toBe(0);
    expect(run.text).not.toMatch(/single-facility/);
    const check = duplex("check", "examples/naver-2022", "--all");
    expect(check.code).toBe(2);
    expect(check.stdout).toMatch(/\b3 h\b/);
  });
});
