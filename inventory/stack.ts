/** The resources of one stack with the ways from one to another: parents, providers, references by edge or by value. */
import type { Urn } from "../model";
import { rowOf, typesWith } from "./aws/registry";
import { addressesOf } from "./kubernetes/network/addresses";
import { field, items, text } from "./values";
import { UNKNOWN, type Resource, type Value } from "./resource";

/** No tree of components is as deep; a cycle of parents is, for ever. */
const deepest = 1_000;
const none: readonly Resource[] = [];

export interface References {
  /** Resources that the property names, each once, in the order of the property. */
  readonly resources: readonly Resource[];
  /** True where the property names more, or may name others, than could be followed. */
  readonly open: boolean;
}

export class Stack {
  readonly resources: readonly Resource[];
  readonly #byUrn = new Map<Urn, Resource>();
  readonly #byType = new Map<string, Resource[]>();
  readonly #byIdentifier = new Map<string, Map<string, Resource>>();

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
    for (const resource of resources) {
      this.#byUrn.set(resource.urn, resource);
      const alike = this.#byType.get(resource.type);
      if (alike) alike.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  get(urn: Urn | undefined): Resource | undefined {
    return urn === undefined ? undefined : this.#byUrn.get(urn);
  }

  /** Each once, in the order in which they are first met. */
  get types(): Iterable<string> {
    return this.#byType.keys();
  }

  ofType(type: string): readonly Resource[] {
    return this.#byType.get(type) ?? none;
  }

  /** Parents from the nearest; ends at a cycle. */
  *ancestors(resource: Resource): Generator<Resource> {
    let next = this.get(resource.parent);
    for (let depth = 0; next !== undefined && depth < deepest; depth++) {
      if (next === resource) return;
      yield next;
      next = this.get(next.parent);
    }
  }

  providerOf(resource: Resource): Resource | undefined {
    return this.get(resource.provider);
  }

  /**
   * Resources that a property was made from; known in a preview too. Asked for types, an edge stands in for the value:
   * then there is none where the value has drifted from what it was made from.
   */
  edges(resource: Resource, property: string, types?: readonly string[]): readonly Resource[] {
    if (types !== undefined && resource.drifted?.has(property) === true) return none;
    const urns = Object.hasOwn(resource.propertyDependencies, property)
      ? resource.propertyDependencies[property]
      : undefined;
    if (urns === undefined || urns.length === 0) return none;
    const found: Resource[] = [];
    for (const urn of urns) {
      const target = this.get(urn);
      if (target !== undefined && (types === undefined || types.includes(target.type))) found.push(target);
    }
    return found;
  }

  /**
   * The resources that a value names: by identifier (id, ARN, name, address…) where the value is known, else by the
   * edges of the property that it stands in. A list with gaps is closed by edges only where their number fits, because
   * an edge says what a value *may* come from.
   *
   * @param value one identifier or a list
   */
  references(resource: Resource, property: string, types: readonly string[], value: Value): References {
    if (value === UNKNOWN) {
      const edges = this.edges(resource, property, types);
      return { resources: edges, open: edges.length === 0 };
    }
    const wanted = Array.isArray(value) ? items(value) : value === undefined || value === null ? [] : [value];
    const named: Resource[] = [];
    let gaps = 0;
    for (const item of wanted) {
      const found = typeof item === "string" ? this.byIdentifier(types, item) : undefined;
      if (found) named.push(found);
      else gaps++;
    }
    // Most values say all: edges are looked at only where one does not.
    if (gaps === 0) return { resources: unique(named), open: false };
    const rest = this.edges(resource, property, types).filter((edge) => !named.includes(edge));
    return { resources: unique([...named, ...rest]), open: rest.length !== gaps };
  }

  /** The one resource of these types that has this id, ARN, name, DNS name or address. */
  byIdentifier(types: readonly string[], identifier: string): Resource | undefined {
    for (const type of types) {
      const found = this.#identifiers(type).get(identifier);
      if (found) return found;
    }
    return undefined;
  }

  #identifiers(type: string): ReadonlyMap<string, Resource> {
    let known = this.#byIdentifier.get(type);
    if (known === undefined) {
      known = new Map();
      for (const resource of this.ofType(type)) {
        for (const identifier of identifiersOf(resource)) {
          if (!known.has(identifier)) known.set(identifier, resource);
        }
      }
      this.#byIdentifier.set(type, known);
    }
    return known;
  }
}

/** Properties by which any resource is named elsewhere, beside the provider's id; best known first. */
const common = ["id", "arn", "name"] as const;
const own = typesWith("identifiers");
/** What names a resource of a type that no table lists: whatever names one of any type. */
const anyone: readonly string[] = [...new Set([...own.values()].flat())];

/** Every text by which other resources, and other stacks, name this one; best known first. */
export function identifiersOf(resource: Resource): readonly string[] {
  const found: string[] = [];
  const add = (value: Value): void => {
    const identifier = text(value);
    if (identifier !== undefined) found.push(identifier);
  };
  add(resource.id);
  for (const key of common) add(field(resource.properties, key));
  for (const key of identifying(resource.type)) add(field(resource.properties, key));
  for (const address of addressesOf(resource)) add(address);
  return found;
}

function identifying(type: string): readonly string[] {
  return own.get(type) ?? (rowOf(type) === undefined ? anyone : []);
}

function unique(resources: readonly Resource[]): readonly Resource[] {
  return resources.length < 2 ? resources : [...new Set(resources)];
}
