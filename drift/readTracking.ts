/**
 * Which resources a reading of the model has looked into, and where. Reading is a pure function of the values that it
 * looks at: where none of them has changed, reading the actual state would give the same model, and need not be done.
 */
import type { Properties, Resource } from "../inventory/resource";
import { sameData } from "./sameData";
import { withoutProperties } from "./withoutProperties";

/** One look at a value: at a member, at whether it is there, at the keys of an object, at an edge of a property. */
type Look =
  | { readonly kind: "get" | "has" | "keys"; readonly path: readonly string[] }
  | { readonly kind: "edge"; readonly property: string };

export interface TrackedResource {
  /** The resource as it was, for one reading. */
  readonly resource: Resource;
  /** Whether that reading could have come out otherwise with this resource in its place. */
  differsFrom(actual: Resource): boolean;
}

/** Watches what is looked at in a resource. */
export function trackReads(resource: Resource): TrackedResource {
  const looks = new Map<string, Look>();
  const note = (look: Look): void => void looks.set(JSON.stringify(look), look);
  let properties: Properties | undefined;
  const watched: Resource = {
    ...withoutProperties(resource),
    get properties() {
      return (properties ??= watch(resource.properties, [], note));
    },
    drifted: new Edges((property) => note({ kind: "edge", property })),
  };
  return {
    resource: watched,
    differsFrom: (actual) =>
      !sameData(identityOf(resource), identityOf(actual)) ||
      [...looks.values()].some((look) => differs(look, resource.properties, actual)),
  };
}

/** What is always looked at. */
function identityOf({ id, parent, provider, custom, propertyDependencies, dependencies }: Resource) {
  return { id, parent, provider, custom, propertyDependencies, dependencies };
}

/** What has drifted of a resource that is read as it was: nothing, and who asks is noted. */
class Edges extends Set<string> {
  readonly #note: (property: string) => void;

  constructor(note: (property: string) => void) {
    super();
    this.#note = note;
  }

  override has(property: string): boolean {
    this.#note(property);
    return false;
  }
}

function watch<T extends object>(value: T, path: readonly string[], note: (look: Look) => void): T {
  const members = new Map<string, unknown>();
  return new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || typeof found === "function") return found;
      const at = [...path, key];
      note({ kind: "get", path: at });
      if (typeof found !== "object" || found === null) return found;
      // One and the same each time, as the value itself is.
      if (!members.has(key)) members.set(key, watch(found, at, note));
      return members.get(key);
    },
    has(target, key) {
      if (typeof key === "string") note({ kind: "has", path: [...path, key] });
      return Reflect.has(target, key);
    },
    getOwnPropertyDescriptor(target, key) {
      if (typeof key === "string") note({ kind: "get", path: [...path, key] });
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    ownKeys(target) {
      note({ kind: "keys", path });
      return Reflect.ownKeys(target);
    },
  });
}

function differs(look: Look, before: Properties, actual: Resource): boolean {
  if (look.kind === "edge") return actual.drifted?.has(look.property) === true;
  const [from, to] = [valueAt(before, look.path), valueAt(actual.properties, look.path)];
  if (look.kind === "keys") return !sameData(keysOf(from), keysOf(to));
  if (look.kind === "has") return (from === undefined) !== (to === undefined);
  if (shapeOf(from) !== shapeOf(to)) return true;
  // What is inside of an object or a list has been looked at by looks of its own, or not at all.
  return typeof from !== "object" && from !== to;
}

function valueAt(properties: Properties, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Readonly<Record<string, unknown>>)[key]
        : undefined,
    properties,
  );
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function shapeOf(value: unknown): string {
  if (value === null || Array.isArray(value)) return value === null ? "null" : "list";
  return typeof value;
}
