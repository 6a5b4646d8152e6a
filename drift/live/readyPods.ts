/**
 * Pods that a workload asks for and that do not answer: the status of Deployments and StatefulSets. Not of DaemonSets,
 * whose nodes no program counts.
 */
import type { Value } from "../../inventory/resource";
import { reportedPods } from "../../inventory/kubernetes/workloads/runState";
import { amount, at, text } from "../../inventory/values";
import type { State } from "../state";
import type { WorkloadRecord } from "./record";
import type { LiveObservation } from "./observation";

/** Undefined for what has no uid, and where its status does not tell how many of its pods are ready. */
export function workloadOf(item: Value, kind: string): WorkloadRecord | undefined {
  const uid = text(at(item, "metadata", "uid"));
  const pods = uid === undefined ? undefined : reportedPods(item, kind);
  return uid === undefined || pods === undefined ? undefined : { kind: "workload", uid, ...pods };
}

/** Workloads with fewer pods ready than are asked for. Of several answers the last one counts, as of a later look. */
export function observeReadyPods(records: readonly WorkloadRecord[], desired: State): readonly LiveObservation[] {
  const short = new Map(records.map((record) => [record.uid, record]));
  for (const [uid, { asked, ready }] of short) if (ready >= asked) short.delete(uid);
  if (short.size === 0) return [];
  return [...desired.values()].flatMap(({ urn, type, custom, outputs, resource }): readonly LiveObservation[] => {
    if (!custom || !type.startsWith("kubernetes:apps/")) return [];
    // Two clusters may have workloads of one name; a uid is one object's alone.
    const record = short.get(text(at(outputs, "metadata", "uid")) ?? "");
    if (record === undefined) return [];
    // What somebody has scaled down is drift of its own, and no promise.
    const promised = Math.max(record.asked, amount(at(resource.properties, "spec", "replicas")) ?? 1);
    return [{ urn, path: ["readyPods"], promised, found: record.ready, onlyIfRead: true }];
  });
}
