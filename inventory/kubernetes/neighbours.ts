/** Objects of Kubernetes by the cluster and namespace that they are in. */
import type { ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { at, text } from "../values";
import { namespaceOf } from "./namespace";
import { listsBy } from "../../lib/lists";
import { memoize } from "../../lib/memo";

const none: readonly Resource[] = [];

type Homes = ReadonlyMap<string, readonly Resource[]>;
const indexesOf = memoize((_context: ReadContext) => new Map<string, Homes>());

/** Objects of these types in the cluster and namespace of another. */
export function neighbours(resource: Resource, types: readonly string[], context: ReadContext): readonly Resource[] {
  return homesOf(types, context).get(homeOf(resource, context)) ?? none;
}

/** The same in another namespace of its cluster. */
export function neighboursIn(
  resource: Resource,
  namespace: string,
  types: readonly string[],
  context: ReadContext,
): readonly Resource[] {
  if (namespace === namespaceOf(resource)) return neighbours(resource, types, context);
  return homesOf(types, context).get(`${context.clusters.of(resource).key} ${namespace}`) ?? none;
}

const valuesOf = memoize((_here: readonly Resource[]) => new Map<string, ReadonlyMap<Value, readonly Resource[]>>());

/**
 * Those of some neighbours that have a value, in their order: told by an index, for everything in a namespace is asked
 * for with everything else in it.
 *
 * @param what names what `read` reads
 */
export function neighboursAt(
  here: readonly Resource[],
  what: string,
  value: Value,
  read: (one: Resource) => Value,
): readonly Resource[] {
  const indexed = valuesOf(here);
  let index = indexed.get(what);
  if (index === undefined) {
    indexed.set(what, (index = listsBy(here, read)));
  }
  return index.get(value) ?? none;
}

function homesOf(types: readonly string[], context: ReadContext): Homes {
  const byTypes = indexesOf(context);
  const kind = types.join(" ");
  let homes = byTypes.get(kind);
  if (homes === undefined) {
    const all = types.flatMap((type) => context.stack.ofType(type));
    byTypes.set(kind, (homes = listsBy(all, (one) => homeOf(one, context))));
  }
  return homes;
}

/**
 * Cluster and namespace; one that a preview does not know yet is the one of the namespace object that it is made from.
 */
function homeOf(resource: Resource, { clusters, stack }: ReadContext): string {
  const namespace = at(resource.properties, "metadata", "namespace");
  const [made] =
    typeof namespace === "symbol" ? stack.edges(resource, "metadata", ["kubernetes:core/v1:Namespace"]) : [];
  const name = made === undefined ? namespaceOf(resource) : (text(at(made.properties, "metadata", "name")) ?? made.urn);
  return `${clusters.of(resource).key} ${name}`;
}
