/**
 * The answer of `duplex drift` as plain data: what `--format json` prints, and what all other formats are made from.
 * Published as schema/drift.schema.json.
 */
import { flappingReturns, isLive } from "../drift";
import type {
  AttributedDrift,
  Attribution,
  DriftClass,
  HistoryEntry,
  LostSurvival,
  Losses,
  Remembered,
} from "../drift";
import type { Detection, DriftKind, DriftVerdict, ListedChange, PropertyChange, RuleState, Unread } from "../drift";
import { UNKNOWN, type Value } from "../inventory/resource";
import type { Finding } from "../policies/policy";
import { fixesOf, type ReportFix } from "./driftFixes";
import type { ReportAcross, ReportShard, ReportStack } from "./driftStacks";

/** A value as JSON holds it; what is encrypted is `[secret]`. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Stands for a value that only ciphertext holds. */
export const secretText = "[secret]";

export interface DriftSource {
  /** `states`: two exports. `stack`: the engine's refresh of a stack. `stacks`: that of many. */
  readonly kind: "states" | "stack" | "stacks";
  /** The file of the deployed state, or the project's folder; of many stacks the folder that they were asked for in. */
  readonly desired: string;
  /** The file of the actual state; null where the engine has read it. */
  readonly actual: string | null;
  readonly stack: string | null;
  /** SHA-256 of the exported state, alike before and after the run; null where no engine ran. */
  readonly stateSha256: string | null;
}

export interface ReportChange {
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  /** True where `ignoreChanges` names it. */
  readonly ignored: boolean;
  /** True for what no property of the provider holds: a file of `--live` tells it. */
  readonly live: boolean;
}

export interface ReportLoss {
  readonly policy: string;
  readonly code: string;
  readonly service: string | null;
  readonly lost: readonly string[];
  readonly message: string;
  readonly fix: string;
}

export interface ReportDrift {
  readonly class: DriftClass;
  readonly kind: DriftKind;
  readonly urn: string;
  readonly type: string;
  readonly changes: readonly ReportChange[];
  /** Mandatory findings that are new by it. */
  readonly findings: readonly ReportLoss[];
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
  readonly fixes: readonly ReportFix[];
}

export interface ReportListed {
  readonly urn: string;
  readonly path: string | null;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

export interface ReportRule {
  readonly resource: string;
  readonly property: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly expired: boolean;
  readonly matches: readonly string[];
}

export interface DriftReport {
  readonly $schema: string;
  readonly formatVersion: 1;
  readonly tool: { readonly name: "duplex"; readonly version: string };
  readonly source: DriftSource;
  readonly verdict: DriftVerdict;
  /** Whether drift has come, gone or changed its class since the last run; null without a history. */
  readonly changed: boolean | null;
  readonly summary: {
    readonly compared: number;
    readonly cosmetic: number;
    readonly bearable: number;
    readonly dangerous: number;
    readonly expected: number;
    readonly ignored: number;
    readonly couldNotTell: number;
  };
  readonly drifts: readonly ReportDrift[];
  readonly expected: readonly ReportListed[];
  readonly ignored: readonly ReportListed[];
  readonly rules: readonly ReportRule[];
  readonly couldNotTell: readonly Unread[];
  readonly notes: readonly string[];
  /** Of many stacks only: each of them, sorted. */
  readonly stacks?: readonly ReportStack[];
  /** Of many stacks only: what one stack loses by another. */
  readonly acrossStacks?: readonly ReportAcross[];
  /** Of one shard only: what `duplex drift merge` needs of it. */
  readonly shard?: ReportShard;
}

export const driftSchemaId = "https://duplex.dev/schema/drift.schema.json";

export interface DriftReportInput {
  readonly detection: Detection;
  readonly source: DriftSource;
  readonly notes: readonly string[];
  /** @default undefined, without a history */
  readonly remembered?: Remembered;
  readonly version: string;
}

export function driftReport({ detection, source, notes, remembered, version }: DriftReportInput): DriftReport {
  const { drifts, expected, ignored, unread } = detection;
  const entries = new Map(remembered?.history.entries.map((entry) => [entry.urn, entry]));
  const counted = (wanted: DriftClass): number => drifts.filter((each) => each.class === wanted).length;
  return {
    $schema: driftSchemaId,
    formatVersion: 1,
    tool: { name: "duplex", version },
    source,
    verdict: detection.verdict,
    changed: remembered?.changed ?? null,
    summary: {
      compared: detection.compared,
      cosmetic: counted("cosmetic"),
      bearable: counted("bearable"),
      dangerous: counted("dangerous"),
      expected: expected.length,
      ignored: ignored.length,
      couldNotTell: unread.length,
    },
    drifts: drifts.map((each) => reportDrift(each, source, entries.get(each.drift.urn))),
    expected: expected.map(reportListed),
    ignored: ignored.map(reportListed),
    rules: detection.rules.map(reportRule),
    couldNotTell: unread,
    notes,
  };
}

export function reportDrift(
  { drift, class: driftClass, losses, together, changedBy }: AttributedDrift,
  source: DriftSource,
  entry?: HistoryEntry,
): ReportDrift {
  // What `ignoreChanges` names is a part of the danger where there is one, and is listed apart where there is none.
  const ignored = driftClass === "dangerous" ? drift.ignored : [];
  return {
    class: driftClass,
    kind: drift.kind,
    urn: drift.urn,
    type: drift.type,
    changes: [...drift.changes.map((each) => change(each, false)), ...ignored.map((each) => change(each, true))],
    ...reportLosses(losses),
    together,
    changedBy,
    since: entry?.since ?? null,
    flapping: (entry?.returns ?? 0) >= flappingReturns,
    fixes: fixesOf(drift, ignored.length > 0, source.stack),
  };
}

export function reportLosses(losses: Losses): Pick<ReportDrift, "findings" | "hangsOn"> {
  return { findings: losses.findings.map(reportLoss), hangsOn: losses.survival };
}

function reportLoss({ policy, code, service, lost, message, fix }: Finding): ReportLoss {
  return { policy, code, service: service ?? null, lost, message, fix };
}

function change({ path, from, to }: PropertyChange, ignored: boolean): ReportChange {
  return { path, from: jsonOf(from), to: jsonOf(to), ignored, live: isLive({ path }) };
}

function reportListed({ urn, change: listed }: ListedChange): ReportListed {
  return { urn, path: listed?.path ?? null, from: jsonOf(listed?.from), to: jsonOf(listed?.to) };
}

function reportRule({ rule, expired, matches }: RuleState): ReportRule {
  const { resource, property, reason, owner, expires } = rule;
  return { resource, property: property ?? null, reason, owner, expires, expired, matches };
}

/** As JSON; undefined is null. */
export function jsonOf(value: Value): JsonValue {
  if (value === UNKNOWN) return secretText;
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return (value as readonly Value[]).map(jsonOf);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
}
