/** The sites' catalogue as failure domains: what each site stands in, and what supplies it. */
import { by } from "../lib/order";
import { domainId, kindOf, nameOf, type DomainId, type FailureDomain } from "./domain";
import type { CloudSite, FacilitySite, Placement, Site } from "./site";

/**
 * Every failure domain of these sites, sorted by id. Sites that share a building, a substation, a carrier or a hazard
 * zone by name share the domain.
 */
export function domainsOfSites(sites: readonly Site[]): FailureDomain[] {
  return mergeDomains(sites.flatMap((site) => (site.kind === "facility" ? facilityDomains(site) : cloudDomains(site))));
}

/** Where one unit of a service can stand in a site: the building, or any one of the cloud region's zones. */
export function placementsOf(site: Site): Placement[] {
  return site.kind === "facility"
    ? [[domainId("facility", site.facility)]]
    : site.zoneIds.map((zoneId) => [domainId("zone", zoneId)]);
}

/**
 * An availability zone by its zone *id*. It names its operator beside its region, so that it falls with the operator
 * even in an estate that does not describe the region.
 */
export function zoneDomain(zoneId: string, region: string, operator: string): FailureDomain {
  return describe("zone", zoneId, [domainId("region", region), domainId("operator", operator)]);
}

/** A cloud's region, which falls with its operator. */
export function regionDomain(region: string, operator: string): FailureDomain {
  return describe("region", region, [domainId("operator", operator)]);
}

/**
 * Joins descriptions of domains from several sources, sorted by id, with an entry for every domain that is only named.
 * Where two describe one domain, both hold: it stands in what either says, and each supply is one that it needs.
 */
export function mergeDomains(domains: Iterable<FailureDomain>): FailureDomain[] {
  const described = new Map<DomainId, { within: Set<DomainId>; suppliedBy: Map<string, readonly DomainId[]> }>();
  const entry = (id: DomainId) => {
    let found = described.get(id);
    if (!found) described.set(id, (found = { within: new Set(), suppliedBy: new Map() }));
    return found;
  };
  for (const domain of domains) {
    const { within, suppliedBy } = entry(domain.id);
    for (const outer of domain.within) {
      within.add(outer);
      entry(outer);
    }
    for (const group of domain.suppliedBy) {
      const members = [...new Set(group)].sort();
      // Nothing is supplied by an empty group; read as "all of none have failed" it would be dead from the start.
      if (members.length > 0) suppliedBy.set(members.join(" "), members);
      members.forEach(entry);
    }
  }
  return [...described]
    .map(([id, { within, suppliedBy }]) => ({
      id,
      kind: kindOf(id),
      name: nameOf(id),
      within: [...within].sort(),
      suppliedBy: [...suppliedBy].sort(by(([key]) => key)).map(([, members]) => members),
    }))
    .sort(by(({ id }) => id));
}

function facilityDomains(site: FacilitySite): FailureDomain[] {
  const within = [domainId("operator", site.operator), domainId("region", site.region), ...hazardsOf(site)];
  const feeds = site.powerFeeds.map((substation) => domainId("power", substation));
  return [describe("facility", site.facility, within, [feeds, carriersOf(site)])];
}

function cloudDomains(site: CloudSite): FailureDomain[] {
  const within = [domainId("operator", site.operator), ...hazardsOf(site)];
  return [
    describe("region", site.region, within, [carriersOf(site)]),
    ...site.zoneIds.map((zoneId) => zoneDomain(zoneId, site.region, site.operator)),
  ];
}

function hazardsOf(site: Site): DomainId[] {
  return site.hazards.map((hazard) => domainId("hazard", hazard));
}

function carriersOf(site: Site): DomainId[] {
  return site.carriers.map((carrier) => domainId("carrier", carrier));
}

function describe(
  kind: FailureDomain["kind"],
  name: string,
  within: readonly DomainId[],
  suppliedBy: readonly (readonly DomainId[])[] = [],
): FailureDomain {
  return { id: domainId(kind, name), kind, name, within, suppliedBy };
}
