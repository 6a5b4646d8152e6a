/** What a baseline knows of a stack, as plain data of the report. */
import type { BaselineEntry, BaselineResult } from "../../policies/baseline";

export interface ReportKnown {
  readonly policy: string;
  readonly code: string;
  readonly service: string | null;
  readonly resource: string;
  /** How it would speak if it were not known. */
  readonly level: "mandatory" | "advisory";
  readonly message: string;
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
      policy: finding.policy,
      code: finding.code,
      service: finding.service ?? null,
      resource: entry.resource,
      level: finding.level,
      message: finding.message,
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
