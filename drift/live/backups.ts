/**
 * Backups that were made: what `aws backup list-protected-resources`, `describe-protected-resource` and
 * `list-recovery-points-by-backup-vault` print (AWS Backup Developer Guide, API reference).
 */
import { backupIntervals } from "../../inventory/aws/backup/backup";
import type { Value } from "../../inventory/resource";
import { Stack } from "../../inventory/stack";
import { field, text } from "../../inventory/values";
import type { Urn } from "../../model";
import type { State, StateResource } from "../state";
import { parseArn } from "./arn";
import type { ResourceIndex } from "./resourceIndex";
import { ofKind, type BackupRecord, type LiveRecord, type RecordFault, type Recognised } from "./record";
import type { LiveObservation } from "./observation";

/** Undefined for any other document. */
export function backups(document: Value): Recognised | undefined {
  const [results, points] = [field(document, "Results"), field(document, "RecoveryPoints")];
  if (Array.isArray(results)) {
    const found = all(results as readonly Value[], "Results", "LastBackupTime");
    // A part of a list says nothing of what is not in it.
    if ("message" in found || text(field(document, "NextToken")) !== undefined) return found;
    return [...found, { kind: "backupList", arns: found.map(({ arn }) => arn) }];
  }
  if (Array.isArray(points)) {
    // What is not whole yet, or has failed, is no backup.
    return all(points as readonly Value[], "RecoveryPoints", "CreationDate", (point) => {
      const status = text(field(point, "Status"));
      return status === undefined || status === "COMPLETED" || status === "AVAILABLE";
    });
  }
  if (text(field(document, "ResourceArn")) === undefined || field(document, "LastBackupTime") === undefined) {
    return undefined;
  }
  return all([document], undefined, "LastBackupTime");
}

function all(
  list: readonly Value[],
  path: string | undefined,
  timeKey: string,
  counts: (entry: Value) => boolean = () => true,
): readonly BackupRecord[] | RecordFault {
  const found: BackupRecord[] = [];
  for (const [index, entry] of list.entries()) {
    const read = backupOf(entry, timeKey, path === undefined ? "" : `${path}[${index}].`);
    if ("message" in read) return read;
    if (counts(entry)) found.push(read);
  }
  return found;
}

function backupOf(entry: Value, timeKey: string, path: string): BackupRecord | RecordFault {
  const arn = text(field(entry, "ResourceArn"));
  if (arn === undefined) {
    const message =
      "A backup must name what it is of; `list-recovery-points-by-resource` does not: give `list-protected-resources`.";
    return { path: `${path}ResourceArn`, message };
  }
  const time = timeOf(field(entry, timeKey));
  if (time === undefined) return { path: `${path}${timeKey}`, message: "It must be a time." };
  return { kind: "backup", arn, time };
}

/** ISO 8601 as the second version of the AWS CLI prints it; seconds since 1970 as the first does. */
function timeOf(value: Value): number | undefined {
  const time = typeof value === "number" ? value * 1000 : Date.parse(text(value) ?? "");
  return Number.isFinite(time) ? time : undefined;
}

/**
 * A backup begins within this time of its schedule (AWS Backup Developer Guide, "Backup plan options": start window).
 */
const startWindowSeconds = 8 * 3_600;

/** Stores of which the newest backup is older than their plan promises. */
export function observeBackups(
  records: readonly LiveRecord[],
  desired: State,
  placed: ResourceIndex,
  now: number,
): readonly LiveObservation[] {
  const [made, lists] = [ofKind(records, "backup"), ofKind(records, "backupList")];
  if (made.length + lists.length === 0) return [];
  const newest = new Map<Urn, number>();
  for (const { arn, time } of made) {
    const urn = placed.withArn(arn)?.urn;
    if (urn !== undefined) newest.set(urn, Math.max(newest.get(urn) ?? 0, time));
  }
  const looked = new Set(lists.flatMap(({ arns }) => arns.flatMap((arn) => placeOf(arn) ?? [])));
  const intervals = backupIntervals(new Stack([...desired.values()].map(({ resource }) => resource)));
  return [...intervals].flatMap(([urn, promised]) => {
    const time = newest.get(urn) ?? madeWithout(desired.get(urn), looked);
    const age = time === undefined ? 0 : Math.floor((now - time) / 1000);
    return age <= promised + startWindowSeconds
      ? []
      : [{ urn, path: ["newestBackupAgeSeconds"], promised, found: age }];
  });
}

/**
 * When a store was made that has never been backed up: all that it has taken since would be lost. Undefined where its
 * region is in no list, or where the state does not tell when it was made.
 */
function madeWithout(store: StateResource | undefined, looked: ReadonlySet<string>): number | undefined {
  const place = placeOf(text(field(store?.resource.properties, "arn")) ?? "");
  if (place === undefined || !looked.has(place)) return undefined;
  const made = Date.parse(store?.created ?? "");
  return Number.isNaN(made) ? undefined : made;
}

/** Region and account of an ARN; undefined where it does not tell both, as that of a bucket. */
function placeOf(arn: string): string | undefined {
  const { region = "", account = "" } = parseArn(arn) ?? {};
  return region === "" || account === "" ? undefined : `${region} ${account}`;
}
