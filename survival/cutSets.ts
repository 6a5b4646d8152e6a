/** Minimal cut sets: the smallest losses that take a service down. One domain alone is a single point of failure. */
import { byText } from "../lib/order";
import type { DomainId } from "../model/domain";
import type { Loss } from "./losses";
import type { CutSet } from "./survival";

/** Whether a service is down, if every unknown turns out badly and if every unknown turns out well. */
export interface Downs {
  readonly worst: boolean;
  readonly best: boolean;
}

export interface CutSetSearch {
  readonly order: 1 | 2;
  /** Every domain that may be lost alone. Sorted. */
  readonly singles: readonly DomainId[];
  /** Those of them that can matter beside another one. Sorted. */
  readonly paired: readonly DomainId[];
  readonly downsAfter: (lost: Loss) => Downs;
  /** True where nothing is unknown, so that the worst is the best. */
  readonly certain: boolean;
}

/**
 * Finds the minimal cut sets. A set is `broken` where it takes the service down however the unknowns turn out, and then
 * it is minimal among those; a set that only may take it down is `unknown`, and minimal among all that do or may.
 */
export function findCutSets(search: CutSetSearch): readonly CutSet[] {
  const broken = minimalSets(search, (lost) => search.downsAfter(lost).best);
  const possible = search.certain ? [] : minimalSets(search, (lost) => search.downsAfter(lost).worst);
  const keys = new Set(broken.map(keyOf));
  const sets: CutSet[] = [
    ...broken.map((domains) => ({ domains, certainty: "broken" as const })),
    ...possible
      .filter((domains) => !keys.has(keyOf(domains)))
      .map((domains) => ({ domains, certainty: "unknown" as const })),
  ];
  return sets.sort(
    (one, other) => one.domains.length - other.domains.length || byText(keyOf(one.domains), keyOf(other.domains)),
  );
}

function minimalSets({ order, singles, paired }: CutSetSearch, isDown: (lost: Loss) => boolean): Loss[] {
  // Down with nothing lost: the empty set is the one minimal set.
  if (isDown([])) return [[]];
  const alone = singles.filter((domain) => isDown([domain]));
  const found: Loss[] = alone.map((domain) => [domain]);
  if (order === 1) return found;
  const fatal = new Set(alone);
  const survivable = paired.filter((domain) => !fatal.has(domain));
  survivable.forEach((one, index) => {
    for (const other of survivable.slice(index + 1)) if (isDown([one, other])) found.push([one, other]);
  });
  return found;
}

function keyOf(domains: Loss): string {
  return domains.join(" ");
}
