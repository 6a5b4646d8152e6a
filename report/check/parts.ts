/** Parts of the answer of `duplex check`: findings, outcomes of losses, and both beside a base. */
import type { DomainId, Layer, Tier } from "../../model";
import type { Verdict } from "../../policies/judge";
import type { IncidentRow, Severity } from "../../policies/policy";
import type { Status } from "../../survival";

/** Where the resources came from. */
export interface Source {
  readonly kind: "state" | "preview" | "program" | "manifests" | "eventLog" | "cluster";
  /** As the user gave it; `<stdin>` for standard input. */
  readonly path: string;
  readonly stack?: string;
  readonly resources: number;
  /** True where they are of the simulated cloud. @default they are not */
  readonly simulated?: true;
}

export interface ReportFinding {
  readonly policy: string;
  readonly code: string;
  readonly severity: Severity;
  readonly level: "mandatory" | "advisory";
  readonly verdict: "broken" | "unknown";
  readonly tier: Tier;
  readonly service: string | null;
  /** Domains whose loss shows it; empty where it is about one mechanism. */
  readonly lost: readonly DomainId[];
  readonly message: string;
  readonly fix: string;
  readonly rows: readonly IncidentRow[];
  readonly urns: readonly string[];
  readonly properties: readonly string[];
  /** What the service does after that loss; null where nothing is lost or no service is named. */
  readonly outcome: ReportOutcome | null;
}

export interface ReportOutcome {
  readonly status: Status;
  readonly share: number;
  readonly bestShare: number;
  readonly immediateShare: number;
  /** Null stands for never: JSON has no infinity. */
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly needsControlPlane: boolean;
  /** The service in the closure that limits it. */
  readonly weakest: string;
  /** Edges from the service to the one that limits it, `a -> b (hard)`; empty where it is its own limit. */
  readonly weakestEdges: readonly string[];
  readonly missing: readonly string[];
}

export interface ReportCell extends ReportOutcome {
  readonly lost: readonly DomainId[];
  /** Who has accepted that the service is not up after this loss, and until when. @default nobody has */
  readonly accepted?: { readonly by: string; readonly until: string };
}

export interface ReportRow {
  readonly service: string;
  readonly tier: Tier;
  readonly layer: Layer;
  /** True of buckets that others write their logs into. @default they are none */
  readonly takesLogs?: true;
  readonly normal: ReportOutcome;
  readonly cells: readonly ReportCell[];
}

/** How a finding stands to the base. `gone` ones are of the base alone. */
export type FindingChange = "new" | "worse" | "better" | "unchanged" | "gone";

/** Which findings refuse: those that the change brings or makes worse, or all. */
export type FailOn = "new" | "any";

/** As much of a finding as says which one it is, where it is not one of the findings that count. */
export interface ReportMention {
  readonly policy: string;
  readonly code: string;
  readonly service: string | null;
  /** The one to change first; null where it names none. */
  readonly resource: string | null;
  readonly lost: readonly DomainId[];
  readonly level: "mandatory" | "advisory";
  readonly message: string;
}

/** The level is the one that it has now; of a gone one, that it had. */
export interface ChangedFinding extends ReportMention {
  readonly change: FindingChange;
}

/** One site's loss, before and after. Null where only the other one has that column. */
export interface ChangedCell {
  readonly column: string;
  readonly before: ReportCell | null;
  readonly after: ReportCell | null;
}

export interface ChangedService {
  readonly service: string;
  readonly tier: Tier;
  /**
   * `worse` where any site's loss has become worse, whatever else has become better; `renamed` where nothing but its
   * name is another.
   */
  readonly change: "new" | "worse" | "better" | "gone" | "renamed";
  /** Its name in the base, where that was another one. */
  readonly was?: string;
  /** Those that differ; empty of a new or a gone one. */
  readonly cells: readonly ChangedCell[];
}

export interface ReportChange {
  readonly base: Source;
  readonly failOn: FailOn;
  /** What the exit code follows. */
  readonly verdict: Verdict;
  /** In the order of the report, then those that are gone. */
  readonly findings: readonly ChangedFinding[];
  /** Sorted as the report's rows; one that is as before is left out. */
  readonly services: readonly ChangedService[];
}
