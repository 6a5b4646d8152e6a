/**
 * The catalogue as policies of Pulumi's SDK: one stack policy each, so that levels, settings and findings stand under
 * their own names, over one inventory and one survival per request.
 */
import type { PolicyConfigSchema, ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { UserError } from "../../model";
import { describeMistake, tiers, type Urn } from "../../model";
import { catalogue as everyPolicy } from "../catalogue";
import { EstateCache } from "./estateCache";
import { describeFinding } from "../describe";
import { unsetLevel } from "./engineLevels";
import type { EnforcementLevel, Finding, KnobSchema, Policy } from "../policy";
import { estateKey, estateSettingsSchema } from "../settings";
import { z } from "zod";

export interface PackOptions {
  /** The day, `YYYY-MM-DD`, at the time of a request. */
  readonly today: () => string;
  /** Settings out of the stack's configuration, in the form of a policy configuration, at a request. @default none */
  readonly stackSettings?: () => unknown;
  /** The level at which the engine runs a policy, where somebody has set one. @default nobody has */
  readonly levelOf?: (policy: string) => EnforcementLevel | undefined;
  /** @default the whole catalogue */
  readonly catalogue?: readonly Policy[];
}

/** What the SDK's report function takes beside a text (its `makeReportViolationFun`), and its types leave out. */
type ReportWithLevel = (violation: { message: string; urn?: string; enforcementLevel: Finding["level"] }) => void;

export interface Pack {
  /** To hand to `new PolicyPack`. `estate` comes first: it reads the settings that all others share. */
  readonly policies: StackValidationPolicy[];
  /**
   * Judges by these rules too, in place of those of an earlier call. The SDK keeps the list of policies that it was
   * given, and reads it whenever the engine asks. What `load` throws is told by `estate`.
   *
   * @param load gives the rules beside these policies
   */
  judgeBy(load: (catalogue: readonly Policy[]) => readonly Policy[]): void;
}

export function createPack(options: PackOptions): Pack {
  const catalogue = options.catalogue ?? everyPolicy;
  const cache = new EstateCache(options.today, options.stackSettings, options.levelOf);
  const policies = [estatePolicy(cache), ...catalogue.map((policy) => stackPolicy(policy, cache))];
  const count = policies.length;
  return {
    policies,
    judgeBy(load) {
      const rules = cache.loadRules(() => load(catalogue));
      policies.splice(count, Infinity, ...rules.map((rule) => stackPolicy(rule, cache)));
    },
  };
}

function estatePolicy(cache: EstateCache): StackValidationPolicy {
  return {
    name: estateKey,
    description: "The estate can be read: its settings are sound and its resources can be turned into a model.",
    displayName: "Settings of the estate",
    enforcementLevel: "mandatory",
    severity: "critical",
    tags: ["proof"],
    remediationSteps: "Correct the settings; every mistake is listed with its path.",
    configSchema: estateConfigSchema(),
    validateStack: (args, report) => {
      cache.configure(args.getConfig<Record<string, unknown>>());
      const reading = cache.read(args.resources);
      if (!(reading instanceof Error)) return;
      const mistakes = reading instanceof UserError ? reading.mistakes.map(describeMistake) : [defect(reading)];
      for (const mistake of mistakes) report(mistake, stackOf(args));
    },
  };
}

function stackPolicy(policy: Policy, cache: EstateCache): StackValidationPolicy {
  return {
    name: policy.name,
    description: policy.title,
    displayName: policy.title,
    // Nobody's level for a policy that mends nothing, which tells what somebody has set from what nobody has. Each
    // finding says its own level; the SDK would take this one as mandatory.
    enforcementLevel: unsetLevel,
    severity: policy.severity,
    tags: [policy.family, ...policy.rows.map((row) => `incident-${row}`)],
    remediationSteps: `${policy.fix.text}\n\n${policy.fix.snippet}`,
    ...(everyPolicy.includes(policy) ? { url: `docs/policies/${policy.name}.md` } : {}),
    configSchema: policyConfigSchema(policy),
    validateStack: (args, report) => {
      const reading = cache.read(args.resources);
      // What cannot be read is reported once, by `estate`; with that one disabled, by each.
      if (reading instanceof Error) return cache.configured ? undefined : report(reading.message, stackOf(args));
      const settings = cache.settingsOf(policy, args.getConfig<Record<string, unknown>>());
      if (settings instanceof Error) return report(settings.message, stackOf(args));
      const { findings } = reading.judge(policy, settings);
      if (findings.length === 0) return;
      const urns = new Set(args.resources.map(({ urn }) => urn));
      for (const finding of findings) reportFinding(report, finding, urns, stackOf(args));
    },
  };
}

/** @param urns of all resources of the request: the engine takes a violation of one of them, or of the stack */
function reportFinding(
  report: ReportViolation,
  finding: Finding,
  urns: ReadonlySet<Urn>,
  stack: Urn | undefined,
): void {
  const withLevel = report as ReportViolation & ReportWithLevel;
  withLevel({
    message: describeFinding(finding),
    urn: finding.urns.find((urn) => urns.has(urn)) ?? stack,
    enforcementLevel: finding.level,
  });
}

/** The stack's own URN; undefined reports on the stack as well. */
function stackOf(args: StackValidationArgs): string | undefined {
  return args.resources.find((resource) => resource.type === "pulumi:pulumi:Stack")?.urn;
}

function defect(error: Error): string {
  return (
    "The stack could not be read, which is a defect of the pack and no fault of the stack: " +
    `${error.stack ?? error.message}`
  );
}

function policyConfigSchema(policy: Policy): PolicyConfigSchema {
  const knobs = Object.entries(policy.config).map(([name, knob]) => [name, knobSchema(knob)] as const);
  const level = { type: "string" as const, enum: ["mandatory", "advisory", "disabled"] };
  const levels = {
    type: "object" as const,
    description: "Level per tier, in place of the policy's own and of `enforcementLevel`.",
    properties: Object.fromEntries(tiers.map((tier) => [tier, level])),
    additionalProperties: false,
  };
  return { properties: { ...Object.fromEntries(knobs), levels } };
}

function knobSchema(knob: KnobSchema): PolicyConfigSchema["properties"][string] {
  const { type, description, minimum, maximum } = knob;
  return {
    type,
    description,
    default: knob.default as string | number | boolean,
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(knob.enum ? { enum: [...knob.enum] } : {}),
    ...(knob.items ? { items: { type: knob.items.type } } : {}),
  };
}

/** Settings of the estate that are lists. */
const lists: readonly string[] = ["sites", "exemptions", "rules"];

/** Types and descriptions only: what is wrong inside is said by `parseSettings`, with all mistakes at once. */
function estateConfigSchema(): PolicyConfigSchema {
  const properties = Object.entries(estateSettingsSchema.shape)
    .filter(([name]) => name !== "enforcementLevel")
    .map(([name, schema]) => {
      const { description } = z.globalRegistry.get(schema) ?? {};
      const type = lists.includes(name) ? ("array" as const) : ("object" as const);
      return [name, { type, ...(description ? { description } : {}) }] as const;
    });
  return { properties: Object.fromEntries(properties) };
}
