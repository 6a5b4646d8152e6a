/**
 * What the drift of one stack does to another. Each stack has been judged by itself; here those that refer to each
 * other are judged as one estate, deployed and actual, and only what no stack has lost by itself is told.
 */
import { reachable } from "../lib/graph";
import { byText } from "../lib/order";
import { joinEstates, linkedStacks, serviceIn, type JoinOptions, type StackEstate } from "../inventory/stacks";
import { defaultRequirements, type Estate, type Service, type ServiceId, type Urn } from "../model";
import type { JudgeOptions } from "../policies/judge";
import type { Exemption } from "../policies/policy";
import { sameData } from "./sameData";
import {
  hasLosses,
  judged,
  lossesBetween,
  lossesWithout,
  type Judged,
  type LostSurvival,
  type Losses,
} from "./survivalLost";

/** One stack as it was deployed and as it is; `actual` is null where the two are the same. */
export interface StackPair {
  readonly desired: StackEstate;
  readonly actual: StackEstate | null;
}

/** A service that one domain takes down because of what it takes from another stack. */
export interface AcrossLoss extends LostSurvival {
  /** Resources of other stacks that fall with the domain, or are gone; sorted. */
  readonly through: readonly Urn[];
}

export interface AcrossStacks {
  /** As deployed already, and so no drift: each stack is fine alone, and together they are not. */
  readonly standing: readonly AcrossLoss[];
  /** Lost by drift of another stack. */
  readonly lost: readonly AcrossLoss[];
  /** What each drift has lost in other stacks, by the URN of the drifted resource. */
  readonly byDrift: ReadonlyMap<Urn, Losses>;
}

/**
 * Judges stacks that refer to each other.
 *
 * @param drifted URNs of the drift that the model reads
 */
export function judgeAcross(
  pairs: readonly StackPair[],
  drifted: ReadonlySet<Urn>,
  options: JudgeOptions,
): AcrossStacks {
  const pairOf = new Map(pairs.map((pair) => [pair.desired, pair]));
  const groups = linkedStacks(pairs.map(({ desired }) => desired));
  const parts = groups.map((group) => {
    const members = group.flatMap((stack) => pairOf.get(stack) ?? []);
    return judgeGroup(members, drifted, { ...options, exemptions: exemptionsIn(group, options.exemptions ?? []) });
  });
  return {
    standing: parts.flatMap(({ standing }) => standing).sort(byService),
    lost: parts.flatMap(({ lost }) => lost).sort(byService),
    byDrift: new Map(parts.flatMap(({ byDrift }) => [...byDrift])),
  };
}

function judgeGroup(pairs: readonly StackPair[], drifted: ReadonlySet<Urn>, options: JudgeOptions): AcrossStacks {
  const desired = pairs.map((pair) => pair.desired);
  const actual = pairs.map((pair) => pair.actual ?? pair.desired);
  const join = (stacks: readonly StackEstate[], more?: JoinOptions): Judged =>
    judged(joinEstates(stacks, more), options);
  const together = join(desired);
  const standing = lossesBetween(join(desired, { linked: false }), together, options).survival;
  const told = (lost: LostSurvival, { estate, judgement }: Judged): AcrossLoss => {
    const kinds = (options.requirements ?? defaultRequirements)[lost.tier].surviveOne;
    const falls = (id: ServiceId): boolean =>
      judgement.survival.minimalCutSets(id, 1, kinds).some(({ domains }) => (domains[0] ?? null) === lost.domain);
    const own = stackOf(lost.service);
    const others = neededBy(lost.service, [estate]).filter(
      (service) => stackOf(service.id) !== own && falls(service.id),
    );
    return { ...lost, through: [...new Set(others.flatMap(({ urns }) => urns))].sort(byText) };
  };
  const bearing: Omit<AcrossStacks, "lost" | "byDrift"> = {
    standing: withoutEchoes(standing.map((lost) => told(lost, together))),
  };
  if (pairs.every(({ desired: before, actual: after }) => after === null || sameData(before, after))) {
    return { ...bearing, lost: [], byDrift: new Map() };
  }
  const now = join(actual);
  const alone = lossesBetween(join(desired, { linked: false }), join(actual, { linked: false }), options);
  const losses = lossesWithout(lossesBetween(together, now, options), [alone]);
  return {
    ...bearing,
    lost: withoutEchoes(losses.survival.map((lost) => told(lost, now))),
    byDrift: blamed(losses, drifted, [together.estate, now.estate]),
  };
}

/**
 * A service that has inherited a tier from another stack is lost by that tier too. Where the one that it has it from is
 * told to go down through it, that says it all.
 */
function withoutEchoes(losses: readonly AcrossLoss[]): readonly AcrossLoss[] {
  const through = new Set(losses.filter((lost) => lost.through.length > 0).map(({ domain }) => domain));
  return losses.filter((lost) => lost.through.length > 0 || !through.has(lost.domain));
}

/** A loss is every drift's that the service needs, in whichever stack; where none can be named, all answer for it. */
function blamed(losses: Losses, drifted: ReadonlySet<Urn>, estates: readonly Estate[]): ReadonlyMap<Urn, Losses> {
  if (!hasLosses(losses)) return new Map();
  const needs = new Map<ServiceId, ReadonlySet<Urn>>();
  const blames = (urn: Urn, service: ServiceId): boolean => {
    let urns = needs.get(service);
    if (urns === undefined) {
      const all = neededBy(service, estates).flatMap((needed) => needed.urns.filter((each) => drifted.has(each)));
      needs.set(service, (urns = all.length === 0 ? drifted : new Set(all)));
    }
    return urns.has(urn);
  };
  const shares = [...drifted].map((urn): [Urn, Losses] => [
    urn,
    {
      findings: losses.findings.filter(
        ({ service, urns }) => urns.includes(urn) || (service !== undefined && blames(urn, service)),
      ),
      survival: losses.survival.filter(({ service }) => blames(urn, service)),
    },
  ]);
  return new Map(shares.filter(([, share]) => hasLosses(share)));
}

/** The service and all that it needs to serve or to start, by any of these estates. */
function neededBy(service: ServiceId, estates: readonly Estate[]): readonly Service[] {
  return estates.flatMap(({ services }) => {
    const byId = new Map(services.map((each) => [each.id, each]));
    const needsOf = (id: ServiceId) =>
      (byId.get(id)?.dependencies ?? []).flatMap(({ anyOf, strength }) => (strength === "soft" ? [] : anyOf));
    return [...reachable([service], needsOf)].flatMap((id) => byId.get(id) ?? []);
  });
}

/** An exemption names a service as its own stack does. */
function exemptionsIn(stacks: readonly StackEstate[], exemptions: readonly Exemption[]): readonly Exemption[] {
  return exemptions.flatMap((exemption) => {
    const { service } = exemption;
    return service === undefined
      ? [exemption]
      : stacks.map(({ stack }): Exemption => ({ ...exemption, service: serviceIn(stack, service) }));
  });
}

/** `project/stack` of a service of several stacks; stacks' names hold no colon. */
export function stackOf(service: ServiceId): string {
  return service.slice(0, service.indexOf(":"));
}

function byService(a: LostSurvival, b: LostSurvival): number {
  return byText(a.service, b.service) || byText(a.domain ?? "", b.domain ?? "");
}
