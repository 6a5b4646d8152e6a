import type { InputOptions } from "../check/options";

export interface BaselineOptions extends InputOptions {
  /** Last day, `YYYY-MM-DD`, of what is written down in this run. @default it holds while the finding stands */
  readonly until?: string;
  /** Why what is written down in this run may stand. @default nothing is said */
  readonly reason?: string;
}

export interface UpdateOptions extends BaselineOptions {
  /** True where findings that are not known yet are written down too. */
  readonly add: boolean;
}
