/**
 * One stack, one verdict: whether `duplex check` reads it or the engine hands it to the pack, and whether a preview knows
 * its outputs yet or not.
 */
import { join } from "node:path";
import { readEstate } from "../../inventory";
import { UNKNOWN, type Resource, type Value } from "../../inventory/resource";
import { fromRegistrations } from "../../inventory/sources/registrations";
import { fromStateExport } from "../../inventory/sources/stateExport";
import { judge, type Judgement } from "../../policies/judge";
import { createPack } from "../../policies/pack/packPolicies";
import { runProgram } from "../../cli/engine/program/runProgram";
import type { RecordedResource } from "../../cli/engine/program/recorder";
import { registrationsOfUp } from "../support/simulatedUp";
import { dataMutations } from "../support/mutationsOfData";
import { needMutations } from "../support/mutationsOfNeeds";
import { routingMutations } from "../support/mutationsOfRouting";
import { wordMutations } from "../support/mutationsOfWords";
import { workloadMutations } from "../support/mutationsOfWorkloads";
import { plain, type Mutant, type MutationKind } from "../support/mutations";
import { parseSettings } from "../../policies/settings";
import { stackSettings } from "../../policies/stackSettings";
import { analyze, unknownString, type SentResource } from "./support";

jest.setTimeout(300_000);

const today = "2026-01-01";
const kinds = [...workloadMutations, ...routingMutations, ...dataMutations, ...needMutations, ...wordMutations];
const root = join(__dirname, "..", "..");
const stacks = [
  ["prod", root, "prod"],
  ["pangyo-2022", join(root, "examples", "pangyo-2022"), "dev"],
  ["naver-2022", join(root, "examples", "naver-2022"), "dev"],
  ["strangers-stack", join(root, "examples", "strangers-stack"), "dev"],
] as const;

/** A state export as the engine writes it after `up`. */
function stateOf(registrations: readonly RecordedResource[]): unknown {
  const resources = registrations.map(({ name: _, ...rest }) => rest);
  return JSON.parse(JSON.stringify({ version: 3, deployment: { resources } }));
}

/** Properties as the engine sends them: what is not known yet is its marker. */
function sent(resources: readonly Resource[]): readonly SentResource[] {
  const marked = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === UNKNOWN ? unknownString : inner)));
  return resources.map(({ urn, type, name, parent, provider, properties, dependencies, propertyDependencies }) => ({
    ...{ urn, type, name, parent, provider, dependencies, propertyDependencies },
    properties: marked(properties) as Readonly<Record<string, unknown>>,
  }));
}

/** Findings by what both faces say of them, sorted. */
const ofCheck = ({ findings }: Judgement) =>
  findings.map(({ policy, level, code, message }) => `${policy} ${level} ${code} ${message}`).sort();

async function ofPack(resources: readonly Resource[], stackSettings: unknown): Promise<readonly string[]> {
  const options = { today: () => today, stackSettings: () => stackSettings };
  const reported = await analyze(createPack(options).policies, sent(resources));
  // The first line is the finding's own; where to look and what to do follow.
  return reported.map(({ policy, level, message }) => `${policy} ${level} ${message.split("\n")[0] ?? ""}`).sort();
}

/** Findings without the words: what is known says an account's number where a preview says whose login it is. */
const ofWhom = ({ findings }: Judgement) =>
  findings.map(({ policy, service, level }) => `${policy} ${service ?? ""} ${level}`).sort();

const refusedCritical = ({ findings }: Judgement) =>
  new Set(findings.flatMap(({ level, tier, service }) => (level === "mandatory" && tier === "critical" ? service : []))); // prettier-ignore

describe.each(stacks)("%s", (name, folder, stack) => {
  let preview: readonly Resource[];
  let up: readonly Resource[];
  let settings: unknown;
  const judged = (resources: readonly Resource[]) => {
    const { inventory, judge: options } = parseSettings(settings);
    return judge(readEstate(resources, inventory), { ...options, today });
  };
  beforeAll(async () => {
    const run = await runProgram(folder, { stack, timeoutSeconds: 240, env: process.env });
    settings = stackSettings({ PULUMI_CONFIG: JSON.stringify(run.config) });
    preview = fromRegistrations(run.registrations).map(plain);
    up = fromStateExport(stateOf(await registrationsOfUp(folder, stack))).map(plain);
  });

  test("a preview leaves outputs open, and what is up leaves none", () => {
    expect(preview.some(hasUnknown)).toBe(true);
    expect(up.filter(hasUnknown).map(({ urn }) => urn)).toEqual([]);
  });

  test("the pack says of a preview what `duplex check` says of the program", async () => {
    expect(await ofPack(preview, settings)).toEqual(ofCheck(judged(preview)));
  });

  test("the pack says of what is up what `duplex check` says of the state export", async () => {
    expect(await ofPack(up, settings)).toEqual(ofCheck(judged(up)));
  });

  test("a preview and what comes of it are judged alike", () => {
    const [before, after] = [judged(preview), judged(up)];
    expect(ofWhom(before)).toEqual(ofWhom(after));
    expect(before.verdict).toBe(after.verdict);
    expect(after.verdict).toBe(name === "pangyo-2022" ? "refused" : "advice");
  });

  test("no critical service passes in the preview of a mutant that is refused once it is up", () => {
    let refused = 0;
    const slipped = kinds.flatMap((kind) => {
      const [before] = mutantsOf(kind, preview);
      const [after] = mutantsOf(kind, up);
      if (!before || !after || before.what !== after.what) return [];
      const inPreview = refusedCritical(judged(before.resources));
      return [...refusedCritical(judged(after.resources))].flatMap((service) => {
        refused++;
        return inPreview.has(service) ? [] : [`${kind.name}, ${before.what}: ${service}`];
      });
    });
    expect(slipped).toEqual([]);
    // Only the estate and the layout of the fire have critical services.
    expect(refused > 0).toBe(name === "prod" || name === "pangyo-2022");
  });
});

/** Mutants of a stack that has what the kind looks for; none of another. */
function mutantsOf(kind: MutationKind, stack: readonly Resource[]): readonly Mutant[] {
  try {
    for (const mutant of kind.mutants(stack)) return [mutant];
  } catch {
    // A kind that names its sites and tables says so where they are missing.
  }
  return [];
}

function hasUnknown({ properties }: Resource): boolean {
  return containsUnknown(properties);
}

function containsUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
