/** Where the capacity of a service stands, and what a loss leaves of it before anything new has started. */
import { listsBy } from "../lib/lists";
import { kindOf, type DomainId, type DomainKind } from "../model/domain";
import type { Estate, Replica, Service } from "../model/estate";
import { capacityOf } from "./capacity";
import { createFailureGraph } from "./failureGraph";
import { survivorsOf } from "./survivors";

/** What runs in one place. */
export interface PlaceCapacity {
  /** Undefined where nothing says where it stands. */
  readonly place: DomainId | undefined;
  /** Requests per second; what is not known counts as nothing. */
  readonly rps: number;
}

/** Capacity by place that still runs when these are lost together, in the order of the service's replicas. */
export type RunningCapacity = (service: Service, lost: readonly DomainId[]) => readonly PlaceCapacity[];

export function runningCapacity({ domains }: Estate): RunningCapacity {
  const graph = createFailureGraph(domains);
  return (service, lost) => {
    const loss = { failed: graph.failed(lost), any: lost.length > 0 };
    const { active } = survivorsOf(service, loss, "worst");
    return [...listsBy(active, placeOf)].map(([place, replicas]) => ({
      place,
      rps: capacityOf(service, replicas, "worst"),
    }));
  };
}

const placeKinds: readonly DomainKind[] = ["facility", "zone", "region"];

/** The narrowest kind of place that a replica stands in; undefined where nothing says one. */
export function placeOf({ placement }: Pick<Replica, "placement">): DomainId | undefined {
  if (!placement.known) return undefined;
  const { value } = placement;
  return placeKinds.flatMap((kind) => value.filter((id) => kindOf(id) === kind))[0];
}
