/** What the workloads of Kubernetes have in common: a pod's template, and where the scheduler may put the pods. */
import { unknown, type Known, type Placement, type SchedulingFact } from "../../../model";
import type { Draft, Unit } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { facilitiesOf } from "../cluster/controlPlane";
import { namespaceOf } from "../namespace";
import { templateOf } from "../placement/others";
import { admittedOf } from "../placement/quotas";
import { rulesOf } from "../placement/rules";
import { standingOf, type PodStanding } from "../placement/standing";
import { daemonSet } from "./types";
import { amount, at, field, items, propertyPath, sortedUnique, text } from "../../values";

/** What Kubernetes waits for a silent node before it evicts (admission plugin DefaultTolerationSeconds). */
const defaultTolerationSeconds = 300;
const awayKeys = ["node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready"] as const;

export const podPath = ["spec", "template", "spec"] as const;

export { namespaceOf };

/** Name in the cluster, with the namespace where it is not the default one. */
export function workloadName(resource: Resource): string {
  const name = text(at(resource.properties, "metadata", "name")) ?? resource.name;
  const namespace = namespaceOf(resource);
  return namespace === "default" ? name : `${namespace}/${name}`;
}

/** Where the pods of a workload stand at worst, and how many of them run. */
export function podsOf(resource: Resource, units: Known<number>, context: ReadContext, isDaemon = false): PodStanding {
  const admitted = isDaemon ? units : admittedOf(resource, units, context);
  const isRefused = admitted.known && admitted.value === 0 && units.known && units.value > 0;
  const pods = { ...templateOf(resource), path: podPath, units: admitted, isDaemon, isRefused };
  return standingOf(resource, pods, context);
}

/**
 * Places of the pods of a workload, however many they are. In a cluster of one building, there. In a cluster over
 * several places, over those over which hard rules spread them; else nobody knows, because the scheduler may put them
 * all in one.
 */
export function placesOf(resource: Resource, context: ReadContext): Known<readonly Placement[]> {
  return podsOf(resource, manyPods(resource), context).places;
}

/** The same for pods whose template stands elsewhere in the object, and whose labels an operator sets. */
export function placesOfPods(resource: Resource, spec: Value, context: ReadContext): Known<readonly Placement[]> {
  const namespace = namespaceOf(resource);
  return standingOf(resource, { spec, namespace, path: podPath, units: manyPods(resource) }, context).places;
}

function manyPods(resource: Resource): Known<number> {
  return unknown(propertyPath(resource, "spec", "replicas"));
}

/** Topology keys of rules that keep a workload's own pods apart: not of one that lets all of them stand together. */
function keysApart(
  resource: Resource,
  replicas: Known<number>,
): Pick<SchedulingFact, "spreadOver" | "antiAffinityOver"> {
  const template = templateOf(resource);
  // Bound to one node, they are not asked.
  if (text(field(template.spec, "nodeName")) !== undefined) return { spreadOver: [], antiAffinityOver: [] };
  const { spread, apart } = rulesOf(template);
  const parts = spread.filter(({ own, maxSkew }) => own !== "no" && (!replicas.known || maxSkew < replicas.value));
  return {
    spreadOver: sortedUnique(parts.map(({ key }) => key)),
    antiAffinityOver: sortedUnique(apart.flatMap(({ own, key }) => (own === "no" ? [] : [key]))),
  };
}

/** Places what an operator or a request starts, in the cluster of its object. */
export function placeInCluster(
  resource: Resource,
  unit: Pick<Unit, "layer" | "sharing" | "replicas" | "quorum">,
  into: Draft,
  { clusters }: ReadContext,
): void {
  into.place({ resource, scope: clusters.of(resource).key, workload: workloadName(resource), ...unit });
}

export function schedulingOf(resource: Resource, replicas: Known<number>, context: ReadContext): SchedulingFact {
  const spec = at(resource.properties, ...podPath);
  const cluster = context.clusters.of(resource);
  const facilities = facilitiesOf(cluster.sites);
  const priorityClass = text(field(spec, "priorityClassName")) ?? priorityClassBehind(resource, context);
  return {
    kind: "scheduling",
    urn: resource.urn,
    cluster: cluster.name,
    replicas,
    ...keysApart(resource, replicas),
    ...(resource.type === daemonSet ? { onEveryNode: true } : {}),
    requestsSet: requestsSet(spec),
    ...(priorityClass === undefined ? {} : { priorityClass }),
    unreachableTolerationSeconds: tolerationOf(spec),
    ...(facilities.length === 0 ? {} : { facilities }),
    controlPlane: cluster.controlPlane,
  };
}

/** The name of the one priority class that the workload was made from, where a preview does not know the name yet. */
function priorityClassBehind(resource: Resource, { stack }: ReadContext): string | undefined {
  if (typeof at(resource.properties, ...podPath, "priorityClassName") !== "symbol") return undefined;
  const classes = stack.edges(resource, "spec", ["kubernetes:scheduling.k8s.io/v1:PriorityClass"]);
  const [only] = classes;
  return classes.length === 1 ? (text(at(only?.properties, "metadata", "name")) ?? only?.name) : undefined;
}

/**
 * Whether every container states what it needs: a limit without a request is taken as the request, and what the pod
 * states for all of them together holds for each ("Assign Pod-level CPU and memory resources", on since 1.34).
 */
function requestsSet(spec: Value): boolean {
  const containers = items(field(spec, "containers"));
  const states = (holder: Value, kind: string) => {
    const resources = field(holder, "resources");
    return (at(resources, "requests", kind) ?? at(resources, "limits", kind)) !== undefined;
  };
  return (
    containers.length > 0 &&
    ["cpu", "memory"].every((kind) => states(spec, kind) || containers.every((container) => states(container, kind)))
  );
}

/**
 * Seconds that a pod stays bound to a silent node: the longest of both taints. Admission adds 300 for a taint that
 * nothing tolerates; a toleration without a key tolerates every taint, and one without seconds for ever.
 */
export function tolerationOf(spec: Value): number {
  const tolerations = items(field(spec, "tolerations"));
  const evicts = (one: Value) =>
    [undefined, null, "", "NoExecute"].includes(field(one, "effect") as string | undefined);
  const named = tolerations.filter((one) => evicts(one) && awayKeys.some((key) => key === field(one, "key")));
  const everything = tolerations.filter(
    (one) => evicts(one) && text(field(one, "key")) === undefined && field(one, "operator") === "Exists",
  );
  const seconds = [...named, ...everything].map((one) => amount(field(one, "tolerationSeconds")) ?? Infinity);
  return seconds.length === 0 ? defaultTolerationSeconds : Math.max(...seconds);
}
