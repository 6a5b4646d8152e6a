import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { loadRules } from "../../../policies/loadRules";
import { createPack } from "../../../policies/pack/packPolicies";
import { projectFolder } from "../../../policies/pack/projectFolder";
import { listenForStackSettings } from "../../../policies/pack/stackSettingsCall";
import { rulesNamedIn } from "../../../policies/settings";
import { analyze, urnOf, type SentResource } from "../support";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "duplex-pack-"));
  mkdirSync(join(project, "rules"));
  mkdirSync(join(project, "program"));
  writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
});
afterEach(() => rmSync(project, { recursive: true }));

const instance: SentResource = {
  type: "aws:ec2/instance:Instance",
  name: "login",
  properties: {
    ...{ availabilityZone: "ap-northeast-2a", instanceType: "m7g.large" },
    tags: { "duplex:service": "login", "duplex:tier": "critical", "duplex:owner": "login-team" },
  },
};

function rule(name: string, code = "ACME001"): void {
  const text = `module.exports = {
    name: "${name}", code: "${code}", title: "A service has a name of ours", family: "operations", severity: "low",
    rows: [], why: "Names are searched for.", proves: "That the name begins with a prefix.",
    fix: { text: "Name it by the handbook.", snippet: "" }, levels: { critical: "mandatory" },
    config: { prefix: { type: "string", description: "What a name begins with.", default: "acme-" } },
    judge: ({ estate, config }) => estate.services.filter(({ id }) => !id.startsWith(config.prefix)).map(({ id }) => ({
      verdict: "broken", service: id, lost: [], urns: ["${urnOf(instance)}"], message: \`\${id}: not \${config.prefix}\`,
    })),
  };`;
  writeFileSync(join(project, "rules", `${name}.cjs`), text);
}

/** What a pack reports that is started for this project and told these settings, as its process is. */
async function reported(settings: Readonly<Record<string, unknown>>, config: Readonly<Record<string, unknown>> = {}) {
  const call = AnalyzerService.configureStack;
  const deserialize = call.requestDeserialize;
  const stackSettings = listenForStackSettings((told) =>
    pack.judgeBy((catalogue) => loadRules(rulesNamedIn(told), catalogue, projectFolder(join(project, "program")))),
  );
  const pack = createPack({ today: () => "2026-06-30", stackSettings });
  const request = new AnalyzerStackConfigureRequest();
  request.getConfigMap().set("duplex:policies", JSON.stringify(settings));
  call.requestDeserialize(Buffer.from(request.serializeBinary()));
  call.requestDeserialize = deserialize;
  const policies = pack.policies.map((policy) => ({
    ...policy,
    validateStack: (args: StackValidationArgs, report: ReportViolation) =>
      policy.validateStack({ ...args, getConfig: <T extends object>() => (config[policy.name] ?? {}) as T }, report),
  }));
  const all = await analyze(policies, [instance]);
  return all.filter(({ policy }) => policy === "estate" || policy.startsWith("own-"));
}

test("rules that the stack's configuration names are policies of the pack, from the project's folder", async () => {
  rule("own-name");
  expect(await reported({ estate: { rules: ["rules"] } })).toEqual([
    { policy: "own-name", level: "mandatory", message: expect.stringMatching(/^ACME001 login: not acme-/) as string, urn: urnOf(instance) }, // prettier-ignore
  ]);
});

test("settings give them levels, values and exemptions, as on the command line", async () => {
  rule("own-name");
  const estate = { rules: ["rules"] };
  const levels = async (settings: object, config?: Readonly<Record<string, unknown>>) =>
    (await reported({ estate, ...settings }, config)).map(({ level, message }) => [
      level,
      /not (\S+)/.exec(message)?.[1],
    ]);
  expect(await levels({ "own-name": "advisory" })).toEqual([["advisory", "acme-"]]);
  expect(await levels({ "own-name": { prefix: "log" } })).toEqual([]);
  expect(await levels({}, { "own-name": { prefix: "x-" } })).toEqual([["mandatory", "x-"]]);
  const exemption = {
    policy: "own-name",
    service: "login",
    owner: "a",
    reason: "B.",
    ticket: "C",
    expires: "2026-12-31",
  };
  expect(await levels({ estate: { ...estate, exemptions: [exemption] } })).toEqual([]);
});

test.each([
  ["is not there", ["nowhere"], "DPX035"],
  ["holds a built-in policy's name", ["rules"], "DPX038"],
])("a folder that %s refuses the stack, and nothing is judged without it", async (_, rules, code) => {
  rule("single-zone");
  expect(await reported({ estate: { rules } })).toMatchObject([
    { policy: "estate", level: "mandatory", message: expect.stringContaining(`[${code}]`) as string },
  ]);
});

test("the engine's own configuration comes too late to name rules, and says so", async () => {
  rule("own-name");
  expect(await reported({}, { estate: { rules: ["rules"] } })).toMatchObject([
    { policy: "estate", level: "mandatory", message: expect.stringContaining("[DPX039]") as string },
  ]);
});

test("a project without a Pulumi.yaml is where the engine has started the pack", () => {
  rmSync(join(project, "Pulumi.yaml"));
  const started = join(project, "program");
  expect(projectFolder(started)).toBe(started);
});
