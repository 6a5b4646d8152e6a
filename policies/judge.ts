/** The one judgement of an estate: every policy, one survival, sorted findings, a verdict. */
import { byText } from "../lib/order";
import {
  defaultRequirements,
  tiers,
  type Estate,
  type NotJudged,
  type Service,
  type ServiceId,
  type Tier,
  type TierRequirement,
} from "../model";
import { createSurvival, type Survival } from "../survival";
import { catalogue } from "./catalogue";
import { servicesById } from "./evidence/read";
import { stackUrn } from "./evidence/stack";
import { strictestTier, withDefaults } from "./knobs";
import type { EnforcementLevel, Exemption, Finding, Policy, PolicyContext, Violation } from "./policy";

/** What a user may change of one policy. */
export interface PolicySettings {
  /** At most this strict, for every tier. @default the policy's own level per tier */
  readonly level?: EnforcementLevel;
  /** The level of a tier, in place of the policy's own. */
  readonly levels?: Readonly<Partial<Record<Tier, EnforcementLevel>>>;
  /** Values of the policy's knobs. @default the schema's defaults */
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface JudgeOptions {
  /** @default what the announced remedies ask, `defaultRequirements` */
  readonly requirements?: Readonly<Record<Tier, TierRequirement>>;
  /** By name of policy. @default no change */
  readonly policies?: Readonly<Record<string, PolicySettings>>;
  /** @default none */
  readonly exemptions?: readonly Exemption[];
  /** The day of the judgement, `YYYY-MM-DD`; asked for where there are exemptions. @default the first of days */
  readonly today?: string;
  /** @default the whole catalogue */
  readonly catalogue?: readonly Policy[];
}

/** A finding that an exemption covers: listed, and no part of the verdict. */
export interface ExemptedFinding {
  readonly finding: Finding;
  readonly exemption: Exemption;
}

export interface Judgement {
  /** Sorted by tier, policy, service, then message. */
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
  readonly survival: Survival;
  /** `refused` with a mandatory finding, `advice` with any other finding or anything not judged. */
  readonly verdict: "survives" | "advice" | "refused";
  readonly notJudged: readonly NotJudged[];
}

/** Judges an estate by every policy of the catalogue. */
export function judge(estate: Estate, options: JudgeOptions = {}): Judgement {
  const estateJudge = createEstateJudge(estate, options);
  const all = (options.catalogue ?? catalogue).map((policy) =>
    estateJudge.judge(policy, options.policies?.[policy.name]),
  );
  const findings = all.flatMap((result) => result.findings).sort(byTierThenName);
  const exempted = all.flatMap((result) => result.exempted).sort((a, b) => byTierThenName(a.finding, b.finding));
  const refused = findings.some((finding) => finding.level === "mandatory");
  const advice = findings.length > 0 || estate.notJudged.length > 0;
  return {
    findings,
    exempted,
    survival: estateJudge.survival,
    verdict: refused ? "refused" : advice ? "advice" : "survives",
    notJudged: estate.notJudged,
  };
}

/** What one policy finds. */
export interface PolicyResult {
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
}

/** One estate on the estateJudge: policies are judged one at a time over the same survival. */
export interface EstateJudge {
  readonly survival: Survival;
  judge(policy: Policy, settings?: PolicySettings): PolicyResult;
}

/** Prepares an estate for judgement, for whoever runs the policies one by one, as the policy pack does. */
export function createEstateJudge(estate: Estate, options: JudgeOptions = {}): EstateJudge {
  const survival = createSurvival(estate);
  const services = servicesById(estate);
  const exemptions = options.exemptions ?? [];
  const today = options.today ?? "0000-00-00";
  const requirements = options.requirements ?? defaultRequirements;

  return {
    survival,
    judge(policy, settings = {}) {
      const config = withDefaults(policy.config, settings.config ?? {});
      const context: PolicyContext = { estate, survival, requirements, exemptions, today, config };
      const findings = violationsOf(policy, context)
        .flatMap((violation) => toFinding(policy, settings, violation, services, requirements) ?? [])
        .sort(byTierThenName);
      const covered = findings.map((finding) => ({ finding, exemption: covering(exemptions, finding, today) }));
      return {
        findings: covered.flatMap(({ finding, exemption }) => (exemption ? [] : [finding])),
        exempted: covered.flatMap(({ finding, exemption }) => (exemption ? [{ finding, exemption }] : [])),
      };
    },
  };
}

/** A policy that throws has not judged: that is a finding, never a pass. */
function violationsOf(policy: Policy, context: PolicyContext): readonly Violation[] {
  try {
    return [...policy.judge(context)];
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [
      {
        verdict: "unknown",
        lost: [],
        urns: [stackUrn(context.estate)],
        message: `Policy "${policy.name}" must judge every estate, and failed on this one: ${text}.`,
        fix: "This is a defect of the policy, not of the stack: please report it with the stack's export.",
      },
    ];
  }
}

function toFinding(
  policy: Policy,
  settings: PolicySettings,
  violation: Violation,
  services: ReadonlyMap<ServiceId, Service>,
  requirements: Readonly<Record<Tier, TierRequirement>>,
): Finding | undefined {
  const service = violation.service === undefined ? undefined : services.get(violation.service);
  const tier = service?.tier ?? strictestTier(policy);
  const asked = settings.levels?.[tier] ?? policy.levels[tier];
  if (asked === undefined || asked === "disabled" || settings.level === "disabled") return undefined;
  const tolerated = violation.verdict === "unknown" && service !== undefined && !requirements[tier].refuseUnknown;
  const level = settings.level === "advisory" || tolerated || violation.advises === true ? "advisory" : asked;
  // Field by field: findings of one shape are made several times as fast as copies of violations of many.
  return {
    verdict: violation.verdict,
    service: violation.service,
    lost: violation.lost,
    urns: violation.urns,
    message: violation.message,
    fix: violation.fix ?? policy.fix.text,
    properties: violation.properties,
    policy: policy.name,
    code: policy.code,
    severity: policy.severity,
    level,
    tier,
    rows: policy.rows,
  } satisfies Record<keyof Finding, unknown>;
}

/** The exemption that covers a finding on this day; an exemption never covers the policy on exemptions. */
function covering(exemptions: readonly Exemption[], finding: Finding, today: string): Exemption | undefined {
  if (finding.policy === "exemption-expired") return undefined;
  return exemptions.find(
    (exemption) =>
      exemption.policy === finding.policy && exemption.service === finding.service && exemption.expires >= today,
  );
}

function byTierThenName(a: Finding, b: Finding): number {
  return (
    tiers.indexOf(a.tier) - tiers.indexOf(b.tier) ||
    byText(a.policy, b.policy) ||
    byText(a.service ?? "", b.service ?? "") ||
    byText(a.message, b.message) ||
    byText(a.urns.join(), b.urns.join())
  );
}
