/** Whether a property is set to something that could matter, by what the ledger of properties says of its values. */
import { UNKNOWN, type Value } from "../resource";
import { amount } from "../values";

/** Values of a property that cannot matter; any other that somebody has set could. */
export interface Tolerance {
  /** These, compared as text. A value that is not set, `false`, `0` or empty is fine unless it is asked for here. */
  readonly fine?: readonly (string | number | boolean)[];
  /** Numbers from here on are fine. @default none is */
  readonly from?: number;
  /** Numbers up to here are fine. @default without end, where `from` is given */
  readonly to?: number;
}

/**
 * Whether a value is told: it is set, and is none of those that cannot matter. One that is not known yet is not: a
 * preview knows none of what a provider fills in, and the state tells it.
 */
export function isTold(value: Value, tolerance: Tolerance): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (value === UNKNOWN) return false;
  if (Array.isArray(value)) return value.some((item: Value) => isTold(item, tolerance));
  if (typeof value === "object") return Object.values(value).some((member) => isTold(member, {}));
  if (tolerance.fine?.some((fine) => String(fine).toLowerCase() === String(value).toLowerCase()) === true) return false;
  const number = amount(value);
  if (number !== undefined && tolerance.from !== undefined) {
    return number < tolerance.from || number > (tolerance.to ?? Infinity);
  }
  return (value !== false && value !== 0) || tolerance.fine !== undefined;
}

/** `a.b[].c` in its parts: a list is entered by `[]`. */
export function partsOf(path: string): readonly string[] {
  return path.replaceAll("[]", ".[]").split(".");
}

/**
 * The values at a path; more than one where it leads through a list. A list of one object stands for the object too, as
 * states of older providers write it.
 */
export function valuesAt(value: Value, parts: readonly string[], from = 0): readonly Value[] {
  if (from === parts.length) return [value];
  if (value === UNKNOWN) return [UNKNOWN];
  if (typeof value !== "object" || value === null) return [];
  if (parts[from] === "[]") {
    const members: readonly Value[] = Array.isArray(value) ? (value as readonly Value[]) : [value];
    return members.flatMap((member) => valuesAt(member, parts, from + 1));
  }
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((member) => valuesAt(member, parts, from));
  const key = parts[from] ?? "";
  return Object.hasOwn(value, key) ? valuesAt((value as Readonly<Record<string, Value>>)[key], parts, from + 1) : [];
}
