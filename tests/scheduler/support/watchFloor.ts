/** The fewest pods that a service had at any moment. */
import type { Cluster } from "./cluster";

export interface Floor {
  /** Fewest pods that ran on nodes that answer since the watch began. */
  of(service: string): number;
  /** The same from now on. */
  reset(): void;
}

/** Counts at every change of a pod. */
export function watchFloor(cluster: Cluster, services: readonly string[]): Floor {
  const floors = new Map<string, number>();
  const look = () => {
    for (const service of services) {
      floors.set(service, Math.min(floors.get(service) ?? Infinity, cluster.servingOf(service)));
    }
  };
  cluster.fleet.onChange(look);
  look();
  return {
    of: (service) => floors.get(service) ?? 0,
    reset() {
      floors.clear();
      look();
    },
  };
}
