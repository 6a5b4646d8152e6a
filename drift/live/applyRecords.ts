/**
 * What records say of resources of a state, laid on both of its sides: as it was promised, and as it is. From there on
 * it is compared, read by the model and judged like any property that has drifted.
 */
import { listsBy } from "../../lib/lists";
import { liveProperty } from "../../inventory/live";
import type { Properties, Value } from "../../inventory/resource";
import type { Estate } from "../../model";
import type { State, StateResource } from "../state";
import { ResourceIndex } from "./resourceIndex";
import { observeAlarms } from "./alarms";
import { observeBackups } from "./backups";
import { observeReadyPods } from "./readyPods";
import { ofKind, type LiveRecord } from "./record";
import type { LiveObservation } from "./observation";
import { observeSwitches } from "./switches";
import { withoutProperties } from "../withoutProperties";

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
export function applyLiveRecords(
  { desired, actual }: LiveStates,
  records: readonly LiveRecord[],
  deployed: Estate,
  now: number,
): LiveStates {
  const index = new ResourceIndex(desired);
  const observations = [
    ...observeSwitches(ofKind(records, "switch"), index),
    ...observeBackups(records, desired, index, now),
    ...observeReadyPods(ofKind(records, "workload"), desired),
    ...observeAlarms(ofKind(records, "alarm"), deployed, index),
  ];
  if (observations.length === 0) return { desired, actual };
  return {
    desired: withObservations(desired, observations, "promised"),
    actual: withObservations(actual, observations, "found"),
  };
}

function withObservations(state: State, observations: readonly LiveObservation[], side: "promised" | "found"): State {
  const changed = new Map(state);
  for (const [urn, all] of listsBy(observations, (each) => each.urn)) {
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

function valueOf(observations: readonly LiveObservation[], side: "promised" | "found"): Properties {
  const value: Record<string, Value> = {};
  for (const { path, [side]: leaf } of observations) {
    const [key = "", inner] = path;
    value[key] = inner === undefined ? leaf : { ...(value[key] as Properties | undefined), [inner]: leaf };
  }
  return value;
}

/** A property that only the cloud answers is drift where the model reads it; one that was asked for always is. */
function withLive(one: StateResource, live: Properties, asked: Properties): StateResource {
  return {
    ...one,
    inputs: Object.keys(asked).length === 0 ? one.inputs : { ...one.inputs, [liveProperty]: asked },
    outputs: { ...one.outputs, [liveProperty]: live },
    resource: {
      ...withoutProperties(one.resource),
      properties: { ...one.resource.properties, [liveProperty]: live },
    },
  };
}
