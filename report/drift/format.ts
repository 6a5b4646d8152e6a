import type { DriftReport, JsonValue } from "../driftReport";
import type { Paint } from "../paint";

export interface DriftFormatContext {
  readonly paint: Paint;
}

/** Turns a report into text that ends with a line break. */
export type DriftFormat = (report: DriftReport, context: DriftFormatContext) => string;

/** Longest value in a line for people; the JSON holds all of it. */
const longestValue = 120;

/** A value in one line; nothing is `(not set)`. */
export function shownValue(value: JsonValue): string {
  if (value === null) return "(not set)";
  const text = JSON.stringify(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}
