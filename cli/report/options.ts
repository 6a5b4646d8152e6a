import type { Language } from "../../report/page/words";
import type { Allowed } from "../check/exitCode";
import type { BaseOptions, InputOptions } from "../check/options";

export interface ReportOptions extends InputOptions, BaseOptions, Allowed {
  readonly language: Language;
  /** @default standard output */
  readonly output?: string;
}
