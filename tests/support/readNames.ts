/** Which names a reader looks for, found by letting it look: fuzzing then gives wrong values under the right names. */
import { readEstate } from "../../inventory/readEstate";
import type { Properties, Resource, Value } from "../../inventory/resource";

/** Names by what stands in them; a list is as transparent as its members. */
export interface NameTree {
  readonly [name: string]: NameTree;
}

class Growing extends Map<string, Growing> {}

/** So deep below its properties no reader looks. */
const deepest = 8;

/** Shapes that the answers take: what a reader asks for inside depends on what it finds outside. */
const shapes = ["objects", "lists", "texts"] as const;

/** Every name that is looked for in the properties of a resource of this type. */
export function namesReadOf(type: string): NameTree {
  const asked = new Growing();
  for (const shape of shapes) {
    const one: Resource = {
      urn: `urn:pulumi:a::b::${type}::one`,
      type,
      name: "one",
      custom: !type.startsWith("duplex:"),
      properties: listening(asked, shape, 0) as Properties,
      propertyDependencies: {},
      dependencies: [],
    };
    readEstate([one]);
  }
  return treeOf(asked);
}

/** All names of a tree, each once, sorted. */
export function flat(tree: NameTree): readonly string[] {
  return [...new Set(Object.entries(tree).flatMap(([name, inner]) => [name, ...flat(inner)]))].sort();
}

function treeOf(asked: Growing): NameTree {
  return Object.fromEntries([...asked].map(([name, inner]) => [name, treeOf(inner)]));
}

/** A value that has whatever it is asked for, and remembers what that was. */
function listening(asked: Growing, shape: (typeof shapes)[number], depth: number): Value {
  if (depth > deepest || (shape === "texts" && depth > 1)) return "one";
  const answer = (key: string): Value => {
    const isMember = shape === "lists" && /^\d+$/.test(key);
    const inner = isMember ? asked : (asked.get(key) ?? new Growing());
    if (!isMember) asked.set(key, inner);
    const value = listening(inner, shape, depth + 1);
    return shape === "lists" && !isMember ? [value] : value;
  };
  return new Proxy<Record<string, Value>>(
    {},
    {
      getOwnPropertyDescriptor: (_, key) =>
        typeof key === "string"
          ? { value: answer(key), enumerable: true, configurable: true, writable: true }
          : undefined,
      get: (_, key) => (typeof key === "string" ? answer(key) : undefined),
      ownKeys: () => [],
    },
  );
}
