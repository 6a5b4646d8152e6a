/** What a loss leaves of services, counted from where the scheduler put the pods; the model has no part in it. */
import { tiers } from "../../../model";
import type { Cluster } from "./cluster";
import type { StretchedCluster, StretchedService } from "./stretched";

/** Pods of a service, by facility, that run on nodes that answer. */
export function podsByFacility(cluster: Cluster, service: string): ReadonlyMap<string, number> {
  const facilityOf = new Map(cluster.fleet.nodes.map(({ name, facility }) => [name, facility]));
  const counts = new Map<string, number>();
  for (const workload of cluster.workloads) {
    if (workload.service !== service || workload.placeholder) continue;
    for (const pod of cluster.podsOf(workload)) {
      const facility = facilityOf.get(pod.spec.nodeName ?? "");
      if (facility !== undefined && cluster.fleet.serves(pod)) counts.set(facility, (counts.get(facility) ?? 0) + 1);
    }
  }
  return counts;
}

/** Pods outside of these facilities. */
export function podsLeft(byFacility: ReadonlyMap<string, number>, gone: readonly string[]): number {
  return [...byFacility].reduce((sum, [facility, count]) => sum + (gone.includes(facility) ? 0 : count), 0);
}

/** Fewest and most pods that an even spread of a service can leave when so many of its facilities are lost. */
export function evenSpreadLeaves(units: number, facilities: number, lost: number): readonly [number, number] {
  const [sure, odd] = [Math.floor(units / facilities), units % facilities];
  const left = facilities - lost;
  return [sure * left + Math.max(0, odd - lost), sure * left + Math.min(odd, left)];
}

/**
 * Shares of their peaks that services serve with these pods. One that needs another serves no more than that one, and what
 * has none of it is down.
 */
export function sharesOf(
  services: readonly StretchedService[],
  podsOf: (service: StretchedService) => number,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  // Each service needs none but those before it.
  for (const service of services) {
    const { identity } = service;
    const own = Math.min(1, (podsOf(service) * identity.unitRps) / identity.peakRps);
    const needed = (identity.dependsOn ?? []).map((name) => shares.get(name) ?? 0);
    shares.set(identity.service, Math.min(own, ...needed));
  }
  return shares;
}

/**
 * Services all of whose pods must find room in the facilities that are left: each facility has to take an even part, rounded
 * up, of every service of the same or a stricter tier. Placeholders are not among them, for they give way.
 */
export function fullAfter({ services }: StretchedCluster, slots: number, left: number): readonly string[] {
  const needOf = (tiers: readonly string[]) =>
    services
      .filter(({ identity }) => tiers.includes(identity.tier))
      .reduce((sum, { units }) => sum + Math.ceil(units / left), 0);
  return services
    .filter(({ identity }) => needOf(tiers.slice(0, tiers.indexOf(identity.tier) + 1)) <= slots)
    .map(({ identity }) => identity.service);
}
