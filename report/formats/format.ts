import type { Policy } from "../../policies/policy";
import type { CheckReport } from "../checkReport";
import type { Paint } from "../paint";

/** What a format may use beside the report itself. */
export interface FormatContext {
  /** The catalogue: rules of a machine format, and what was judged and held. */
  readonly policies: readonly Policy[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
  /** Shows every URN and property, not only the first ones. */
  readonly verbose: boolean;
}

/** Turns a report into text that ends with a line break. */
export type Format = (report: CheckReport, context: FormatContext) => string;
