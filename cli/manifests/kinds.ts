/** What has to be known of a kind to print its objects: whether it is in a namespace, and what must exist before it. */
import { kindsWith } from "../../inventory/kubernetes/registry";

/** Of a kind that a custom resource defines only the cluster knows it. */
const clusterScoped: ReadonlySet<string> = new Set([...kindsWith("clusterScoped").keys()].map(kindOf));

const places: ReadonlyMap<string, number> = new Map(
  [...kindsWith("applied")].map(([key, place]) => [kindOf(key), place] as const),
);

const last = Math.max(...places.values()) + 1;

export function isClusterScoped(kind: string): boolean {
  return clusterScoped.has(kind);
}

/** One digit: what sorts first is applied first. */
export function applyOrder(kind: string): number {
  return places.get(kind) ?? last;
}

/** `Role` of `rbac.authorization.k8s.io/Role`. */
function kindOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
