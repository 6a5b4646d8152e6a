/** Horizontal pod autoscalers, KEDA's scaled objects, and the workload that each of them scales. */
import { known, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amount, amountAt, at, text } from "../../values";
import { namespaceOf } from "../workloads/pods";
import { memoize } from "../../../lib/memo";

/** KEDA makes an autoscaler of each, which the engine does not know. */
const scaledObjectTypes = ["kubernetes:keda.sh/v1alpha1:ScaledObject"] as const;
const scalerTypes = [
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
  ...scaledObjectTypes,
] as const;

interface Bounds {
  readonly minimum: Known<number>;
  readonly maximum: Known<number>;
}

/** The fewest and the most pods of a scaler; what it leaves out is the default of its kind (its API reference). */
export function boundsOf(scaler: Resource): Bounds {
  if (!isScaledObject(scaler)) {
    return {
      minimum: amountAt(scaler, ["spec", "minReplicas"], 1),
      maximum: amountAt(scaler, ["spec", "maxReplicas"], 1),
    };
  }
  const paused = at(scaler.properties, "metadata", "annotations", "autoscaling.keda.sh/paused-replicas");
  const number = amount(paused);
  if (number !== undefined) return { minimum: known(number), maximum: known(number) };
  return {
    minimum: amountAt(scaler, ["spec", "minReplicaCount"], 0),
    maximum: amountAt(scaler, ["spec", "maxReplicaCount"], 100),
  };
}

function isScaledObject({ type }: Resource): boolean {
  return scaledObjectTypes.some((one) => one === type);
}

export const scalers: Reader = {
  gives: "bounds of the scaling, and the pods that are always there",
  types: scalerTypes,
  read(resource, into, context) {
    const target = targetsOf(context).get(resource);
    into.state({ kind: "autoscaling", urn: resource.urn, ...boundsOf(resource) }, target?.urn ?? resource.urn);
  },
};

/** The scaler of a workload, if there is one. */
export function scalerOf(workload: Resource, context: ReadContext): Resource | undefined {
  return indexOf(context).byWorkload.get(workload);
}

function targetsOf(context: ReadContext): ReadonlyMap<Resource, Resource> {
  return indexOf(context).byScaler;
}

interface Index {
  readonly byWorkload: ReadonlyMap<Resource, Resource>;
  readonly byScaler: ReadonlyMap<Resource, Resource>;
}

const indexOf = memoize((context: ReadContext): Index => {
  const byWorkload = new Map<Resource, Resource>();
  const byScaler = new Map<Resource, Resource>();
  const scalersHere = scalerTypes.flatMap((type) => context.stack.ofType(type));
  const named = scalersHere.length === 0 ? new Map<string, Resource>() : workloadsByName(context);
  for (const scaler of scalersHere) {
    const reference = at(scaler.properties, "spec", "scaleTargetRef");
    const kind = text(at(reference, "kind")) ?? (isScaledObject(scaler) ? "Deployment" : "");
    const name = text(at(reference, "name"));
    const edges = context.stack.edges(scaler, "spec", workloadKinds);
    const target =
      name === undefined
        ? edges.length === 1
          ? edges[0]
          : undefined
        : named.get(nameKey(scaler, kind, name, context));
    if (target === undefined) continue;
    byWorkload.set(target, scaler);
    byScaler.set(scaler, target);
  }
  return { byWorkload, byScaler };
});

const workloadKinds = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

function workloadsByName(context: ReadContext): Map<string, Resource> {
  const named = new Map<string, Resource>();
  for (const workload of workloadKinds.flatMap((type) => context.stack.ofType(type))) {
    const kind = workload.type.slice(workload.type.lastIndexOf(":") + 1);
    named.set(
      nameKey(workload, kind, text(at(workload.properties, "metadata", "name")) ?? workload.name, context),
      workload,
    );
  }
  return named;
}

function nameKey(resource: Resource, kind: string, name: string, { clusters }: ReadContext): string {
  return [clusters.of(resource).key, namespaceOf(resource), kind, name].join(" ");
}
