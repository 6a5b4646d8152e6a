/**
 * Turns a value as the engine writes it into plain data: secrets are unwrapped or, where only ciphertext is at hand,
 * unknown; every marker of a value to come becomes `UNKNOWN`. What holds nothing special is passed on without a copy:
 * a state of 100,000 resources is mostly that.
 */
import { UNKNOWN, type Properties, type Value } from "../resource";

/** The markers of the engine's protocol for values not known in a preview, one per type of value. */
const unknownMarkers: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const markerLength = 36;

/** The key by which the protocol marks an object as something else, and what it can then be. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** Deeper than any provider's schema; below it nothing is claimed to be known. */
const deepest = 200;

/** How to look into an object: directly, or (a policy's proxy) by its descriptors. */
export type Peek = (target: object, key: string) => unknown;
const directly: Peek = (target, key) => (target as Readonly<Record<string, unknown>>)[key];

/** Plain data out of any value that the engine or JSON gives. */
export function plain(value: unknown, peek: Peek = directly, depth = 0): Value {
  switch (typeof value) {
    case "string":
      return value.length === markerLength && unknownMarkers.has(value) ? UNKNOWN : value;
    case "boolean":
    case "number":
      return value;
    case "symbol":
      return value === UNKNOWN ? UNKNOWN : undefined;
    case "object":
      if (value === null) return null;
      if (depth > deepest) return UNKNOWN;
      return Array.isArray(value) ? plainList(value, peek, depth) : plainObject(value, peek, depth);
    case "bigint":
    case "function":
    case "undefined":
      return undefined;
  }
}

/** Plain data of a resource's properties; anything but an object has none. */
export function plainProperties(value: unknown, peek: Peek = directly): Properties {
  const data = plain(value, peek);
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Properties) : {};
}

function plainList(list: readonly unknown[], peek: Peek, depth: number): Value {
  let copy: Value[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = peek(list, String(index));
    const after = plain(before, peek, depth + 1);
    if (copy === undefined && (after !== before || peek !== directly)) copy = list.slice(0, 0) as Value[];
    if (copy !== undefined) {
      while (copy.length < index) copy.push(list[copy.length] as Value);
      copy.push(after);
    }
  }
  return copy ?? (list as readonly Value[]);
}

function plainObject(object: object, peek: Peek, depth: number): Value {
  if (Object.hasOwn(object, signatureKey)) return unwrap(object, peek, depth);
  let copy: Record<string, Value> | undefined;
  for (const key of Object.keys(object)) {
    const before = peek(object, key);
    // Most of a state's values are nothing: no call for each of them.
    const after = before === null ? null : plain(before, peek, depth + 1);
    if (copy === undefined && (after !== before || peek !== directly)) {
      copy = peek === directly ? { ...object } : {};
    }
    if (copy !== undefined) define(copy, key, after);
  }
  return copy ?? (object as Readonly<Record<string, Value>>);
}

/** As an assignment, but `__proto__` out of a JSON file stays a key like any other. */
export function define<V>(target: Record<string, V>, key: string, value: V): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

function unwrap(object: object, peek: Peek, depth: number): Value {
  const own = (key: string): unknown => (Object.hasOwn(object, key) ? peek(object, key) : undefined);
  switch (own(signatureKey)) {
    case secretSignature: {
      const plaintext = own("plaintext");
      if (typeof plaintext === "string") return plain(parsed(plaintext), directly, depth + 1);
      const value = own("value");
      return value === undefined ? UNKNOWN : plain(value, peek, depth + 1);
    }
    case outputSignature: {
      const value = own("value");
      return value === undefined ? UNKNOWN : plain(value, peek, depth + 1);
    }
    case resourceSignature:
      return plain(own("id") ?? own("urn"), peek, depth + 1);
    default:
      // Assets and archives: files, which say nothing of where something stands.
      return null;
  }
}

/** `pulumi stack export --show-secrets` writes the JSON of a value as its plaintext. */
function parsed(plaintext: string): unknown {
  try {
    return JSON.parse(plaintext);
  } catch {
    return plaintext;
  }
}
