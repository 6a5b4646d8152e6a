/** What one service serves by itself, from the capacity left and the routes that lead to it. */
import type { Replica, Service } from "../model/estate";
import type { Urn } from "../model/ids";
import { downLevel, fullLevel, levelOfShare, meet, type Bound, type Level } from "./level";
import { reachOf, type EntryPoints } from "./routing";
import type { Survivors } from "./survivors";

/** The level that a service has of its own when these replicas serve, whatever its dependencies do. */
export function ownLevel(survivors: Survivors, entryPoints: EntryPoints, serving: readonly Replica[]): Level {
  if (serving.length === 0 || !survivors.quorate) return downLevel;
  const capacity = capacityLevel(survivors.service, serving, survivors.bound);
  return meet(meet(capacity, partsLevel(survivors.service, serving)), reachOf(entryPoints, serving, survivors));
}

function capacityLevel(service: Service, serving: readonly Replica[], bound: Bound): Level {
  const peak = service.peakRps;
  if (peak === undefined) return fullLevel;
  if (!peak.known) return unknownLevel(bound);
  if (peak.value <= 0) return fullLevel;
  const capacityRps = capacityOf(service, serving, bound);
  return capacityRps > 0 ? levelOfShare(capacityRps / peak.value) : unknownLevel(bound);
}

/** What these replicas can serve; room for fallen units counts up to what has fallen. */
export function capacityOf(service: Service, serving: readonly Replica[], bound: Bound): number {
  let total = 0;
  let room: Map<Urn, number> | undefined;
  for (const replica of serving) {
    const capacity = rpsOf(replica, bound);
    const { standsInFor } = replica;
    if (standsInFor === undefined) total += capacity;
    else (room ??= new Map<Urn, number>()).set(standsInFor, (room.get(standsInFor) ?? 0) + capacity);
  }
  for (const [urn, held] of room ?? []) {
    const fallen = service.replicas.filter((one) => one.urn === urn && one.role === "active" && !serving.includes(one));
    total += Math.min(
      held,
      fallen.reduce((sum, replica) => sum + rpsOf(replica, bound), 0),
    );
  }
  return total;
}

function rpsOf({ capacityRps }: Replica, bound: Bound): number {
  return capacityRps?.known ? capacityRps.value : bound === "best" ? Infinity : 0;
}

/** Copies that are not kept alike are parts of the data: each serves its own part and no other. */
function partsLevel(service: Service, serving: readonly Replica[]): Level {
  if (service.replication?.mode !== "none") return fullLevel;
  const parts = service.replicas.filter((replica) => replica.role === "active").length;
  return parts > 1 ? levelOfShare(serving.length / parts) : fullLevel;
}

function unknownLevel(bound: Bound): Level {
  return bound === "best" ? fullLevel : { alive: true, share: 0, impaired: false };
}
