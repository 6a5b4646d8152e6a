/** Objects of Kubernetes by the cluster and namespace that they are in. */
import type { ReadContext } from "../reader";
import type { Resource } from "../resource";
import { at, text } from "../values";
import { namespaceOf } from "./pods";

type Homes = ReadonlyMap<string, readonly Resource[]>;
const indexes = new WeakMap<ReadContext, Map<string, Homes>>();

/** Objects of these types in the cluster and namespace of another. */
export function neighbours(resource: Resource, types: readonly string[], context: ReadContext): readonly Resource[] {
  return homesOf(types, context).get(homeOf(resource, context)) ?? [];
}

/** The same in another namespace of its cluster. */
export function neighboursIn(
  resource: Resource,
  namespace: string,
  types: readonly string[],
  context: ReadContext,
): readonly Resource[] {
  if (namespace === namespaceOf(resource)) return neighbours(resource, types, context);
  return homesOf(types, context).get(`${context.clusters.of(resource).key} ${namespace}`) ?? [];
}

function homesOf(types: readonly string[], context: ReadContext): Homes {
  const byTypes = indexes.get(context) ?? new Map<string, Homes>();
  indexes.set(context, byTypes);
  const kind = types.join(" ");
  let homes = byTypes.get(kind);
  if (homes === undefined) {
    const lists = new Map<string, Resource[]>();
    for (const one of types.flatMap((type) => context.stack.ofType(type))) {
      const key = homeOf(one, context);
      const list = lists.get(key);
      if (list) list.push(one);
      else lists.set(key, [one]);
    }
    byTypes.set(kind, (homes = lists));
  }
  return homes;
}

/** Cluster and namespace; one that a preview does not know yet is the one of the namespace object that it is made from. */
function homeOf(resource: Resource, { clusters, stack }: ReadContext): string {
  const namespace = at(resource.properties, "metadata", "namespace");
  const [made] =
    typeof namespace === "symbol" ? stack.edges(resource, "metadata", ["kubernetes:core/v1:Namespace"]) : [];
  const name = made === undefined ? namespaceOf(resource) : (text(at(made.properties, "metadata", "name")) ?? made.urn);
  return `${clusters.of(resource).key} ${name}`;
}
