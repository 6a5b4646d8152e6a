/**
 * Drift as plain data, as a report holds it and as the shards of one run hand it on: what JSON holds, and nothing else.
 */
import type { Finding } from "../policies/policy";
import type { Attribution } from "./attribution";
import type { DriftKind } from "./change";
import type { DriftClass } from "./classify";
import type { DriftVerdict, Unread } from "./detect";
import { flappingReturns, type HistoryEntry } from "./history";
import type { Losses, LostSurvival } from "./survivalLost";

/** A value as JSON holds it; what is encrypted is `[secret]`. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface ChangeRecord {
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  /** True where `ignoreChanges` names it. */
  readonly ignored: boolean;
  /** True for what no property of the provider holds: a file of `--live` tells it. */
  readonly live: boolean;
}

/** A mandatory finding that drift has made. */
export interface LossRecord {
  readonly policy: string;
  readonly code: string;
  readonly service: string | null;
  readonly lost: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** A way out of a drift. */
export interface FixRecord {
  /** `mend`: what a deployment cannot put back, such as a backup that was not made. */
  readonly action: "putBack" | "import" | "remove" | "mend" | "accept";
  /** A sentence, with commands between backticks. */
  readonly text: string;
}

export interface DriftRecord {
  readonly class: DriftClass;
  readonly kind: DriftKind;
  readonly urn: string;
  readonly type: string;
  readonly changes: readonly ChangeRecord[];
  /** Mandatory findings that are new by it. */
  readonly findings: readonly LossRecord[];
  /** Services that newly go down with one failure domain. */
  readonly hangsOn: readonly LostSurvival[];
  /** True where it is dangerous only together with other drift. */
  readonly together: boolean;
  /** Changes that can have made it, newest first: any one of several; empty where nothing tells it. */
  readonly changedBy: readonly Attribution[];
  /** Day on which it was first found in its present spell, `YYYY-MM-DD`; null without a history. */
  readonly since: string | null;
  /** True where it has gone and come back more than once. */
  readonly flapping: boolean;
  readonly fixes: readonly FixRecord[];
}

/** A change that is listed, and is no drift; null for all but the URN where the whole resource is meant. */
export interface ListedRecord {
  readonly urn: string;
  readonly path: string | null;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** A rule of expected drift, and what it does today. */
export interface RuleRecord {
  readonly resource: string;
  readonly property: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly expired: boolean;
  readonly matches: readonly string[];
}

export interface DriftSummary {
  readonly compared: number;
  readonly cosmetic: number;
  readonly bearable: number;
  readonly dangerous: number;
  readonly expected: number;
  readonly ignored: number;
  readonly couldNotTell: number;
}

/** All that is told of drift, of one stack or of several. */
export interface DriftFindings {
  readonly drifts: readonly DriftRecord[];
  readonly expected: readonly ListedRecord[];
  readonly ignored: readonly ListedRecord[];
  readonly rules: readonly RuleRecord[];
  readonly couldNotTell: readonly Unread[];
  readonly notes: readonly string[];
}

/** The same with what it comes to. */
export interface DriftResult extends DriftFindings {
  readonly verdict: DriftVerdict;
  /** Whether drift has come, gone or changed its class since the last run; null without a history. */
  readonly changed: boolean | null;
  readonly summary: DriftSummary;
}

export function lossRecords(losses: Losses): Pick<DriftRecord, "findings" | "hangsOn"> {
  return { findings: losses.findings.map(lossRecord), hangsOn: losses.survival };
}

function lossRecord({ policy, code, service, lost, message, fix }: Finding): LossRecord {
  return { policy, code, service: service ?? null, lost, message, fix };
}

/** @param entry of the history. @default there is no history */
export function spellOf(entry: HistoryEntry | undefined): Pick<DriftRecord, "since" | "flapping"> {
  return { since: entry?.since ?? null, flapping: (entry?.returns ?? 0) >= flappingReturns };
}
