/** The mistakes that a document of resources can hold, each with what to give instead. */
import { UserError, type Mistake } from "../../model";

/** At most so many are listed: a file of another kind has one mistake per entry. */
const mostListed = 20;

/** A mistake of this folder; `DPX4nn`, listed in docs/errors.md. */
export function mistake(code: `DPX4${number}`, message: string, fix: string, path?: string): Mistake {
  return path === undefined ? { code, message, fix } : { code, message, fix, path };
}

/** Throws all of them together, if there are any. */
export function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new UserError(mistakes.slice(0, mostListed));
}

/** A value in a message: its kind, and what it is where that is short. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") {
    const keys = Object.keys(value).slice(0, 5);
    return keys.length > 0 ? `an object with ${keys.map((key) => `"${clipped(key)}"`).join(", ")}` : "an empty object";
  }
  return typeof value === "string" ? `"${clipped(value)}"` : `${JSON.stringify(value)}`;
}

/** A text of any length, cut to what fits in a message. */
function clipped(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
