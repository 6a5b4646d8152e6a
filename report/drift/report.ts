/**
 * The answer of `duplex drift` as plain data: what `--format json` prints, and what all other formats are made from.
 * Published as schema/drift.schema.json.
 */
import { isLive } from "../../drift";
import type {
  AttributedDrift,
  Detection,
  DriftClass,
  HistoryEntry,
  ListedChange,
  PropertyChange,
  Remembered,
  RuleState,
  StackPair,
} from "../../drift";
import { lossRecords, spellOf } from "../../drift/record";
import type { ChangeRecord, DriftRecord, DriftResult, JsonValue, ListedRecord, RuleRecord } from "../../drift/record";
import type { AcrossVerdict, ListedObjects, StacksResult, StackVerdict } from "../../drift/stacks";
import { withoutKnown } from "../../inventory/secrets/report";
import { UNKNOWN, type Value } from "../../inventory/resource";
import { fixesOf } from "./fixes";

/** Stands for a value that only ciphertext holds. */
const secretText = "[secret]";

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
  /** True where they are of the simulated cloud; of many stacks where all that were read are. @default they are not */
  readonly simulated?: true;
}

export interface DriftReport extends DriftResult {
  readonly $schema: string;
  readonly formatVersion: 1;
  readonly tool: { readonly name: "duplex"; readonly version: string };
  readonly source: DriftSource;
  /** Of many stacks only: each of them, sorted. */
  readonly stacks?: readonly StackVerdict[];
  /** Of many stacks only: what one stack loses by another. */
  readonly acrossStacks?: readonly AcrossVerdict[];
  /** Of one shard only: what `duplex drift merge` needs of it. */
  readonly shard?: ReportShard;
}

export interface ReportShard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
  /** Hash of the names of all stacks of all shards, by which a merge tells that they saw the same. */
  readonly listSha256: string;
  /** Estates of its stacks, for what one stack does to another. */
  readonly pairs: readonly StackPair[];
  /** What its stacks say of the objects that are listed: whether one is unmanaged is told when all shards are there. */
  readonly objects?: ListedObjects;
}

const driftSchemaId = "https://duplex.dev/schema/drift.schema.json";

export interface DriftReportInput {
  readonly detection: Detection;
  readonly source: DriftSource;
  readonly notes: readonly string[];
  /** @default undefined, without a history */
  readonly remembered?: Remembered;
  readonly version: string;
}

/** The report on one stack. */
export function driftReport({ detection, source, notes, remembered, version }: DriftReportInput): DriftReport {
  const { drifts, expected, ignored, unread, secrets } = detection;
  const entries = new Map(remembered?.history.entries.map((entry) => [entry.urn, entry]));
  const counted = (wanted: DriftClass): number => drifts.filter((each) => each.class === wanted).length;
  const report: DriftReport = {
    ...headOf(source, version),
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
    drifts: drifts.map((each) => driftRecord(each, source, entries.get(each.drift.urn))),
    expected: expected.map(listedRecord),
    ignored: ignored.map(listedRecord),
    rules: detection.rules.map(ruleRecord),
    couldNotTell: unread,
    notes,
  };
  return secrets === undefined ? report : withoutKnown(report, secrets);
}

/** @param folder in which the stacks were asked for, as the user named it */
export function stacksReport(result: StacksResult, folder: string, version: string): DriftReport {
  const told = result.stacks.filter(({ stateSha256 }) => stateSha256 !== null);
  const isOurs = told.length > 0 && told.every(({ simulated }) => simulated === true);
  const source: DriftSource = {
    ...{ kind: "stacks", desired: folder, actual: null, stack: null, stateSha256: null },
    ...(isOurs ? { simulated: true } : {}),
  };
  return { ...headOf(source, version), ...result };
}

function headOf(
  source: DriftSource,
  version: string,
): Pick<DriftReport, "$schema" | "formatVersion" | "tool" | "source"> {
  return { $schema: driftSchemaId, formatVersion: 1, tool: { name: "duplex", version }, source };
}

/** What one stack of several says of the objects that are listed. */
export function listedObjects(objects: NonNullable<Detection["objects"]>, source: DriftSource): ListedObjects {
  const claimed = objects.claimed.map(({ drift, ...claim }) => ({ ...claim, drift: driftRecord(drift, source) }));
  return { held: objects.held, claimed };
}

function driftRecord(
  { drift, class: driftClass, losses, together, changedBy }: AttributedDrift,
  source: DriftSource,
  entry?: HistoryEntry,
): DriftRecord {
  // What `ignoreChanges` names is a part of the danger where there is one, and is listed apart where there is none.
  const ignored = driftClass === "dangerous" ? drift.ignored : [];
  return {
    class: driftClass,
    kind: drift.kind,
    urn: drift.urn,
    type: drift.type,
    changes: [
      ...drift.changes.map((each) => changeRecord(each, false)),
      ...ignored.map((each) => changeRecord(each, true)),
    ],
    ...lossRecords(losses),
    together,
    changedBy,
    ...spellOf(entry),
    fixes: fixesOf(drift, ignored.length > 0, source.stack),
  };
}

function changeRecord({ path, from, to }: PropertyChange, ignored: boolean): ChangeRecord {
  return { path, from: jsonOf(from), to: jsonOf(to), ignored, live: isLive({ path }) };
}

function listedRecord({ urn, change: listed }: ListedChange): ListedRecord {
  return { urn, path: listed?.path ?? null, from: jsonOf(listed?.from), to: jsonOf(listed?.to) };
}

function ruleRecord({ rule, expired, matches }: RuleState): RuleRecord {
  const { resource, property, reason, owner, expires } = rule;
  return { resource, property: property ?? null, reason, owner, expires, expired, matches };
}

/** As JSON; undefined is null. */
function jsonOf(value: Value): JsonValue {
  if (value === UNKNOWN) return secretText;
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return (value as readonly Value[]).map(jsonOf);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
}
