/** In which regions and sites a placed resource stands: what it can reach without crossing to another place. */
import { kindOf, nameOf, type DomainId, type FailureDomain } from "../../model";
import type { Unit } from "../draft";

export interface Whereabouts {
  /** Names of the regions in which its replicas stand; empty where that is not known. */
  regionsOf(unit: Unit): ReadonlySet<string>;
  /** True where a replica stands in the region, by its placement. */
  isIn(placement: readonly DomainId[], region: string): boolean;
}

/** @param domains describe the zones, buildings and regions of the estate */
export function whereaboutsOf(domains: readonly FailureDomain[]): Whereabouts {
  const regions = new Map<DomainId, readonly string[]>();
  for (const { id, within } of domains) {
    const around = within.filter((outer) => kindOf(outer) === "region").map(nameOf);
    if (around.length > 0) regions.set(id, [...(regions.get(id) ?? []), ...around]);
  }
  const around = (id: DomainId): readonly string[] =>
    kindOf(id) === "region" ? [nameOf(id)] : (regions.get(id) ?? []);
  return {
    regionsOf: ({ replicas }) =>
      new Set(replicas.flatMap(({ placement }) => (placement.known ? placement.value.flatMap(around) : []))),
    isIn: (placement, region) => placement.flatMap(around).includes(region),
  };
}
