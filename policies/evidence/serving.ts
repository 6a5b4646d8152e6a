/** Where a service serves from, in the terms of what one earthquake takes together. */
import { kindOf, type DomainId, type FailureDomain, type Service } from "../../model";
import { fateOf } from "./read";

/** The regions in which active replicas stand; a building of which no region is told is one of its own. Sorted. */
export function servingRegions(domains: ReadonlyMap<DomainId, FailureDomain>, service: Service): readonly DomainId[] {
  const regions = new Set<DomainId>();
  for (const { role, placement } of service.replicas) {
    if (role !== "active" || !placement.known) continue;
    const around = [...fateOf(domains, placement.value)];
    const named = around.filter((id) => kindOf(id) === "region");
    for (const id of named.length > 0 ? named : placement.value) regions.add(id);
  }
  return [...regions].sort();
}
