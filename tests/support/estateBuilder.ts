/**
 * Small estates for tests, in as few words as a sentence: sites, and services with replicas in them. What is left out is
 * on the good side, so that a test breaks exactly the one thing that it names.
 */
import {
  domainsOfSites,
  kindOf,
  known,
  mergeDomains,
  nameOf,
  placementsOf,
  type CloudSite,
  type Dependency,
  type DependencyStrength,
  type Estate,
  type FacilitySite,
  type FailureDomain,
  type Known,
  type Placement,
  type Replica,
  type Route,
  type RouteTarget,
  type Service,
  type Site,
} from "../../model";

/** A building of one's own that shares nothing with any other, unless `changes` says so. */
export function facility(name: string, changes: Partial<FacilitySite> = {}): FacilitySite {
  return {
    kind: "facility",
    name,
    region: `${name}-region`,
    facility: name,
    operator: `${name}-operator`,
    powerFeeds: [`${name}-substation-1`, `${name}-substation-2`],
    carriers: [`${name}-carrier-1`, `${name}-carrier-2`],
    hazards: [],
    batteryRoomsSeparated: true,
    batteryChemistry: "lead-acid",
    firePlanKeepsPower: true,
    clusterContext: name,
    ...changes,
  };
}

/** A cloud's region with zones `<name>-az1` and so on, run by `aws` unless `changes` says otherwise. */
export function cloud(name: string, zones = 3, changes: Partial<CloudSite> = {}): CloudSite {
  return {
    kind: "cloud",
    name,
    region: name,
    zoneIds: Array.from({ length: zones }, (_, index) => `${name}-az${index + 1}`),
    operator: "aws",
    carriers: [],
    hazards: [],
    ...changes,
  };
}

/** An active replica of one unit, without a stated capacity. Its URN is its id. */
export function replica(id: string, placement: Known<Placement> | Placement, changes: Partial<Replica> = {}): Replica {
  return {
    id,
    urn: id,
    role: "active",
    placement: isKnown(placement) ? placement : known(placement),
    units: known(1),
    startSeconds: 0,
    startNeeds: [],
    ...changes,
  };
}

/** Replicas in every placement of these sites: `<service>@<site>` in a building, `<service>@<site>-az1` in a zone. */
export function replicasIn(service: string, sites: readonly Site[], changes: Partial<Replica> = {}): Replica[] {
  return sites.flatMap((site) =>
    placementsOf(site).map((placement) =>
      replica(`${service}@${site.kind === "facility" ? site.name : nameOfPlacement(placement)}`, placement, changes),
    ),
  );
}

/** A critical compute service that any one replica keeps up. */
export function service(id: string, replicas: readonly Replica[], changes: Partial<Service> = {}): Service {
  return {
    id,
    layer: "compute",
    tier: "critical",
    tierFrom: { source: "tag" },
    replicas,
    quorum: "any",
    dependencies: [],
    routes: [],
    backups: [],
    urns: replicas.map((one) => one.urn).sort(),
    ...changes,
  };
}

/** A dependency on one service, or on any one of several. */
export function needs(on: string | readonly string[], strength: DependencyStrength = "hard"): Dependency {
  const anyOf = typeof on === "string" ? [on] : on;
  return { anyOf, strength, evidence: { urn: anyOf.join("|"), property: "tags" } };
}

/** A route target with an equal share, checked every 10 s with 3 failures from outside, unless `changes` says otherwise. */
export function target(replicas: readonly string[], changes: Partial<RouteTarget> = {}): RouteTarget {
  return {
    urn: `target:${replicas.join("+")}`,
    replicas,
    share: known(1),
    healthCheck: {
      urn: `check:${replicas.join("+")}`,
      intervalSeconds: known(10),
      failureThreshold: known(3),
      observers: [],
      kind: "endpoint",
      shallow: false,
    },
    lastResort: false,
    ...changes,
  };
}

/** A weighted DNS name with a time to live of 30 s, unless `changes` says otherwise. */
export function dns(name: string, targets: readonly RouteTarget[], changes: Partial<Route> = {}): Route {
  return {
    id: name,
    urn: name,
    name,
    kind: "dns",
    policy: "weighted",
    ttlSeconds: known(30),
    targets,
    provider: "vendor:route53",
    needsControlPlane: false,
    ...changes,
  };
}

/** An estate, sorted, with every domain that is named anywhere in it. */
export function estate(
  sites: readonly Site[],
  services: readonly Service[],
  changes: Partial<Estate> & { readonly extraDomains?: readonly FailureDomain[] } = {},
): Estate {
  const { extraDomains = [], ...rest } = changes;
  return {
    domains: mergeDomains([...domainsOfSites(sites), ...extraDomains, ...services.flatMap(namedDomains)]),
    services: [...services].sort((one, other) => (one.id < other.id ? -1 : 1)),
    facts: [],
    notJudged: [],
    ...rest,
  };
}

function namedDomains(of: Service): FailureDomain[] {
  const ids = [
    ...of.replicas.flatMap((one) => [...(one.placement.known ? one.placement.value : []), ...one.startNeeds]),
    ...of.backups.flatMap((one) => (one.placement.known ? one.placement.value : [])),
    ...of.routes.flatMap((route) => [
      route.provider,
      ...route.targets.flatMap((one) => one.healthCheck?.observers ?? []),
    ]),
  ];
  return ids.map((id) => ({ id, kind: kindOf(id), name: nameOf(id), within: [], suppliedBy: [] }));
}

function nameOfPlacement(placement: Placement): string {
  return placement.map(nameOf).join("+");
}

function isKnown(placement: Known<Placement> | Placement): placement is Known<Placement> {
  return "known" in placement;
}
