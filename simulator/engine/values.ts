/**
 * Property values on the provider protocol: plain JSON in which secrets and values that are not known yet are marked.
 * Inside the simulator a value is plain; where secrets stood is remembered beside it as paths.
 */

/** Plain JSON. A value that is not known yet is the text `UNKNOWN`. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Properties = Readonly<Record<string, Value>>;
export type Path = readonly (string | number)[];

/**
 * The protocol's marker of a text that is computed only on creation. Markers of other kinds are turned into this one.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const unknownMarkers = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const assetSignatures: ReadonlySet<Value> = new Set<Value>([
  "c44067f5952c0a294b673a41bacd8c17",
  "0def7320c3a5731c473e5ecbe6d01bc7",
]);

export interface Unwrapped {
  readonly properties: Properties;
  /** Paths of values that came in as secrets; all that is below them is secret too. */
  readonly secrets: readonly Path[];
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An asset or an archive: an object that is compared and kept whole. */
export function isAsset(value: Value | undefined): boolean {
  return isObject(value) && assetSignatures.has(value[signatureKey] ?? null);
}

export function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

export function number(value: Value | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function list(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

export function object(value: Value | undefined): Properties {
  return isObject(value) ? value : {};
}

export function texts(value: Value | undefined): readonly string[] {
  return list(value).flatMap((each) => text(each) ?? []);
}

/** True where any part of it is not known yet. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Equality of content; the order of an object's keys does not matter. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((each, index) => equal(each, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]));
}

/** Takes the markers off what the engine sent. */
export function unwrap(message: Value | undefined): Unwrapped {
  const secrets: Path[] = [];
  const properties = Object.fromEntries(
    Object.entries(object(message)).flatMap(([key, value]) => {
      const plain = plainOf(value, [key], secrets);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
  return { properties, secrets };
}

function plainOf(value: Value, path: Path, secrets: Path[]): Value | undefined {
  if (typeof value === "string") return unknownMarkers.has(value) ? UNKNOWN : value;
  if (isList(value)) return value.map((each, index) => plainOf(each, [...path, index], secrets) ?? null);
  if (!isObject(value)) return value;
  const signature = value[signatureKey];
  if (signature === secretSignature || (signature === outputSignature && value["secret"] === true)) secrets.push(path);
  if (signature === secretSignature) return plainOf(value["value"] ?? null, path, secrets);
  if (signature === outputSignature) return "value" in value ? plainOf(value["value"] ?? null, path, secrets) : UNKNOWN;
  if (signature === resourceSignature) return value["id"] ?? value["urn"] ?? null;
  if (isAsset(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, plainOf(each, [...path, key], secrets) ?? null]),
  );
}

/**
 * Marks the secrets again. A path that no longer exists marks the nearest value above it that does: never too little.
 */
export function wrap(properties: Properties, secrets: readonly Path[]): Record<string, Value> {
  let wrapped: Value = properties;
  const deepestFirst = [...secrets].sort((left, right) => right.length - left.length);
  for (const path of deepestFirst) wrapped = wrapAt(wrapped, path);
  return { ...object(wrapped) };
}

function wrapAt(value: Value, path: Path): Value {
  const [head, ...rest] = path;
  if (head === undefined) return secret(value);
  if (isObject(value) && value[signatureKey] === secretSignature) return value;
  if (isList(value) && typeof head === "number") {
    return head < value.length ? value.map((each, index) => (index === head ? wrapAt(each, rest) : each)) : value;
  }
  if (!isObject(value)) return value;
  const child = value[head];
  return child === undefined ? value : { ...value, [head]: wrapAt(child, rest) };
}

function secret(value: Value): Value {
  const already = isObject(value) && value[signatureKey] === secretSignature;
  return already ? value : { [signatureKey]: secretSignature, value };
}

/** Reads `metadata.name`, `spec.template.metadata.labels`; undefined where a step is missing or not known. */
export function at(value: Value | undefined, path: string): Value | undefined {
  return path.split(".").reduce<Value | undefined>((each, key) => (isObject(each) ? each[key] : undefined), value);
}

/** A copy with one property set; objects on the way are made. */
export function withAt(properties: Properties, path: string, value: Value): Properties {
  const [head = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...properties, [head]: value };
  return { ...properties, [head]: withAt(object(properties[head]), rest.join("."), value) };
}

/** A plain value as text, for a key or a message; "" where there is none. */
export function asText(value: Value | undefined): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value);
}

/** `["ingress", 0, "cidrBlocks"]` as `ingress[0].cidrBlocks`. */
export function pathText(path: Path): string {
  return path
    .map((each, index) => {
      if (typeof each === "number") return `[${each}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(each)) return `["${each}"]`;
      return index === 0 ? each : `.${each}`;
    })
    .join("");
}
