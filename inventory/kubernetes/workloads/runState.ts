/** Pods that a workload asks for and those of them that answer, by its own status (Kubernetes API reference). */
import type { Resource, Value } from "../../resource";
import { liveReadyPods } from "../../live";
import { amount, at, field, items, text } from "../../values";

/** Pods of a workload by its status: how many it asks for, and how many are ready. */
export interface ReportedPods {
  readonly asked: number;
  readonly ready: number;
}

/**
 * Of a Deployment or a StatefulSet as an API server answers it. Undefined for any other kind, where the status is not
 * told, and while pods are being replaced: then some are not ready by design.
 */
export function reportedPods(item: Value, kind: string): ReportedPods | undefined {
  const status = field(item, "status");
  if (typeof status !== "object" || status === null) return undefined;
  const isReplacing = replacing.get(kind);
  if (isReplacing === undefined || isOld(item) || isReplacing(item)) return undefined;
  // The API leaves out what is 0, and asks for one pod where nothing is said.
  return { asked: amount(at(item, "spec", "replicas")) ?? 1, ready: amount(field(status, "readyReplicas")) ?? 0 };
}

/** Whether the status is of an older specification than the one that is told with it. */
function isOld(item: Value): boolean {
  const observed = amount(at(item, "status", "observedGeneration"));
  return (observed ?? 0) < (amount(at(item, "metadata", "generation")) ?? 0);
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

/** Counts of pods, of which a status that tells of pods at all has one; what a state holds may tell of none yet. */
const counts = ["replicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "updatedReplicas"] as const;

/**
 * How many pods of a workload are known to be ready, by a live look or else by the status that a state or a list of
 * live objects holds; undefined where neither tells.
 */
export function readyPodsOf(resource: Resource): number | undefined {
  const live = liveReadyPods(resource);
  if (live !== undefined) return live;
  const { properties, type } = resource;
  const status = field(properties, "status");
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (kind === "DaemonSet") return isOld(properties) ? undefined : amount(field(status, "numberReady"));
  if (!counts.some((key) => amount(field(status, key)) !== undefined)) return undefined;
  return reportedPods(properties, kind === "Rollout" ? "Deployment" : kind)?.ready;
}
