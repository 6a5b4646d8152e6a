/** The objects of Kubernetes as the harness looks at them, and where the API server keeps them. */

/** Name and namespace of an object. */
export interface Place {
  readonly name: string;
  readonly namespace: string;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly generation?: number;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Metadata;
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string; readonly priority?: number; readonly priorityClassName?: string };
  readonly status: {
    readonly phase?: string;
    readonly nominatedNodeName?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** Plural of a kind in a path. */
const plurals: Readonly<Record<string, string>> = {
  CustomResourceDefinition: "customresourcedefinitions",
  Deployment: "deployments",
  Gateway: "gateways",
  HTTPRoute: "httproutes",
  Namespace: "namespaces",
  NetworkPolicy: "networkpolicies",
  Node: "nodes",
  PersistentVolume: "persistentvolumes",
  PersistentVolumeClaim: "persistentvolumeclaims",
  PodDisruptionBudget: "poddisruptionbudgets",
  PriorityClass: "priorityclasses",
  Secret: "secrets",
  Service: "services",
  ServiceAccount: "serviceaccounts",
  StatefulSet: "statefulsets",
  StorageClass: "storageclasses",
};
const clusterScoped: ReadonlySet<string> = new Set([
  "CustomResourceDefinition",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "StorageClass",
]);

/** Path of the collection that an object is in. */
export function collectionOf({ apiVersion = "v1", kind = "", metadata }: KubernetesObject): string {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`The harness does not know the plural of ${kind}: add it to its table.`);
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = clusterScoped.has(kind) ? "" : `/namespaces/${metadata.namespace ?? "default"}`;
  return `${root}${inside}/${plural}`;
}

export function pathOf(object: KubernetesObject): string {
  return `${collectionOf(object)}/${object.metadata.name}`;
}

export function placeOf({ metadata }: KubernetesObject): Place {
  return { name: metadata.name, namespace: metadata.namespace ?? "default" };
}

export function podPath({ name, namespace }: Place): string {
  return `/api/v1/namespaces/${namespace}/pods/${name}`;
}

export function conditionOf(pod: Pod, type: string): Condition | undefined {
  return pod.status.conditions?.find((condition) => condition.type === type);
}

export function isReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && conditionOf(pod, "Ready")?.status === "True";
}
