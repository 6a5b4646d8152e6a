/** What a baseline knows of a stack, as plain data of the report. */
import type { BaselineEntry, BaselineResult } from "../../policies/baseline";
import { mentionOf } from "./mention";
import type { ReportMention } from "./parts";

/** The level is how it would speak if it were not known. */
export interface ReportKnown extends ReportMention {
  readonly since: string;
  readonly until: string | null;
  readonly reason: string | null;
}

export interface ReportBaselineEntry {
  readonly policy: string;
  readonly service: string | null;
  readonly resource: string;
  /** Last day on which it holds. Null stands for no such day. */
  readonly until: string | null;
}

export interface ReportBaseline {
  /** File, as the user gave it. */
  readonly path: string;
  /** Findings that it keeps from refusing. */
  readonly known: readonly ReportKnown[];
  /** Entries whose finding is gone. */
  readonly stale: readonly ReportBaselineEntry[];
  /** Entries past their day whose finding speaks again. */
  readonly expired: readonly ReportBaselineEntry[];
}

export interface BaselineInput extends Omit<BaselineResult, "findings"> {
  readonly path: string;
}

export function reportBaseline({ path, known, stale, expired }: BaselineInput): ReportBaseline {
  return {
    path,
    known: known.map(({ finding, entry }) => ({
      ...mentionOf(finding),
      since: entry.since,
      until: entry.until ?? null,
      reason: entry.reason ?? null,
    })),
    stale: stale.map(entryOf),
    expired: expired.map(entryOf),
  };
}

function entryOf({ policy, service, resource, until }: BaselineEntry): ReportBaselineEntry {
  return { policy, service: service ?? null, resource, until: until ?? null };
}
