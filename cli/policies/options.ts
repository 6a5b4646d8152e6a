import type { FormatName } from "../../report/writers";

/** The list holds no verdict, and so nothing for the formats that carry one. */
export const policyFormats = ["table", "summary", "json", "markdown"] as const satisfies readonly FormatName[];

export interface PoliciesOptions {
  readonly format: (typeof policyFormats)[number];
  /** Folders of rules of one's own. */
  readonly rules: readonly string[];
}
