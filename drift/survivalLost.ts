/**
 * What an estate has lost against another: mandatory findings that are new, and services that newly hang on one domain.
 */
import {
  defaultRequirements,
  type DomainId,
  type Estate,
  type Service,
  type ServiceId,
  type Tier,
  type TierRequirement,
} from "../model";
import { judge, type Judgement, type JudgeOptions } from "../policies/judge";
import type { Finding } from "../policies/policy";

/**
 * A service that the loss of one domain takes down, and did not before. `domain` is null where nothing has to be lost.
 */
export interface LostSurvival {
  readonly service: ServiceId;
  readonly tier: Tier;
  /** The failure domain on which it now hangs; null where it is down, or gone, with nothing lost. */
  readonly domain: DomainId | null;
}

export interface Losses {
  /** Mandatory findings that the first estate does not have. In the judge's order. */
  readonly findings: readonly Finding[];
  /** Sorted by service, then domain. */
  readonly survival: readonly LostSurvival[];
}

export interface Judged {
  readonly estate: Estate;
  readonly judgement: Judgement;
}

/** Judges an estate once, for all comparisons with it. */
export function judged(estate: Estate, options: JudgeOptions): Judged {
  return { estate, judgement: judge(estate, options) };
}

/** What `actual` has lost against `desired`. Gains are not set off against losses. */
export function lossesBetween(desired: Judged, actual: Judged, options: JudgeOptions): Losses {
  const known = new Set(mandatoryOf(desired.judgement).map(keyOf));
  const requirements = options.requirements ?? defaultRequirements;
  const before = new Set(hangsOn(desired, desired.estate.services, requirements).map(lostKey));
  const survival = hangsOn(actual, desired.estate.services, requirements);
  return {
    findings: mandatoryOf(actual.judgement).filter((finding) => !known.has(keyOf(finding))),
    survival: survival.filter((lost) => !before.has(lostKey(lost))),
  };
}

export function hasLosses({ findings, survival }: Losses): boolean {
  return findings.length > 0 || survival.length > 0;
}

/** What of it none of the others has lost already. */
export function lossesWithout({ findings, survival }: Losses, others: readonly Losses[]): Losses {
  const told = new Set(others.flatMap((each) => each.findings.map(keyOf)));
  const lost = new Set(others.flatMap((each) => each.survival.map(lostKey)));
  return {
    findings: findings.filter((finding) => !told.has(keyOf(finding))),
    survival: survival.filter((one) => !lost.has(lostKey(one))),
  };
}

function mandatoryOf(judgement: Judgement): readonly Finding[] {
  return judgement.findings.filter(({ level }) => level === "mandatory");
}

/** The same subject under the same policy; its numbers may have moved. */
function keyOf({ policy, service, verdict, lost, urns }: Finding): string {
  return JSON.stringify([policy, service, verdict, lost, service === undefined ? urns[0] : undefined]);
}

/**
 * The single points of failure of each service that was deployed: its minimal cut sets of order 1, over the kinds of
 * domain whose loss its tier has to survive. The tier is the deployed one: drift cannot buy a lower one.
 */
function hangsOn(
  { estate, judgement }: Judged,
  services: readonly Service[],
  requirements: Readonly<Record<Tier, TierRequirement>>,
): readonly LostSurvival[] {
  const present = new Set(estate.services.map(({ id }) => id));
  return services.flatMap(({ id, tier }): readonly LostSurvival[] => {
    if (!present.has(id)) return [{ service: id, tier, domain: null }];
    const sets = judgement.survival.minimalCutSets(id, 1, requirements[tier].surviveOne);
    return sets
      .filter(({ certainty }) => certainty === "broken")
      .map(({ domains }) => ({ service: id, tier, domain: domains[0] ?? null }));
  });
}

function lostKey({ service, domain }: LostSurvival): string {
  return JSON.stringify([service, domain]);
}
