import type { InputOptions } from "../check/options";
import type { FormatName } from "../../report/writers";

/** An explanation holds no verdict, and so nothing for the formats that carry one. */
export const explainFormats = ["table", "json", "markdown"] as const satisfies readonly FormatName[];

export interface ExplainOptions extends InputOptions {
  readonly format: (typeof explainFormats)[number];
  /** Of this service alone. @default of all */
  readonly service?: string;
}
