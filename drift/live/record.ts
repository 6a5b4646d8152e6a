/** What commands that only read print of things that no property of a resource holds: one record for each thing. */

/** An object that a cloud or a cluster lists, with the words on it. */
export interface ListedObject {
  readonly kind: "object";
  /** Its ARN; of Kubernetes `Kind namespace/name`. */
  readonly key: string;
  /** Type token of Pulumi; of AWS as far as the ARN tells it. */
  readonly type: string;
  /** What `pulumi import` takes; undefined where the ARN does not tell it. */
  readonly id?: string;
  /** Tags, or labels and annotations, by their keys. */
  readonly words: Readonly<Record<string, string>>;
  /** What it is called elsewhere: whoever holds one of these holds it, or has made it. */
  readonly names: readonly string[];
}

/** A switch of the Application Recovery Controller, as its cluster says that it stands. */
export interface SwitchRecord {
  readonly kind: "switch";
  readonly arn: string;
  readonly state: "On" | "Off";
}

/** The newest backup that there is of something. */
export interface BackupRecord {
  readonly kind: "backup";
  /** ARN of what was backed up. */
  readonly arn: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A whole list of what has a backup in one region of one account: what is not in it has none there. */
export interface BackupListRecord {
  readonly kind: "backupList";
  readonly arns: readonly string[];
}

/** An alarm that has gone off. */
export interface AlarmRecord {
  readonly kind: "alarm";
  readonly arn: string;
  readonly name: string;
  /** Metrics that it watches, each with the values of its dimensions. None of an alarm that watches other alarms. */
  readonly metrics: readonly WatchedMetric[];
  /** ARNs of what it calls when it goes off. */
  readonly actions: readonly string[];
}

export interface WatchedMetric {
  /** Such as `AWS/RDS`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A workload of Kubernetes whose pods are not being replaced. */
export interface WorkloadRecord {
  readonly kind: "workload";
  /** By which the cluster tells it from one of the same name, there or elsewhere. */
  readonly uid: string;
  readonly asked: number;
  readonly ready: number;
}

export type LiveRecord = WorkloadRecord | ListedObject | SwitchRecord | BackupRecord | BackupListRecord | AlarmRecord;

/** What is wrong with a part of a document. */
export interface RecordFault {
  readonly path: string;
  readonly message: string;
}

/** The records of one document, or its first fault. */
export type Recognised = readonly LiveRecord[] | RecordFault;

export function isFault(found: Recognised): found is RecordFault {
  return "message" in found;
}

export function ofKind<K extends LiveRecord["kind"]>(records: readonly LiveRecord[], kind: K) {
  return records.filter((record): record is Extract<LiveRecord, { readonly kind: K }> => record.kind === kind);
}
