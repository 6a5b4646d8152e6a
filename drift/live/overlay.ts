/**
 * What records say of resources of a state, laid on both of its sides: as it was promised, and as it is. From there on it
 * is compared, read by the model and judged like any property that has drifted.
 */
import { liveProperty } from "../../inventory/live";
import type { Properties, Value } from "../../inventory/resource";
import type { Estate } from "../../model";
import type { State, StateResource } from "../state";
import { PlacedResources } from "./placed";
import { alarmsSaid } from "./alarms";
import { backupsSaid } from "./backups";
import { readyPodsSaid } from "./readyPods";
import { ofKind, type LiveRecord } from "./record";
import type { Said } from "./said";
import { switchesSaid } from "./switches";
import { listsBy } from "../../lib/lists";

export interface LiveStates {
  readonly desired: State;
  readonly actual: State;
}

/**
 * Lays records on states.
 *
 * @param deployed the estate of the desired state: which services are critical
 * @param now milliseconds since 1970: what backups are late by
 */
export function laidLive(
  { desired, actual }: LiveStates,
  records: readonly LiveRecord[],
  deployed: Estate,
  now: number,
): LiveStates {
  const placed = new PlacedResources(desired);
  const said = [
    ...switchesSaid(ofKind(records, "switch"), placed),
    ...backupsSaid(records, desired, placed, now),
    ...readyPodsSaid(ofKind(records, "workload"), desired),
    ...alarmsSaid(ofKind(records, "alarm"), deployed, placed),
  ];
  if (said.length === 0) return { desired, actual };
  return { desired: withSaid(desired, said, "promised"), actual: withSaid(actual, said, "found") };
}

function withSaid(state: State, said: readonly Said[], side: "promised" | "found"): State {
  const changed = new Map(state);
  for (const [urn, all] of listsBy(said, (each) => each.urn)) {
    const one = state.get(urn);
    if (one === undefined) continue;
    const live = valueOf(all, side);
    const asked = valueOf(
      all.filter(({ onlyIfRead }) => onlyIfRead !== true),
      side,
    );
    changed.set(urn, withLive(one, live, asked));
  }
  return changed;
}

function valueOf(said: readonly Said[], side: "promised" | "found"): Properties {
  const value: Record<string, Value> = {};
  for (const { path, [side]: leaf } of said) {
    const [key = "", inner] = path;
    value[key] = inner === undefined ? leaf : { ...(value[key] as Properties | undefined), [inner]: leaf };
  }
  return value;
}

/** A property that only the cloud answers is drift where the model reads it; one that was asked for always is. */
function withLive(one: StateResource, live: Properties, asked: Properties): StateResource {
  const { urn, type, name, parent, provider, custom, id, properties, propertyDependencies, dependencies } =
    one.resource;
  return {
    ...one,
    inputs: Object.keys(asked).length === 0 ? one.inputs : { ...one.inputs, [liveProperty]: asked },
    outputs: { ...one.outputs, [liveProperty]: live },
    resource: {
      ...{ urn, type, name, custom, id, propertyDependencies, dependencies },
      ...(parent === undefined ? {} : { parent }),
      ...(provider === undefined ? {} : { provider }),
      properties: { ...properties, [liveProperty]: live },
    },
  };
}
