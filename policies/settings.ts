/**
 * Settings of the judgement, in the form of Pulumi's `--policy-pack-config`: one file for the pack inside the engine
 * and for `duplex check`. Each key is a policy's name (or `all`) with a level or an object of level and knobs; `estate`
 * holds what no single policy owns: sites, clusters, tiers and exemptions.
 */
import { isRecord } from "../lib/records";
import { z } from "zod";
import { acceptedLossesSchema } from "../estate/acceptedLosses";
import { resolveSite } from "../estate/resolve";
import { estateSchema } from "../estate/schema";
import { schemaMistakes } from "../estate/schemaMistakes";
import type { InventoryOptions } from "../inventory/options";
import { defaultRequirements, tiers, UserError, type Mistake, type Tier, type TierRequirement } from "../model";
import { catalogue } from "./catalogue";
import type { JudgeOptions, PolicySettings } from "./judge";
import { faultOf } from "./knobs";
import type { EnforcementLevel, Policy } from "./policy";

/** Name under which a policy configuration holds what no single policy owns. */
export const estateKey = "estate";

export interface Settings {
  readonly inventory: InventoryOptions;
  readonly judge: Pick<JudgeOptions, "requirements" | "policies" | "exemptions">;
  /** Folders of rules of one's own, which whoever parses has loaded before. */
  readonly rules: readonly string[];
}

/** Pulumi's own levels; a stack policy cannot remediate, so `remediate` is taken as `mandatory`, as Pulumi takes it. */
const level = z.enum(["mandatory", "advisory", "disabled", "remediate"]);
const day = z.iso.date().meta({ description: "The last day on which it holds, YYYY-MM-DD." });

const exemptionSchema = z.strictObject({
  policy: z.enum(catalogue.map((policy) => policy.name)).meta({ description: "Name of the policy." }),
  service: z.string().min(1).optional().meta({ description: "Service; left out for a finding about no service." }),
  owner: z.string().min(1).meta({ description: "Who answers for it." }),
  reason: z.string().min(1).meta({ description: "Why the risk is taken, as a sentence." }),
  ticket: z.string().min(1).meta({ description: "Where the remedy is tracked." }),
  expires: day,
});

/** What stands under `estate`. */
export const estateSettingsSchema = z.strictObject({
  enforcementLevel: level.optional(),
  sites: z.array(estateSchema.shape.sites.element).default([]).meta({ description: "Catalogue of one's own sites." }),
  clusters: z
    .record(z.string(), z.string().min(1))
    .default({})
    .meta({ description: "Site by kubeconfig context, or by name of the Kubernetes provider." }),
  tierNames: z.record(z.string(), z.enum(tiers)).default({}).meta({ description: "Tier by the stack's own word." }),
  tiers: z.record(z.string(), z.enum(tiers)).default({}).meta({ description: "Tier by service." }),
  defaultTier: z.enum(tiers).optional().meta({ description: "Tier of what says none; standard where it is left out." }),
  tags: z
    .strictObject({
      service: z.string().min(1).optional().meta({ description: "Key of the tag or label that names the service." }),
      tier: z.string().min(1).optional().meta({ description: "Key of the tag or label that names the tier." }),
      owner: z.string().min(1).optional().meta({ description: "Key of the tag or label that names the owner." }),
    })
    .default({})
    .meta({ description: "The stack's own keys of tags and labels, read beside those of Duplex." }),
  requirements: estateSchema.shape.tiers.meta({ description: "What differs from a tier's default requirements." }),
  acceptedLosses: acceptedLossesSchema,
  exemptions: z.array(exemptionSchema).default([]).meta({ description: "Findings accepted for a while." }),
  rules: z.array(z.string().min(1)).default([]).meta({
    description: "Folders of rules of one's own, from the project's folder; duplex:policies alone names them.",
  }),
});

/** The same, with exemptions from these policies. */
function estateSchemaFor(policies: readonly Policy[]): typeof estateSettingsSchema {
  if (policies === catalogue) return estateSettingsSchema;
  const policy = z.enum(policies.map(({ name }) => name));
  return estateSettingsSchema.extend({ exemptions: z.array(exemptionSchema.extend({ policy })).default([]) });
}

/** What stands under a policy's name beside its knobs. */
const levelsSchema = z.strictObject({
  critical: level.optional(),
  important: level.optional(),
  standard: level.optional(),
});
const policySchema = z.looseObject({ enforcementLevel: level.optional(), levels: levelsSchema.optional() });

/** Folders of rules that settings name, before anything else of them is read: their names may be those of rules. */
export function rulesNamedIn(value: unknown): readonly string[] {
  const own = isRecord(value) ? value[estateKey] : undefined;
  const result = estateSettingsSchema.shape.rules.safeParse(isRecord(own) ? own["rules"] : undefined);
  return result.success ? result.data : [];
}

/**
 * Code is run by the word of a person alone: settings that a document carries load none of it by themselves.
 *
 * @param known the policies that are judged by
 * @throws UserError (DPX039) where settings name rules and none of one's own are known
 */
export function refuseUnloadedRules(value: unknown, file: string | undefined, known: readonly Policy[] = catalogue) {
  const folders = rulesNamedIn(value);
  if (folders.length === 0 || known.length > catalogue.length) return;
  throw new UserError([
    {
      code: "DPX039",
      message: `The settings name rules of one's own in ${folders.join(" and ")}, and this run was given none.`,
      fix: `Give them by --rules, in a copy of the project that you trust; without them the verdict is another.`,
      path: `${estateKey}.rules`,
      ...(file === undefined ? {} : { file }),
    },
  ]);
}

/**
 * Reads a policy configuration.
 *
 * @param value the parsed JSON; `undefined` gives the defaults
 * @param file named in mistakes
 * @param known policies that it may name. @default the catalogue
 * @throws UserError with every mistake
 */
export function parseSettings(value: unknown, file?: string, known: readonly Policy[] = catalogue): Settings {
  const mistakes: Mistake[] = [];
  const entries = isRecord(value) ? Object.entries(value) : [];
  if (value !== undefined && !isRecord(value)) {
    mistakes.push({
      code: "DPX311",
      message: `A policy configuration must be an object, and is ${JSON.stringify(value)}.`,
      fix: 'Write { "single-region": "advisory", "estate": { "sites": [] } }.',
    });
  }
  const own = isRecord(value) ? value[estateKey] : undefined;
  const given = typeof own === "string" ? { enforcementLevel: own } : (own ?? {});
  const estate = parsePart(estateSchemaFor(known), given, estateKey, mistakes);
  const all = entries.flatMap(([name, entry]) =>
    name === "all" ? (policyEntry(entry, name, mistakes)?.level ?? []) : [],
  );
  const policies = new Map<string, PolicySettings>(all[0] ? known.map(({ name }) => [name, { level: all[0] }]) : []);
  for (const [name, entry] of entries) {
    if (name === "all" || name === estateKey) continue;
    const policy = known.find((candidate) => candidate.name === name);
    if (!policy) mistakes.push(unknownPolicy(name));
    else policies.set(name, withLevel(policyEntry(entry, name, mistakes, policy) ?? {}, all[0]));
  }
  if (mistakes.length > 0 || !estate) throw new UserError(mistakes.map((mistake) => ({ ...mistake, file })));
  return {
    inventory: {
      sites: estate.sites.map(resolveSite),
      clusters: estate.clusters,
      tierNames: estate.tierNames,
      tiers: estate.tiers,
      acceptedLosses: estate.acceptedLosses,
      tags: estate.tags,
      ...(estate.defaultTier === undefined ? {} : { defaultTier: estate.defaultTier }),
    },
    judge: {
      requirements: requirementsOf(estate.requirements),
      exemptions: estate.exemptions,
      policies: Object.fromEntries(policies),
    },
    rules: estate.rules,
  };
}

function policyEntry(entry: unknown, name: string, mistakes: Mistake[], policy?: Policy): PolicySettings | undefined {
  const parsed = parsePart(
    policySchema,
    typeof entry === "string" ? { enforcementLevel: entry } : entry,
    name,
    mistakes,
  );
  if (!parsed) return undefined;
  const { enforcementLevel, levels, ...config } = parsed;
  const isAll = policy === undefined;
  const names = ["enforcementLevel", ...(isAll ? [] : ["levels", ...Object.keys(policy.config)])];
  const given = isAll && levels !== undefined ? { ...config, levels } : config;
  for (const [knob, value] of Object.entries(given)) {
    const schema = policy?.config[knob];
    const fault = schema ? faultOf(schema, value) : `is not a setting of ${isAll ? '"all"' : "this policy"}`;
    if (!fault) continue;
    mistakes.push({
      code: "DPX312",
      path: `${name}.${knob}`,
      message: `The setting "${knob}" of "${name}" ${fault}, and ${JSON.stringify(value)} was received.`,
      fix: schema ? schema.description : `Use one of: ${names.join(", ")}.`,
    });
  }
  return { level: asOurs(enforcementLevel), levels: levels && mapLevels(levels), config };
}

/** What a policy does not say of itself holds as `all` says it; the engine takes both together in the same way. */
function withLevel(own: PolicySettings, all: EnforcementLevel | undefined): PolicySettings {
  return { ...own, level: own.level ?? all };
}

function parsePart<T>(schema: z.ZodType<T>, value: unknown, at: string, mistakes: Mistake[]): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { code, message, fix, path } of schemaMistakes(result.error.issues, value)) {
    mistakes.push({ code, message, fix, path: [at, path].filter(Boolean).join(".") });
  }
  return undefined;
}

function unknownPolicy(name: string): Mistake {
  return {
    code: "DPX313",
    path: name,
    message: `There is no policy "${name}".`,
    fix: `Use "all", "${estateKey}" or a name that \`duplex policies\` lists.`,
  };
}

function asOurs(given: z.infer<typeof level> | undefined): EnforcementLevel | undefined {
  return given === "remediate" ? "mandatory" : given;
}

function mapLevels(given: z.infer<typeof levelsSchema>): PolicySettings["levels"] {
  return Object.fromEntries(tiers.flatMap((tier) => (given[tier] ? [[tier, asOurs(given[tier])]] : [])));
}

function requirementsOf(changes: z.infer<typeof estateSchema>["tiers"]): Readonly<Record<Tier, TierRequirement>> {
  return {
    critical: { ...defaultRequirements.critical, ...changes.critical },
    important: { ...defaultRequirements.important, ...changes.important },
    standard: { ...defaultRequirements.standard, ...changes.standard },
  };
}
