/** `duplex explain` and `duplex policies NAME`: every policy by its code, and the proof of what one finds. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../policies/catalogue";
import { pageOf, siteUrl } from "../../report/pages";
import { CommandLine } from "../support/cli";
import { deploymentUrn, oneBuildingState, pangyoSite } from "../support/states";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const everyPolicy = catalogue.map((policy) => [policy.code, policy] as const);

async function explained(...argv: readonly string[]) {
  await commandLine.write("state.json", oneBuildingState());
  await commandLine.write("settings.json", { estate: { sites: [pangyoSite] } });
  return commandLine.duplex(["explain", ...argv]);
}

const stack = ["state.json", "--config", "settings.json"];

test.each(everyPolicy)("%s is explained by its code in any case, and by its name", async (code, policy) => {
  const answer = await commandLine.duplex(["explain", code.toLowerCase()]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  for (const part of [policy.name, policy.why, policy.proves, policy.fix.text]) expect(answer.out).toContain(part);
  expect(await commandLine.duplex(["policies", policy.name.toUpperCase()])).toEqual(answer);
});

test.each(everyPolicy)("%s has a page, and the page is a file of this repository", (_, policy) => {
  const page = pageOf(policy) ?? "";
  expect(page.startsWith(siteUrl)).toBe(true);
  expect(existsSync(join(__dirname, "../..", page.slice(siteUrl.length)))).toBe(true);
});

test("a policy that Duplex does not bring leads to no page", () => {
  expect(pageOf({ name: "our-own-rule" })).toBeUndefined();
});

test.each([
  ["single-faciltiy", /There is no policy "single-faciltiy"\. Did you mean "single-facility"\?.*\[DPX313\]/],
  ["DPX31", /There is no policy "DPX31"\. Did you mean "DPX\d+"\?/],
])("%s is not known, and the nearest is told", async (word, message) => {
  for (const command of ["explain", "policies"]) {
    const answer = await commandLine.duplex([command, word]);
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toMatch(message);
  }
});

test("the proof names what is lost, the replicas that fall with it, what is left, where, and what mends it", async () => {
  const answer = await explained("DPX301", ...stack, "--service", "messenger");
  expect(answer).toMatchObject({ code: 0, err: "" });
  const lines = answer.out.split("\n").map((line) => line.trim());
  expect(lines).toContain("refused: messenger (critical):");
  expect(lines).toContain("Without facility:pangyo: down, nothing of the peak is served.");
  expect(lines).toContain("messenger loses 1 of its 1 replica: messenger (facility:pangyo).");
  expect(lines).toContain(`Where: ${deploymentUrn}`);
  expect(lines.filter((line) => line.startsWith("Fix: "))).toHaveLength(1);
});

test("as JSON it has the policy, and each finding with its chain", async () => {
  const { out } = await explained("single-facility", ...stack, "--format", "json");
  expect(JSON.parse(out)).toMatchObject({
    policy: { code: "DPX301", page: `${siteUrl}docs/policies/single-facility.md` },
    source: { path: "state.json" },
    findings: [
      {
        policy: "single-facility",
        chain: [{ service: "messenger", replicas: [{ standsIn: ["facility:pangyo"], isLost: true }] }],
      },
    ],
  });
});

test("it says so where the policy finds nothing", async () => {
  const answer = await explained("DPX353", ...stack);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toContain("It finds nothing about any of 1 service here");
});

test("a service that is not there is a mistake, with the one that was meant", async () => {
  const answer = await explained("DPX301", ...stack, "--service", "mesenger");
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(/There is no service "mesenger" in this stack\. Did you mean "messenger"\?/);
});

test("a service without a stack is a mistake of usage", async () => {
  const answer = await explained("DPX301", "--service", "messenger");
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(/no stack is given.*\[DPX001\]/);
});
