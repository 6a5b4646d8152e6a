/** The one judgement of an estate: every policy, one survival, sorted findings, a verdict. */
import { byText } from "../lib/order";
import {
  acceptanceOf,
  defaultRequirements,
  tiers,
  type Estate,
  type NotJudged,
  type Service,
  type ServiceId,
  type Tier,
  type TierRequirement,
  type Urn,
} from "../model";
import { createSurvival, type Survival } from "../survival";
import { exemptionsInCode, type ExemptionsInCode } from "./exemptionsInCode";
import { besideBaseline, type BaselineEntry, type BaselineResult } from "./baseline";
import { catalogue } from "./catalogue";
import { servicesById, urnsOf } from "./evidence/read";
import { frailServices, type FrailService } from "./evidence/frail";
import { stackUrn } from "./evidence/stack";
import { strictestTier, withDefaults } from "./knobs";
import type { EnforcementLevel, Exemption, Finding, Policy, PolicyContext, Violation } from "./policy";

/** What a user may change of one policy. */
export interface PolicySettings {
  /** The level for every tier. @default the policy's own level per tier */
  readonly level?: EnforcementLevel;
  /** The level of a tier, in place of `level` and of the policy's own; what is disabled stays so. */
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
  /** Findings that were there before, and do not refuse. @default none */
  readonly baseline?: readonly BaselineEntry[];
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
  /** All that were given in settings or beside resources, idle ones among them. */
  readonly exemptions: readonly Exemption[];
  /** What the baseline knows of; all empty where none was given. */
  readonly baseline: Omit<BaselineResult, "findings">;
  readonly survival: Survival;
  /**
   * `refused` with a mandatory finding; `nothingJudged` where there is no service; `advice` with any other finding,
   * anything not judged, or a service that one lost site takes down.
   */
  readonly verdict: Verdict;
  /** Services that are not proven to stay up when one zone or facility is lost, whatever their tier asks. */
  readonly frail: readonly FrailService[];
  readonly notJudged: readonly NotJudged[];
}

/** Before all days of exemptions and baselines. */
const firstDay = "0000-00-00";

export type Verdict = "survives" | "advice" | "refused" | "nothingJudged";

/** Judges an estate by every policy of the catalogue. */
export function judge(estate: Estate, options: JudgeOptions = {}): Judgement {
  const estateJudge = createEstateJudge(estate, options);
  const all = (options.catalogue ?? catalogue).map((policy) =>
    estateJudge.judge(policy, options.policies?.[policy.name]),
  );
  const exempted = all.flatMap((result) => result.exempted).sort((a, b) => byTierThenName(a.finding, b.finding));
  const { findings, ...baseline } = besideBaseline(
    all.flatMap((result) => result.findings).sort(byTierThenName),
    exempted.map(({ finding }) => finding),
    options.baseline ?? [],
    options.today ?? firstDay,
  );
  const frail = frailServices(estate, estateJudge.survival);
  return {
    findings,
    exempted,
    exemptions: estateJudge.exemptions,
    baseline,
    survival: estateJudge.survival,
    verdict: verdictOf(estate, { findings, exempted, known: baseline.known }, frail),
    frail,
    notJudged: estate.notJudged,
  };
}

/** Those of the settings, and those that stand beside resources. */
function allExemptions(
  { exemptionWords = [] }: Estate,
  { exemptions = [], catalogue: policies = [] }: JudgeOptions,
): ExemptionsInCode {
  const inCode = exemptionsInCode(exemptionWords, [...catalogue, ...policies]);
  return { exemptions: [...exemptions, ...inCode.exemptions], misread: inCode.misread };
}

interface Spoken extends PolicyResult {
  readonly known: BaselineResult["known"];
}

function verdictOf(estate: Estate, { findings, exempted, known }: Spoken, frail: readonly FrailService[]): Verdict {
  if (findings.some((finding) => finding.level === "mandatory")) return "refused";
  if (!estate.services.some(({ layer }) => layer !== "vendor")) return "nothingJudged";
  // A risk that somebody has taken by name needs no second word.
  const taken = new Set(exempted.map(({ finding }) => finding.service));
  const isFrail = frail.some(({ service }) => !taken.has(service));
  return isFrail || findings.length > 0 || known.length > 0 || estate.notJudged.length > 0 ? "advice" : "survives";
}

/** What one policy finds. */
export interface PolicyResult {
  readonly findings: readonly Finding[];
  readonly exempted: readonly ExemptedFinding[];
}

/** One estate on the estateJudge: policies are judged one at a time over the same survival. */
export interface EstateJudge {
  readonly survival: Survival;
  readonly exemptions: readonly Exemption[];
  judge(policy: Policy, settings?: PolicySettings): PolicyResult;
}

/** Prepares an estate for judgement, for whoever runs the policies one by one, as the policy pack does. */
export function createEstateJudge(estate: Estate, options: JudgeOptions = {}): EstateJudge {
  const survival = createSurvival(estate);
  const services = servicesById(estate);
  const { exemptions, misread } = allExemptions(estate, options);
  const today = options.today ?? firstDay;
  const requirements = options.requirements ?? defaultRequirements;
  const accepting = acceptances(estate, today);

  return {
    survival,
    exemptions,
    judge(policy, settings = {}) {
      const config = withDefaults(policy.config, settings.config ?? {});
      const context: PolicyContext = { estate, survival, requirements, exemptions, misread, today, config };
      const findings = violationsOf(policy, context)
        .flatMap((violation) => toFinding(policy, settings, violation, services, requirements) ?? [])
        .sort(byTierThenName);
      const covered = findings.map((finding) => ({
        finding,
        exemption: covering(exemptions, finding, today, services) ?? accepting(finding),
      }));
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
  const set = settings.level === "disabled" ? "disabled" : (settings.levels?.[tier] ?? settings.level);
  const asked = set ?? policy.levels[tier];
  if (asked === undefined || asked === "disabled") return undefined;
  const isUnknown = violation.verdict === "unknown" && service !== undefined;
  const tolerated = set === undefined && isUnknown && !requirements[tier].refuseUnknown;
  const level = tolerated || violation.advises === true ? "advisory" : asked;
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
function covering(
  exemptions: readonly Exemption[],
  finding: Finding,
  today: string,
  services: ReadonlyMap<ServiceId, Service>,
): Exemption | undefined {
  if (finding.policy === "exemption-expired") return undefined;
  return exemptions.find(
    (exemption) =>
      exemption.policy === finding.policy && isMeant(exemption, finding, services) && exemption.expires >= today,
  );
}

/**
 * What covers a finding about a loss that the estate accepts, as an exemption of that one policy: made once for each
 * policy, service and loss.
 */
function acceptances({ acceptedLosses }: Estate, today: string): (finding: Finding) => Exemption | undefined {
  const made = new Map<string, Exemption>();
  return ({ policy, service, lost }) => {
    const accepted = service === undefined ? undefined : acceptanceOf(acceptedLosses, service, lost, today);
    if (accepted === undefined) return undefined;
    const key = [policy, service, accepted.lost].join(" ");
    let exemption = made.get(key);
    if (exemption === undefined) {
      const { by: owner, reason, until: expires } = accepted;
      exemption = { policy, service, owner, reason, ticket: `the accepted loss of ${accepted.lost}`, expires };
      made.set(key, exemption);
    }
    return exemption;
  };
}

/** By the name that is printed; by the tag all of its parts, where none of them has the tag's own name. */
function isMeant(exemption: Exemption, finding: Finding, services: ReadonlyMap<ServiceId, Service>): boolean {
  const { service, resource } = exemption;
  if (resource !== undefined) return isBeside(resource, finding, services);
  if (service === finding.service) return true;
  return service !== undefined && !services.has(service) && finding.service?.startsWith(`${service}/`) === true;
}

/** A finding of another service names the resource too, where that service needs it: it is not the resource's own. */
function isBeside(resource: Urn, { service, urns }: Finding, services: ReadonlyMap<ServiceId, Service>): boolean {
  if (!urns.includes(resource)) return false;
  const own = service === undefined ? undefined : services.get(service);
  return own === undefined || own.urns.includes(resource) || urnsOf(own).includes(resource);
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
