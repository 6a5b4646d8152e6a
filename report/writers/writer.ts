import type { Document } from "../document";

/** What a writer may know of where its text goes. */
export interface WriterContext {
  /** Columns of the terminal. */
  readonly width: number;
  /** True where the text goes to a terminal that shows colours. */
  readonly colour: boolean;
  /** Shows every URN and property, not only the first ones. */
  readonly verbose: boolean;
  /** Folds nothing. */
  readonly all: boolean;
}

/** Writes any document, in pieces in their order; the last one ends with a line break. */
export type Writer = (document: Document, context: WriterContext) => Iterable<string>;
