/**
 * Pods that a workload asks for and that do not answer: the status of Deployments and StatefulSets (Kubernetes API
 * reference). Not of DaemonSets, whose nodes no program counts.
 */
import type { Value } from "../../inventory/resource";
import { amount, at, field, items, text } from "../../inventory/values";
import type { State } from "../state";
import type { WorkloadRecord } from "./record";
import type { LiveObservation } from "./observation";

/**
 * Undefined for any other kind, where the status is not told, and while pods are being replaced: then some are not
 * ready by design.
 */
export function workloadOf(item: Value, kind: string): WorkloadRecord | undefined {
  const uid = text(at(item, "metadata", "uid"));
  const status = field(item, "status");
  if (uid === undefined || typeof status !== "object" || status === null) return undefined;
  const isReplacing = replacing.get(kind);
  const isOld = (amount(field(status, "observedGeneration")) ?? 0) < (amount(at(item, "metadata", "generation")) ?? 0);
  if (isReplacing === undefined || isOld || isReplacing(item)) return undefined;
  // The API leaves out what is 0, and asks for one pod where nothing is said.
  const [asked, ready] = [amount(at(item, "spec", "replicas")) ?? 1, amount(field(status, "readyReplicas")) ?? 0];
  return { kind: "workload", uid, asked, ready };
}

/** Whether pods are being replaced, by the kind of the workload. */
const replacing: ReadonlyMap<string, (item: Value) => boolean> = new Map([
  ["Deployment", isRollingOut],
  ["StatefulSet", isReplacingPods],
]);

/**
 * Once it is complete the reason stays, whatever becomes of its pods; a rollout that is stuck has the status False
 * ("Deployment status" in the Kubernetes documentation). Without a deadline for progress there is no condition.
 */
function isRollingOut(deployment: Value): boolean {
  const conditions = items(at(deployment, "status", "conditions"));
  const progress = conditions.find((one) => field(one, "type") === "Progressing");
  return field(progress, "status") === "True" && field(progress, "reason") !== "NewReplicaSetAvailable";
}

/** The two revisions differ for good where only some pods are to be replaced, or by hand. */
function isReplacingPods(set: Value): boolean {
  const strategy = at(set, "spec", "updateStrategy");
  const partition = amount(at(strategy, "rollingUpdate", "partition")) ?? 0;
  if (field(strategy, "type") === "OnDelete" || partition > 0) return false;
  return text(at(set, "status", "currentRevision")) !== text(at(set, "status", "updateRevision"));
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
