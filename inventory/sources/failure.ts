/** How the engine says that an operation has not come to its end. */
import { isRecord } from "../../lib/records";
import { UserError, type Mistake } from "../../model";
import { mistake } from "./mistakes";

/** Longest text of the engine that a message repeats, in characters. */
const longestText = 300;

/** What was seen of an operation's end, in the engine's own words. */
export interface Ending {
  /** False where the summary, with which the engine ends, is not there. */
  readonly isSummed: boolean;
  /** `succeeded`, `failed` or `canceled`. @default the engine is too old to say */
  readonly result?: unknown;
  readonly maybeCorrupt?: unknown;
  /** Messages of severity error, and of operations that failed. */
  readonly errors: readonly string[];
}

/**
 * Refuses what has not come to its end: it leaves out what would have come after.
 *
 * @param what is read, as the subject of a sentence
 * @param code for what has failed or was cut off
 * @throws UserError
 */
export function refuseUnlessWhole(ending: Ending, what: string, code: `DPX4${number}`, fix: string): void {
  const mistakes: Mistake[] = [];
  const say = (message: string) => mistakes.push(mistake(code, message, fix));
  const { errors, result } = ending;
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    say(`${what} must have succeeded; the engine says: ${clipped(first)}${more}`);
  } else if (typeof result === "string" && result !== "succeeded") {
    say(`${what} must have succeeded; its summary says "${clipped(result)}".`);
  } else if (!ending.isSummed) {
    say(`${what} must end with the operation's summary; this one has none, so resources may be missing.`);
  }
  if (ending.maybeCorrupt === true) {
    say(`${what} must be whole; the engine says that resources of it may be corrupt (maybeCorrupt).`);
  }
  if (mistakes.length > 0) throw new UserError(mistakes);
}

/** The texts of diagnostics that are errors. */
export function errorsOf(diagnostics: readonly unknown[]): readonly string[] {
  return diagnostics.flatMap((entry) => {
    if (!isRecord(entry) || entry.severity !== "error") return [];
    const urn = typeof entry.urn === "string" && entry.urn !== "" ? `${entry.urn}: ` : "";
    return [`${urn}${typeof entry.message === "string" ? entry.message : "an error without words"}`];
  });
}

/** One line of a text that may be a whole stack trace, with nothing in it that a terminal would obey. */
function clipped(text: string): string {
  // eslint-disable-next-line no-control-regex -- what is taken out are control characters
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}
