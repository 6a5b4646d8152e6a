/** Values of which nothing is known yet: parsed JSON, YAML, a configuration. */

/** A value by key. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

/** True for an object that is neither null nor a list. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
