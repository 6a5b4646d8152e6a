/**
 * The answer of `pulumi refresh --preview-only --json`, laid over the state that it was made from. Both sides of the
 * comparison come from that answer, because it hides a secret behind the same word on both.
 */
import { isRecord } from "../lib/records";
import type { Urn } from "../model";
import { entriesOf, readState, type Entry, type State } from "./state";
import type { Unread } from "./detect";

export interface Refreshed {
  readonly desired: State;
  readonly actual: State;
  /** Resources that the engine has no answer for; in `actual` they stand as they were deployed. */
  readonly unread: readonly Unread[];
}

/** The engine's answer, whose steps and diagnostics are read with care. */
export type RefreshAnswer = Entry;

/** True for an answer of the engine; anything else is no refresh. */
export function isRefresh(document: unknown): document is RefreshAnswer {
  return isRecord(document) && ("steps" in document || "changeSummary" in document || "diagnostics" in document);
}

/**
 * Lays a refresh over the state.
 *
 * @param exported the parsed JSON of `pulumi stack export`
 * @param refresh what `isRefresh` has passed
 */
export function applyRefresh(exported: unknown, refresh: RefreshAnswer): Refreshed {
  const steps = new Map(listAt(refresh, "steps").map((step) => [String(step.urn), step]));
  const reasons = reasonsOf(refresh);
  const unread: Unread[] = [];
  const before: Entry[] = [];
  const after: Entry[] = [];
  for (const entry of entriesOf(exported)) {
    const urn = String(entry.urn);
    const failed = reasons.get(urn);
    const step = failed === undefined && entry.delete !== true ? steps.get(urn) : undefined;
    if (step === undefined) {
      before.push(entry);
      after.push(entry);
      if (isRead(entry)) unread.push({ urn, reason: failed ?? nothingSaid });
      continue;
    }
    before.push(withState(entry, step.oldState));
    if (step.op !== "delete") after.push(withState(entry, step.newState));
  }
  return { desired: readState(stateOf(before)), actual: readState(stateOf(after)), unread };
}

/**
 * True where an answer was made from another state than the one that was exported beside it: a resource has been
 * written since.
 */
export function isOfAnother(exported: unknown, refresh: RefreshAnswer): boolean {
  const written = new Map(entriesOf(exported).map(({ urn, modified }) => [urn, modified]));
  return listAt(refresh, "steps").some(({ urn, oldState }) => {
    const then = isRecord(oldState) ? oldState.modified : undefined;
    const now = written.get(urn);
    return typeof then === "string" && typeof now === "string" && then !== now;
  });
}

/** URNs that the engine could not read for a reason that fits, sorted. */
export function unansweredFor(refresh: RefreshAnswer, fits: (reason: string) => boolean): readonly Urn[] {
  return [...reasonsOf(refresh)].flatMap(([urn, reason]) => (fits(reason) ? [urn] : [])).sort();
}

/** Two answers of one stack, the later of which may be of a part: what it says is what holds. */
export function laterAnswer(earlier: RefreshAnswer, later: RefreshAnswer): RefreshAnswer {
  const told = new Set([...listAt(later, "steps").map(({ urn }) => String(urn)), ...reasonsOf(later).keys()]);
  const untold = (key: string) => listAt(earlier, key).filter(({ urn }) => !told.has(String(urn)));
  return {
    ...later,
    steps: [...untold("steps"), ...listAt(later, "steps")],
    diagnostics: [...untold("diagnostics"), ...listAt(later, "diagnostics")],
  };
}

const nothingSaid = "The engine gave no answer for it.";

/** Whether the engine asks a cloud for it: no component, no provider, and nothing that is on its way out. */
function isRead({ custom, type, delete: leaving, pendingReplacement }: Entry): boolean {
  const isObject = custom === true && typeof type === "string" && !type.startsWith("pulumi:");
  return isObject && leaving !== true && pendingReplacement !== true;
}

/** What the engine said of each resource that it could not read, in one line. */
function reasonsOf(refresh: Entry): ReadonlyMap<Urn, string> {
  const errors = listAt(refresh, "diagnostics").filter(
    ({ urn, severity, message }) => severity === "error" && typeof urn === "string" && typeof message === "string",
  );
  return new Map(errors.map(({ urn, message }) => [String(urn), sentence(String(message))]));
}

/** Without the engine's colours and its own prefix. */
function sentence(message: string): string {
  return message
    .replace(/<\{%[^%]*%\}>/g, "")
    .replace(/^error: (?:Preview failed: )?/, "")
    .replace(/\s+/g, " ")
    .trim();
}

function withState(entry: Entry, state: unknown): Entry {
  if (!isRecord(state)) return entry;
  const { id, inputs, outputs } = state;
  return {
    ...entry,
    ...(typeof id === "string" && id !== "" ? { id } : {}),
    inputs: hidden(inputs ?? {}),
    outputs: hidden(outputs ?? {}),
  };
}

/** The word by which the engine's JSON hides a secret, and the form in which a state holds one. */
const secretWord = "[secret]";
const secretValue = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "" };

/** The value itself where nothing in it is secret, which is the most of a state. */
function hidden(value: unknown): unknown {
  if (value === secretWord) return secretValue;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const members = value.map(hidden);
    return members.every((member, index) => member === value[index]) ? value : members;
  }
  const entry = value as Entry;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(entry)) {
    const member = hidden(entry[key]);
    if (member === entry[key]) continue;
    copy ??= { ...entry };
    copy[key] = member;
  }
  return copy ?? entry;
}

function stateOf(resources: readonly Entry[]): unknown {
  return { version: 3, deployment: { resources } };
}

function listAt(value: Entry, key: string): readonly Entry[] {
  const list = value[key];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
