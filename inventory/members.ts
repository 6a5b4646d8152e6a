/** Parts and the whole that they name: instances of a cluster, node groups, listeners of an accelerator. */
import type { Resource } from "./resource";
import type { Stack } from "./stack";
import { field } from "./values";
import { addTo } from "../lib/lists";
import { byText } from "../lib/order";
import { memoize } from "../lib/memo";

type Members = ReadonlyMap<Resource, readonly Resource[]>;
const indexesOf = memoize((_stack: Stack) => new Map<string, Members>());

/**
 * Resources of these types by the owner that a property of theirs names, sorted by URN; read once for each stack.
 *
 * @param owners types that the property can name
 */
export function membersBy(
  stack: Stack,
  types: readonly string[],
  property: string,
  owners: readonly string[],
): Members {
  const cache = indexesOf(stack);
  const key = [property, ...types, "of", ...owners].join(" ");
  let index = cache.get(key);
  if (index === undefined) {
    const lists = new Map<Resource, Resource[]>();
    for (const resource of types.flatMap((type) => stack.ofType(type))) {
      const value = field(resource.properties, property);
      for (const owner of stack.references(resource, property, owners, value).resources) {
        addTo(lists, owner, resource);
      }
    }
    for (const list of lists.values()) list.sort((a, b) => byText(a.urn, b.urn));
    cache.set(key, (index = lists));
  }
  return index;
}

/** The members of one owner; none where nothing names it. */
export function membersOf(
  stack: Stack,
  owner: Resource,
  types: readonly string[],
  property: string,
  owners: readonly string[],
): readonly Resource[] {
  return membersBy(stack, types, property, owners).get(owner) ?? [];
}
