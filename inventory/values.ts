/**
 * Reading a value that may be missing, of another shape, or not known yet. Every reader goes through here, so that any
 * JSON at all is answered by "missing" or "unknown" and never by an exception.
 */
import { known, unknown, type Known } from "../model";
import { UNKNOWN, type Resource, type Value } from "./resource";
import { byText } from "../lib/order";

/**
 * An own field of an object; UNKNOWN of an unknown, undefined of anything else. Never a member of a prototype, and
 * never null: a state writes it for each of a resource's properties that nobody has set.
 */
export function field(value: Value, key: string): Value {
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value !== "object" || value === null) return undefined;
  const found = (value as Readonly<Record<string, Value>>)[key];
  // Prototypes hold functions and objects only: asking whose it is takes longer than the rest, and is left to those.
  if (typeof found === "string") return found;
  if (found === undefined || found === null) return undefined;
  return Object.hasOwn(value, key) ? found : undefined;
}

/** The value at a path, such as `spec`, `replicas`; array members by their index. */
export function at(value: Value, ...path: readonly (string | number)[]): Value {
  let found = value;
  for (const key of path) found = field(found, String(key));
  return found;
}

/** A text that is known and not empty. */
export function text(value: Value): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The members of a list; of an unknown or anything else, none. */
export function items(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** The texts in a list that are known. */
export function texts(value: Value): readonly string[] {
  return items(value).filter((item): item is string => typeof item === "string" && item !== "");
}

/** Keys and values of an object; of an unknown or anything else, none. */
export function entries(value: Value): readonly (readonly [string, Value])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value as Readonly<Record<string, Value>>);
}

/** A finite number that is not negative, written as a number or (as in a tag) in text. */
export function amount(value: Value): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** Where a property stands, as messages name it. */
export function propertyPath(resource: Resource, ...path: readonly (string | number)[]): string {
  return `${resource.urn}.${path.join(".")}`;
}

/**
 * The number at a path of a resource's properties; `fallback` where nothing is given. What is not known yet, or is no
 * number, is unknown with its path.
 */
export function amountAt<F extends number | undefined>(
  resource: Resource,
  path: readonly (string | number)[],
  fallback: F,
): Known<number> | (F extends undefined ? undefined : never) {
  const value = at(resource.properties, ...path);
  if (value === undefined || value === null) {
    return (fallback === undefined ? undefined : known<number>(fallback)) as
      Known<number> | (F extends undefined ? undefined : never);
  }
  const number = amount(value);
  return number === undefined ? unknown(propertyPath(resource, ...path)) : known(number);
}

/** True or false at a path; undefined where it is missing or not known. */
export function flagAt(resource: Resource, ...path: readonly (string | number)[]): boolean | undefined {
  const value = at(resource.properties, ...path);
  return typeof value === "boolean" ? value : undefined;
}

/** True or false by a property; false where it is left out, unknown where it is not known or of another shape. */
export function knownFlagAt(resource: Resource, key: string): Known<boolean> {
  const value = field(resource.properties, key);
  if (value === undefined || value === null) return known(false);
  return typeof value === "boolean" ? known(value) : unknown(propertyPath(resource, key));
}

/** A text at a path; undefined where it is missing or not known. */
export function textAt(resource: Resource, ...path: readonly (string | number)[]): string | undefined {
  return text(at(resource.properties, ...path));
}

/** Each once, sorted. */
export function sortedUnique<T extends string>(values: Iterable<T>): readonly T[] {
  return [...new Set(values)].sort(byText);
}
