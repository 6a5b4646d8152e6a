/**
 * What stands behind a load balancer serves only while the load balancer does. Where that covers the unit's own zone
 * the two fail together and nothing is to be said; where it does not, its zones matter to the unit as well.
 */
import { domainId, known, unknown, type DomainId, type FailureDomain, type Replica, type Urn } from "../../model";
import type { Draft, Front, Unit } from "../draft";
import type { Reach } from "./reach";
import { addTo } from "../../lib/lists";
import { byText } from "../../lib/order";

export interface Fronted {
  readonly units: readonly Unit[];
  readonly domains: readonly FailureDomain[];
}

/** The units with the zones of their load balancers in their placement. */
export function behindFronts(draft: Draft, reach: (urn: Urn) => Reach): Fronted {
  const fronts = new Map<Urn, Front[]>();
  for (const front of draft.fronts) {
    for (const urn of reach(front.resource.urn).ends) addTo(fronts, urn, front);
  }
  const domains = new Map<DomainId, FailureDomain>();
  const units = draft.units.map((unit) => {
    const before = fronts.get(unit.resource.urn);
    if (before === undefined) return unit;
    return { ...unit, replicas: unit.replicas.map((replica) => behind(replica, before, domains)) };
  });
  return { units, domains: [...domains.values()] };
}

/** Any one load balancer that leads to the replica is enough. */
function behind(replica: Replica, fronts: readonly Front[], domains: Map<DomainId, FailureDomain>): Replica {
  const { placement } = replica;
  if (!placement.known) return replica;
  const zones = [...new Set(fronts.flatMap((front) => (front.zones.known ? front.zones.value : [])))].sort(byText);
  const missing = fronts.flatMap((front) => (front.zones.known ? [] : [front.zones.missing]));
  if (zones.length === 0) return { ...replica, placement: unknown(missing[0] ?? replica.urn) };
  if (placement.value.some((domain) => zones.includes(domain))) return replica;
  const [only, ...others] = zones as [DomainId, ...DomainId[]];
  return {
    ...replica,
    placement: known([...placement.value, others.length === 0 ? only : joint(fronts, zones, domains)]),
  };
}

/** Something that fails when the last of these zones has failed. */
function joint(fronts: readonly Front[], zones: readonly DomainId[], domains: Map<DomainId, FailureDomain>): DomainId {
  const name = `load-balancer/${fronts
    .map(({ resource }) => resource.name)
    .sort(byText)
    .join("+")}`;
  const id = domainId("controlPlane", name);
  domains.set(id, { id, kind: "controlPlane", name, within: [], suppliedBy: [zones] });
  return id;
}
