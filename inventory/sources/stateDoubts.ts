/**
 * Of which resources a state itself says that it does not know: those of operations that were cut off (pending
 * operations), those that wait for their end, and those that came up with errors.
 */
import { isRecord } from "../../lib/records";
import type { NotJudged, Urn } from "../../model";
import { isUrn } from "./urn";
import type { ResourceRecord } from "./record";

/** What a state says of a resource beyond its record. */
export interface StateRecord extends ResourceRecord {
  readonly delete?: unknown;
  readonly pendingReplacement?: unknown;
  readonly external?: unknown;
  readonly initErrors?: unknown;
}

export interface StateDoubts {
  readonly doubts: readonly NotJudged[];
  /** On their way out, with another one in their place. */
  readonly leftOver: readonly Urn[];
  /** Whether a deletion of it was cut off, so that it may be gone. */
  readonly isGone: (record: StateRecord) => boolean;
}

interface PendingOperation {
  readonly type: string;
  readonly urn: Urn;
  readonly resourceType: string;
  readonly id: unknown;
}

/** Of resources of which nobody knows how an operation ended: what was going on, and what follows. */
const cutOff: Readonly<Record<string, string>> = {
  creating: "created it: whether it is there is not known, and it is not counted",
  importing: "imported it: whether it is there is not known, and it is not counted",
  reading: "read it: what it is like is not known",
  updating: "updated it: which of its properties have changed is not known, and it is taken as it was before",
  deleting: "deleted it: whether it is still there is not known, and it is not counted",
};

/** True of what is on its way out: it is not counted. */
export function isLeaving(record: StateRecord): boolean {
  return record.delete === true || record.pendingReplacement === true;
}

export function doubtsOf(records: readonly StateRecord[], pending: unknown): StateDoubts {
  const operations = pendingOperations(pending);
  const isGone = (record: StateRecord): boolean =>
    operations.some(
      ({ type, urn, id }) => type === "deleting" && urn === record.urn && (id === undefined || id === record.id),
    );
  const leaving = records.filter(isLeaving);
  const there =
    leaving.length === 0 ? undefined : new Set(records.filter((one) => !isLeaving(one)).map(({ urn }) => urn));
  const isReplaced = ({ urn }: StateRecord): boolean => there?.has(urn) === true;
  return {
    isGone: operations.length === 0 ? () => false : isGone,
    leftOver: leaving.filter(isReplaced).map(({ urn }) => urn),
    doubts: [
      ...operations.map(({ type, urn, resourceType }) => ({
        urn,
        type: resourceType,
        reason:
          `The engine was cut off while it ${cutOff[type] ?? `was ${type} it: what has come of it is not known`} ` +
          "(pending operation). `pulumi refresh` asks the cloud.",
      })),
      ...leaving.filter((record) => !isReplaced(record)).map(leavingDoubt),
      ...records.filter((record) => !isLeaving(record)).flatMap(initDoubt),
    ],
  };
}

function leavingDoubt({ urn, type, pendingReplacement }: StateRecord): NotJudged {
  const what = pendingReplacement === true ? "was deleted, and is to be made anew" : "is to be deleted";
  return { urn, type, reason: `It ${what}, which was not finished: it is not counted. \`pulumi up\` finishes it.` };
}

function initDoubt({ urn, type, initErrors }: StateRecord): readonly NotJudged[] {
  if (!Array.isArray(initErrors) || initErrors.length === 0) return [];
  const reason = "It was made, but did not come up (initErrors): whether it works is not known. Run `pulumi up` again.";
  return [{ urn, type, reason }];
}

function pendingOperations(pending: unknown): readonly PendingOperation[] {
  const listed: readonly unknown[] = Array.isArray(pending) ? pending : [];
  return listed.flatMap((entry) => {
    if (!isRecord(entry) || !isRecord(entry.resource)) return [];
    const { urn, type, id } = entry.resource;
    if (!isUrn(urn)) return [];
    return [
      {
        type: typeof entry.type === "string" ? entry.type : "doing something with",
        urn,
        resourceType: typeof type === "string" ? type : "",
        id: id === "" || id === null ? undefined : id,
      },
    ];
  });
}
