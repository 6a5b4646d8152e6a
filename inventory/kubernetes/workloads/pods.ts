/** What the workloads of Kubernetes have in common: a pod's template, and where the scheduler may put the pods. */
import { known, topologyKeys, unknown, type Known, type Placement, type SchedulingFact } from "../../../model";
import type { Draft, Unit } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { facilitiesOf } from "../cluster/controlPlane";
import { amount, at, field, items, propertyPath, sortedUnique, text } from "../../values";

/** What Kubernetes waits for a silent node before it evicts (admission plugin DefaultTolerationSeconds). */
const defaultTolerationSeconds = 300;
const awayKeys = ["node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready"] as const;

/** Keys whose values are parts of a site; spreading over them spreads over what a stretched cluster spans. */
const siteKeys: ReadonlySet<string> = new Set([topologyKeys.zone, topologyKeys.region, topologyKeys.facility]);

export const podPath = ["spec", "template", "spec"] as const;

export function namespaceOf(resource: Resource): string {
  return text(at(resource.properties, "metadata", "namespace")) ?? "default";
}

/** Name in the cluster, with the namespace where it is not the default one. */
export function workloadName(resource: Resource): string {
  const name = text(at(resource.properties, "metadata", "name")) ?? resource.name;
  const namespace = namespaceOf(resource);
  return namespace === "default" ? name : `${namespace}/${name}`;
}

/** Topology keys over which the pods must spread; "should" proves nothing. */
function spreadOver(spec: Value): readonly string[] {
  const constraints = items(field(spec, "topologySpreadConstraints"));
  return sortedUnique(
    constraints.flatMap((one) =>
      field(one, "whenUnsatisfiable") === "DoNotSchedule" ? (text(field(one, "topologyKey")) ?? []) : [],
    ),
  );
}

function antiAffinityOver(spec: Value): readonly string[] {
  const terms = at(spec, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  return sortedUnique(items(terms).flatMap((term) => text(field(term, "topologyKey")) ?? []));
}

/**
 * Where the pods stand. In a cluster of one building, there. In a cluster over several places, over all of them where
 * the pods must spread; else nobody knows, because the scheduler may put them all in one.
 */
export function placesOf(resource: Resource, context: ReadContext): Known<readonly Placement[]> {
  return placesOfPods(resource, at(resource.properties, ...podPath), context);
}

/** The same for pods whose template stands elsewhere in the object. */
export function placesOfPods(resource: Resource, spec: Value, context: ReadContext): Known<readonly Placement[]> {
  const { sites } = context.clusters.of(resource);
  if (!sites.known) return sites;
  const all = sites.value.flatMap(({ placements }) => placements);
  if (all.length === 0) return unknown(propertyPath(resource, "metadata", "namespace"));
  if (all.length === 1) return known(all);
  const keys = [...spreadOver(spec), ...antiAffinityOver(spec)];
  if (keys.some((key) => siteKeys.has(key))) return known(all);
  return unknown(propertyPath(resource, ...podPath, "topologySpreadConstraints"));
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
    spreadOver: spreadOver(spec),
    antiAffinityOver: antiAffinityOver(spec),
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

function requestsSet(spec: Value): boolean {
  const containers = items(field(spec, "containers"));
  return (
    containers.length > 0 &&
    containers.every((container) => {
      const resources = field(container, "resources");
      return ["cpu", "memory"].every((kind) => {
        // A limit without a request is taken as the request (Kubernetes, resource management).
        const value = at(resources, "requests", kind) ?? at(resources, "limits", kind);
        return value !== undefined && value !== null;
      });
    })
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
