/** What stands and serves nobody, as a read tells it: its units are none. */
import { known } from "../../model";
import { isOutOfService } from "../aws/runState";
import type { Unit } from "../draft";
import type { Stack } from "../stack";

/** The units, of which those whose own resource is out of service run nothing. */
export function withoutStopped(units: readonly Unit[], stack: Stack): readonly Unit[] {
  return units.map((unit) => {
    if (isOutOfService(unit.resource, stack)) return { ...unit, replicas: unit.replicas.map(stop) };
    // The members of a cluster are its replicas, and each has a state of its own.
    const isOut = (urn: string): boolean => {
      const member = urn === unit.resource.urn ? undefined : stack.get(urn);
      return member !== undefined && isOutOfService(member, stack);
    };
    if (!unit.replicas.some(({ urn }) => isOut(urn))) return unit;
    return { ...unit, replicas: unit.replicas.map((replica) => (isOut(replica.urn) ? stop(replica) : replica)) };
  });
}

function stop(replica: Unit["replicas"][number]): Unit["replicas"][number] {
  return { ...replica, units: known(0) };
}
