/**
 * What else fails when something fails. A domain falls with any domain that it stands in, and with the last member of a
 * group that supplies it; nothing that falls comes back, so the order of the losses does not matter.
 */
import type { DomainId, FailureDomain } from "../model/domain";
import { addTo } from "../lib/lists";

/** The failure domains of one estate, indexed so that a loss costs no more than what it takes down. */
export interface FailureGraph {
  /** Every domain that has failed once these are lost, they themselves included. */
  failed(lost: readonly DomainId[]): ReadonlySet<DomainId>;
  /** These domains and every domain whose loss could help to take one of them down. Sorted. */
  upstream(of: Iterable<DomainId>): readonly DomainId[];
}

interface SupplyGroup {
  readonly supplied: DomainId;
  readonly members: readonly DomainId[];
}

/** Indexes the domains. A domain that is only named, never described, stands in nothing. */
export function createFailureGraph(domains: readonly FailureDomain[]): FailureGraph {
  const inside = new Map<DomainId, DomainId[]>();
  const groupsOf = new Map<DomainId, SupplyGroup[]>();
  const above = new Map<DomainId, readonly DomainId[]>();
  for (const domain of domains) {
    for (const outer of domain.within) addTo(inside, outer, domain.id);
    for (const names of domain.suppliedBy) {
      const group = { supplied: domain.id, members: [...new Set(names)] };
      for (const member of group.members) addTo(groupsOf, member, group);
    }
    above.set(domain.id, [...domain.within, ...domain.suppliedBy.flat()]);
  }

  return {
    failed(lost) {
      const failed = new Set<DomainId>(lost);
      // A set hands out what is added during the walk, so this reaches everything that falls in turn.
      for (const domain of failed) {
        for (const inner of inside.get(domain) ?? []) failed.add(inner);
        for (const group of groupsOf.get(domain) ?? []) {
          if (group.members.every((member) => failed.has(member))) failed.add(group.supplied);
        }
      }
      return failed;
    },
    upstream(of) {
      const reached = new Set<DomainId>(of);
      for (const domain of reached) for (const outer of above.get(domain) ?? []) reached.add(outer);
      return [...reached].sort();
    },
  };
}
