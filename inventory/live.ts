/**
 * What is known of a running object beside its properties, as `duplex drift --live` lays it on a resource: a switch
 * that is off, a backup that is late, pods that are not ready, an alarm that has gone off. No state and no preview
 * holds any of it.
 */
import type { Resource } from "./resource";
import { amount, at, entries } from "./values";

/** The property that it stands under; no provider of AWS or Kubernetes has one of this name. */
export const liveProperty = "live";

/** Whether a switch of the Application Recovery Controller is off. */
export function isSwitchedOff({ properties }: Resource): boolean {
  return at(properties, liveProperty, "state") === "Off";
}

/** Age of the newest backup of a store in seconds; undefined where nobody has said. */
export function liveBackupAge({ properties }: Resource): number | undefined {
  return amount(at(properties, liveProperty, "newestBackupAgeSeconds"));
}

/** How many pods of a workload are ready; undefined where nobody has said. */
export function liveReadyPods({ properties }: Resource): number | undefined {
  return amount(at(properties, liveProperty, "readyPods"));
}

/** Whether an alarm on the replication lag of a store has gone off: then nobody knows how far its copies are behind. */
export function isLagging({ properties }: Resource): boolean {
  return entries(at(properties, liveProperty, "replicationLag")).some(([, state]) => state === "ALARM");
}
