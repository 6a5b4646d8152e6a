/** One type of the ledger of properties. */
import type { Tolerance } from "./tolerance";

/** By what it could do, as the end of a sentence: paths, with the values of each that cannot matter. */
export type Unjudged = Readonly<Record<string, Readonly<Record<string, Tolerance>>>>;

/** Paths are written as `a.b[].c`; each covers what is inside of it, but for what has a row of its own. */
export interface LedgerRow {
  readonly notJudged?: Unjudged;
}
