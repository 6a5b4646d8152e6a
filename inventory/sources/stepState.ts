/**
 * What the engine says of one step of an operation, as the record of the resource that is there after it. The engine
 * tells a step before it is made: its new state has no id and no outputs then, and what stays of the old ones is in the
 * old state only (`backend/display/json.go` of the engine, ResourcePreEvent).
 */
import { isRecord } from "../../lib/records";
import type { Urn } from "../../model";
import { isResourceRecord, type ResourceRecord } from "./record";
import { isUrn } from "./urn";

type Fields = Readonly<Record<string, unknown>>;

/** One step, in the words of a preview; an event log has other ones for the same. */
export interface Step {
  readonly op: string;
  readonly urn: unknown;
  readonly old: Fields | undefined;
  /** Undefined of what is taken away. */
  readonly now: (Fields & ResourceRecord) | undefined;
  /** Properties that change, at the top. */
  readonly changed: ReadonlySet<string>;
}

/** Steps that take a resource away under an URN that another one has then. */
const replaced: ReadonlySet<string> = new Set(["delete-replaced", "discard-replaced", "remove-pending-replace"]);
/** Steps that take a resource away, of whichever kind. */
const departures: ReadonlySet<string> = new Set(["delete", "discard", ...replaced]);

/** Whether an operation of the engine takes a resource away. */
export function isDeparture(operation: string): boolean {
  return departures.has(operation);
}

/** What is there after the steps that were taken, and what was there before them. */
export class AfterSteps {
  readonly #records = new Map<Urn, ResourceRecord>();
  readonly #before = new Map<Urn, ResourceRecord>();
  /** What one of the steps has made: a deletion under the same URN is of what was there before. */
  readonly #made = new Set<Urn>();

  get records(): readonly ResourceRecord[] {
    return [...this.#records.values()];
  }

  /** Of several steps of one resource the first has seen what was there; what is about to be deleted is not. */
  get before(): readonly ResourceRecord[] {
    return [...this.#before.values()];
  }

  take({ op, urn, old, now, changed }: Step): void {
    if (old !== undefined) this.#takeBefore(old, urn);
    if (isDeparture(op)) {
      if (!replaced.has(op) && isUrn(urn) && !this.#made.has(urn)) this.#records.delete(urn);
      return;
    }
    if (now === undefined) return;
    // By an alias: an earlier step of a refresh has named it by the URN that it had.
    if (isUrn(old?.urn) && old.urn !== now.urn) this.#records.delete(old.urn);
    this.#records.set(now.urn, this.#withOutputs(op, recordAfter(op, old, now, changed)));
    if (!staying.has(op)) this.#made.add(now.urn);
  }

  /** An event log names a resource beside its states, a preview within them. */
  #takeBefore(old: Fields, urn: unknown): void {
    const named = { ...old, urn: old.urn ?? urn };
    if (old.delete === true || !isResourceRecord(named)) return;
    // What a step of this very operation has made is no state of before.
    if (!this.#made.has(named.urn) && !this.#before.has(named.urn)) this.#before.set(named.urn, named);
  }

  /** The step that stands for a whole replacement has no outputs, and may come after the one that makes the object. */
  #withOutputs(op: string, record: ResourceRecord): ResourceRecord {
    const made = op === "replace" ? this.#records.get(record.urn) : undefined;
    if (made === undefined || !this.#made.has(record.urn) || hasOutputs(record)) return record;
    return { ...record, outputs: made.outputs };
  }
}

function hasOutputs({ outputs }: ResourceRecord): boolean {
  return isRecord(outputs) && Object.keys(outputs).length > 0;
}

/** Steps after which the object is the one that was there before. */
const staying: ReadonlySet<string> = new Set(["same", "update", "refresh", "read", "import"]);
/** Of these, the ones that change nothing. */
const unchanging: ReadonlySet<string> = new Set(["same", "refresh"]);

/** The record of what is there after a step: what the step says, and what stays of before. */
function recordAfter(
  op: string,
  old: Fields | undefined,
  now: Fields & ResourceRecord,
  changed: ReadonlySet<string>,
): ResourceRecord {
  const newId = idOf(now);
  const oldId = old === undefined ? undefined : idOf(old);
  const isSameObject = old !== undefined && staying.has(op) && (newId === undefined || newId === oldId);
  if (!isSameObject) return now;
  const outputs = unchanging.has(op) ? fieldsAt(old, "outputs") : computedBefore(old, now, changed);
  return { ...now, id: newId ?? oldId, outputs: { ...outputs, ...fieldsAt(now, "outputs") } };
}

/** The properties that a step changes, as `diffReasons` and `detailedDiff` name them by their paths. */
export function changedProperties(reasons: unknown, detailed: unknown): ReadonlySet<string> {
  const paths = [
    ...(Array.isArray(reasons) ? reasons.filter((path): path is string => typeof path === "string") : []),
    ...(isRecord(detailed) ? Object.keys(detailed) : []),
  ];
  return new Set(
    paths.map((path) => /^(?:\["([^"]+)"\]|[^.[]+)/.exec(path)).map((found) => found?.[1] ?? found?.[0] ?? ""),
  );
}

/**
 * What the provider had computed and an update leaves alone: no input of before or after, nothing that changes, and
 * nothing that is made of what changes, as all tags are made of the tags.
 */
function computedBefore(old: Fields, now: Fields, changed: ReadonlySet<string>): Fields {
  const [before, after] = [fieldsAt(old, "inputs"), fieldsAt(now, "inputs")];
  return Object.fromEntries(
    Object.entries(fieldsAt(old, "outputs")).filter(
      ([key]) =>
        !Object.hasOwn(before, key) &&
        !Object.hasOwn(after, key) &&
        !changed.has(key) &&
        !(key === "tagsAll" && changed.has("tags")),
    ),
  );
}

function fieldsAt(fields: Fields, key: string): Fields {
  const value = fields[key];
  return isRecord(value) ? value : {};
}

function idOf({ id }: Fields): unknown {
  return id === "" || id === null ? undefined : id;
}
