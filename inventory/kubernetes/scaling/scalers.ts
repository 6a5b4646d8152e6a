/** What scales a workload: HorizontalPodAutoscalers, KEDA's scaled objects, and CronJobs that call `kubectl scale`. */
import { known, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amountAt, at, text } from "../../values";
import { namespaceOf } from "../workloads/pods";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { boundsOfScaler, isScaledObject, scaledObjectTypes, type Bounds } from "./bounds";
import { timedScalings } from "./timedScaling";

const scalerTypes = [
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v2beta2:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v2beta1:HorizontalPodAutoscaler",
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
  ...scaledObjectTypes,
] as const;

export const scalers: Reader = {
  gives: "bounds of the scaling, and the pods that are always there",
  types: scalerTypes,
  read(resource, into, context) {
    const target = indexOf(context).byScaler.get(resource);
    if (target === undefined) {
      into.skip(resource, `It scales ${targetWords(resource)}, which is not in the stack, so it scales nothing here.`);
      return;
    }
    const bounds = boundsOfScaler(resource, target);
    if (bounds === undefined) into.attach(resource);
    else {
      const { minimum, maximum } = bounds;
      into.state({ kind: "autoscaling", urn: resource.urn, workload: target.urn, minimum, maximum }, target.urn);
    }
  },
};

function targetWords(scaler: Resource): string {
  const { kind, name } = referenceOf(scaler);
  return name === undefined ? "a workload that its reference does not name" : `${kind} "${name}"`;
}

/**
 * The bounds within which everything that scales a workload together keeps it: the least of all minima, the most of all
 * maxima. Undefined where nothing scales it.
 */
export function boundsOf(workload: Resource, context: ReadContext): Bounds | undefined {
  const { byWorkload, leastByWorkload } = indexOf(context);
  const all = (byWorkload.get(workload) ?? []).flatMap((scaler) => boundsOfScaler(scaler, workload) ?? []);
  const least = leastByWorkload.get(workload);
  if (least !== undefined) {
    const asked = amountAt(workload, ["spec", "replicas"], 1);
    all.push({ minimum: known(least), maximum: all.length > 0 ? known(least) : asked, held: true });
  }
  return all.length < 2 ? all[0] : all.reduce(joint);
}

function joint(one: Bounds, other: Bounds): Bounds {
  return {
    minimum: either(one.minimum, other.minimum, Math.min),
    maximum: either(one.maximum, other.maximum, Math.max),
    held: one.held === true || other.held === true,
  };
}

function either(a: Known<number>, b: Known<number>, choose: (a: number, b: number) => number): Known<number> {
  if (!a.known) return a;
  return b.known ? known(choose(a.value, b.value)) : b;
}

interface Index {
  readonly byWorkload: ReadonlyMap<Resource, readonly Resource[]>;
  readonly byScaler: ReadonlyMap<Resource, Resource>;
  /** The fewest pods that a schedule leaves. */
  readonly leastByWorkload: ReadonlyMap<Resource, number>;
}

const indexOf = memoize((context: ReadContext): Index => {
  const byWorkload = new Map<Resource, Resource[]>();
  const byScaler = new Map<Resource, Resource>();
  const leastByWorkload = new Map<Resource, number>();
  const scalersHere = scalerTypes.flatMap((type) => context.stack.ofType(type));
  const timed = timedScalings(context);
  if (scalersHere.length + timed.length === 0) return { byWorkload, byScaler, leastByWorkload };
  const named = workloadsByName(context);
  for (const scaler of scalersHere) {
    const { kind, name } = referenceOf(scaler);
    const edges = context.stack.edges(scaler, "spec", workloadKinds);
    const [only, ...others] = edges;
    const target =
      name === undefined
        ? others.length === 0
          ? only
          : undefined
        : named.get(nameKey(scaler, namespaceOf(scaler), kind, name, context));
    if (target === undefined) continue;
    addTo(byWorkload, target, scaler);
    byScaler.set(scaler, target);
  }
  for (const { job, namespace, kind, name, replicas } of timed) {
    const target = named.get(nameKey(job, namespace, kind, name, context));
    if (target !== undefined) {
      leastByWorkload.set(target, Math.min(replicas, leastByWorkload.get(target) ?? Infinity));
    }
  }
  return { byWorkload, byScaler, leastByWorkload };
});

function referenceOf(scaler: Resource): { readonly kind: string; readonly name: string | undefined } {
  const reference = at(scaler.properties, "spec", "scaleTargetRef");
  const kind = text(at(reference, "kind")) ?? (isScaledObject(scaler) ? "Deployment" : "");
  return { kind, name: text(at(reference, "name")) };
}

const workloadKinds = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

function workloadsByName(context: ReadContext): Map<string, Resource> {
  const named = new Map<string, Resource>();
  for (const workload of workloadKinds.flatMap((type) => context.stack.ofType(type))) {
    const kind = workload.type.slice(workload.type.lastIndexOf(":") + 1);
    const name = text(at(workload.properties, "metadata", "name")) ?? workload.name;
    named.set(nameKey(workload, namespaceOf(workload), kind, name, context), workload);
  }
  return named;
}

function nameKey(near: Resource, namespace: string, kind: string, name: string, { clusters }: ReadContext): string {
  return [clusters.of(near).key, namespace, kind, name].join(" ");
}
