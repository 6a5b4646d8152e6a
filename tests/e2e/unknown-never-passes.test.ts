/** A value that a preview cannot know must not let a critical service through. */
import { duplex, pack, simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(300_000);

const project = "tests/fixtures/programs/zone-not-known";

let stack: SimulatedStack;

beforeAll(async () => {
  stack = await simulatedStack();
});

afterAll(() => stack.remove());

it("a critical service in a zone that is not known yet is refused, and the property is named", async () => {
  await stack.init("dev", project);
  const preview = await stack.pulumi("preview", "-s", "dev", "--cwd", project, "--policy-pack", pack);
  expect(preview.code).not.toBe(0);
  expect(preview.text).toMatch(/\[mandatory\][^\n]*placement-proof/);
  expect(preview.text).toMatch(/DPX398[^\n]*ledger/);
  expect(preview.text).toMatch(/the proof misses \S+::ledger\.(availabilityZone|dbSubnetGroupName)/);
});

it("the command line says the same of the program", () => {
  const check = duplex("check", project, "--format", "json");
  expect(check.code).toBe(3);
  const { findings } = JSON.parse(check.stdout) as { findings: { policy: string; verdict: string }[] };
  expect(findings).toContainEqual(expect.objectContaining({ policy: "placement-proof", verdict: "unknown" }));
});
