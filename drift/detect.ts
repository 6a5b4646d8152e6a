/** Drift of one stack: comparison, classification, and what is expected, put together. */
import type { KnownSecrets } from "../inventory/secrets/text";
import { by } from "../lib/order";
import type { Urn } from "../model";
import { attributor, type Attribution, type ChangeLog } from "./attribution";
import { isLive, type PropertyChange, type ResourceDrift } from "./change";
import { classifyDrift, type ClassifiedDrift, type ClassifyOptions, type DriftClass } from "./classify";
import { compareStates, isObject } from "./compareStates";
import { partByRules, statesOfRules, type ExpectedDrift, type RuleState } from "./expected";
import { managedFields } from "./managedFields";
import { unmanagedInStack, type ClaimedObject, type StackObjects } from "./live";
import { secretsOf } from "./secrets";
import type { State } from "./state";
import { hasLosses, type Losses } from "./survivalLost";

/** A resource that the cloud gave no answer for, and what was said instead. */
export interface Unread {
  readonly urn: Urn;
  readonly reason: string;
}

export interface DetectInput {
  readonly desired: State;
  readonly actual: State;
  /** @default none */
  readonly unread?: readonly Unread[];
  /** @default none */
  readonly expected?: readonly ExpectedDrift[];
  /** What tells who has changed something, beside the objects themselves. @default none */
  readonly logs?: readonly ChangeLog[];
  /** Listed objects that no state of this stack holds, or that it holds. @default none are listed */
  readonly objects?: StackObjects;
  /** True for one stack of several: which objects are unmanaged is then told by all of them together. @default false */
  readonly among?: boolean;
  /** `YYYY-MM-DD`: what rules and exemptions expire by. */
  readonly today: string;
  readonly options: ClassifyOptions;
}

/** A change that is listed, and is no drift. */
export interface ListedChange {
  readonly urn: Urn;
  /** Undefined where the whole resource is meant. */
  readonly change?: PropertyChange;
}

export interface AttributedDrift extends ClassifiedDrift {
  /** The latest changes that can have made it, newest first: any one of several; empty where no log names it. */
  readonly changedBy: readonly Attribution[];
}

/** An object that is unmanaged where no other stack of the run holds it. */
export interface ClaimedDrift extends Omit<ClaimedObject, "drift" | "namesService"> {
  /** True where a rule that holds expects it. */
  readonly isExpected: boolean;
  readonly drift: AttributedDrift;
}

/** `lost` is the worst; `unread` where nothing worse was found and not everything could be looked at. */
export type DriftVerdict = "none" | "bearable" | "lost" | "unread";

export interface Detection {
  readonly verdict: DriftVerdict;
  /** Sorted by class from the worst, then by URN. */
  readonly drifts: readonly AttributedDrift[];
  readonly losses: Losses;
  /** Expected by a rule that holds, and without danger. Sorted by URN, then path. */
  readonly expected: readonly ListedChange[];
  /** Named by `ignoreChanges`, and without danger. Sorted by URN, then path. */
  readonly ignored: readonly ListedChange[];
  readonly rules: readonly RuleState[];
  readonly unread: readonly Unread[];
  /** What may be told of nowhere; undefined where there is nothing to tell. */
  readonly secrets?: KnownSecrets;
  /** Resources that were compared. */
  readonly compared: number;
  /** Of one stack among several: what it says of the objects that are listed. */
  readonly objects?: { readonly held: readonly string[]; readonly claimed: readonly ClaimedDrift[] };
}

export function detectDrift(input: DetectInput): Detection {
  const { desired, actual, today, options } = input;
  const unread = input.unread ?? [];
  const rules = input.expected ?? [];
  const { objects, among = false } = input;
  const loose =
    objects === undefined ? [] : among ? objects.claimed.map(({ drift }) => drift) : unmanagedInStack(objects);
  const secrets = secretsOf(desired, actual);
  const found = compareStates(desired, actual, { unread: new Set(unread.map(({ urn }) => urn)), secrets });
  const { drifts, losses } = classifyDrift(desired, actual, found, options);
  // A refresh's artefact is a computed value that the model does not read.
  const all = [...drifts.flatMap((each) => withoutArtefacts(each)), ...(among ? [] : loose.map(unmanaged))];
  const real = all.sort(by(({ drift }) => drift.urn));
  const parted = real.map((each) => ({ each, parts: partByRules(each.drift, rules, today) }));
  const open = parted.flatMap(({ each, parts }) => opened(each, parts));
  const withoutDanger = parted.filter(({ each }) => each.class !== "dangerous");
  const lost = hasLosses(losses) || open.some((each) => each.class === "dangerous");
  const changedBy = attributor(desired, actual, [...(input.logs ?? []), managedFields]);
  const claimedDrift = ({ key, isOwn, drift }: ClaimedObject): ClaimedDrift => ({
    ...{ key, isOwn, isExpected: partByRules(drift, rules, today).excused },
    drift: { ...unmanaged(drift), changedBy: changedBy(drift) },
  });
  const verdict = lost ? "lost" : verdictOf(open, unread);
  return {
    verdict,
    drifts: [...open]
      .sort((a, b) => rank[a.class] - rank[b.class])
      .map((each) => ({ ...each, changedBy: changedBy(each.drift) })),
    losses,
    expected: withoutDanger.flatMap(({ each, parts }) => listed(each.drift, parts.expected, parts.excused)),
    ignored: withoutDanger.flatMap(({ each }) => each.drift.ignored.map((change) => ({ urn: each.drift.urn, change }))),
    rules: statesOfRules(rules, [...real.map(({ drift }) => drift), ...(among ? loose : [])], today),
    unread,
    compared: objectsIn(desired) - unread.length,
    ...(all.length + unread.length > 0 ? { secrets: secrets.known() } : {}),
    ...(among && objects !== undefined
      ? { objects: { held: objects.held, claimed: objects.claimed.map(claimedDrift) } }
      : {}),
  };
}

/** How many resources of a state stand for an object in a cloud: no components and no providers. */
function objectsIn(state: State): number {
  return [...state.values()].filter(isObject).length;
}

/** It lends nothing to survival, and takes nothing from it: who looks at the code alone does not know of it. */
function unmanaged(drift: ResourceDrift): ClassifiedDrift {
  return { drift, class: "bearable", losses: { findings: [], survival: [] }, together: false };
}

const rank: Readonly<Record<DriftClass, number>> = { dangerous: 0, bearable: 1, cosmetic: 2 };

function verdictOf(open: readonly ClassifiedDrift[], unread: readonly Unread[]): DriftVerdict {
  if (unread.length > 0) return "unread";
  return open.length > 0 ? "bearable" : "none";
}

function withoutArtefacts(each: ClassifiedDrift): readonly ClassifiedDrift[] {
  const { drift } = each;
  if (drift.kind !== "changed") return [each];
  // What a record tells is no artefact, and is not hidden by what has drifted beside it.
  const asked = (change: PropertyChange) => !change.computed || (isLive(change) && each.class !== "cosmetic");
  const keep = each.class !== "cosmetic" && !drift.changes.some(asked) && !drift.ignored.some(asked);
  if (keep) return [each];
  const real: ResourceDrift = { ...drift, changes: drift.changes.filter(asked), ignored: drift.ignored.filter(asked) };
  return real.changes.length + real.ignored.length === 0 ? [] : [{ ...each, drift: real }];
}

/** A rule and `ignoreChanges` excuse drift, and never the loss of survival: that takes an exemption of the policy. */
function opened(each: ClassifiedDrift, parts: ReturnType<typeof partByRules>): readonly ClassifiedDrift[] {
  if (each.class === "dangerous") return [each];
  if (each.drift.kind !== "changed") return parts.excused ? [] : [each];
  return parts.open.length === 0 ? [] : [{ ...each, drift: { ...each.drift, changes: parts.open } }];
}

function listed(drift: ResourceDrift, expected: readonly PropertyChange[], excused: boolean): readonly ListedChange[] {
  if (drift.kind !== "changed") return excused ? [{ urn: drift.urn }] : [];
  return expected.map((change) => ({ urn: drift.urn, change }));
}
