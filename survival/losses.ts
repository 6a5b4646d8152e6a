/** The losses that a requirement asks about. */
import { kindOf, type DomainId, type DomainKind } from "../model/domain";
import type { Estate } from "../model/estate";

/** Domains lost together, sorted. */
export type Loss = readonly DomainId[];

/** Every set of exactly `order` of these domains of those kinds, each set sorted, the list sorted. */
export function lossesOf(domains: readonly DomainId[], order: 1 | 2, kinds: readonly DomainKind[]): Loss[] {
  const wanted = new Set<DomainKind>(kinds);
  const singles = [...new Set(domains)].filter((domain) => wanted.has(kindOf(domain))).sort();
  if (order === 1) return singles.map((domain) => [domain]);
  return singles.flatMap((one, index) => singles.slice(index + 1).map((other) => [one, other]));
}

/** The estate's domains of those kinds: every single loss to think about. Sorted. */
export function lossCandidates(estate: Estate, kinds: readonly DomainKind[]): readonly DomainId[] {
  return lossesOf(
    estate.domains.map((domain) => domain.id),
    1,
    kinds,
  ).flat();
}
