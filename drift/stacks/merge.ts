/** Verdicts on single stacks put together to one on many; by the same function for a run and for the shards of one. */
import type { JudgeOptions } from "../../policies/judge";
import { judgeAcross, type StackPair } from "../acrossStacks";
import type { DriftVerdict } from "../detect";
import { remember, type History, type Remembered } from "../history";
import {
  lossRecords,
  spellOf,
  type DriftFindings,
  type DriftRecord,
  type DriftResult,
  type DriftSummary,
} from "../record";
import type { Losses } from "../survivalLost";
import { unmanagedAmong, type ListedObjects } from "./objects";
import { urnPrefix, type AcrossVerdict, type StacksPart, type StackVerdict } from "./verdict";
import { byText } from "../../lib/order";

export interface MergeInput {
  readonly parts: readonly StacksPart[];
  /** Stacks of which both sides were read; none where it is not to be told what they do to each other. */
  readonly pairs: readonly StackPair[];
  /**
   * What each stack says of listed objects; none where it is not to be told which of them are unmanaged. @default none
   */
  readonly objects?: readonly ListedObjects[];
  readonly judge: JudgeOptions;
  /** Undefined without a history; null for the first run of one. */
  readonly history?: History | null;
  readonly today: string;
}

/** The verdict on many stacks. */
export interface StacksResult extends DriftResult {
  /** Each of them, sorted. */
  readonly stacks: readonly StackVerdict[];
  /** What one stack loses by another. */
  readonly acrossStacks: readonly AcrossVerdict[];
}

export interface MergedStacks {
  readonly result: StacksResult;
  readonly remembered?: Remembered;
}

export function mergeStacks(input: MergeInput): MergedStacks {
  const { parts, pairs, judge, history, today } = input;
  const unmanaged = unmanagedAmong(input.objects ?? []);
  const found = [...parts.flatMap(({ drifts }) => drifts), ...unmanaged.drifts];
  // What no program makes is read by no model, and has lost nobody anything.
  const read = found.filter((each) => each.class !== "cosmetic" && each.kind !== "unmanaged");
  const touching = new Set(read.map(({ urn }) => urn));
  const across = judgeAcross(pairs, touching, judge);
  const raised = found.map((drift) => withLosses(drift, across.byDrift.get(drift.urn)));
  const unread = parts.flatMap(({ couldNotTell }) => couldNotTell).sort(byUrn);
  const remembered =
    history === undefined ? undefined : rememberStacks(history ?? undefined, raised, unread, parts, today);
  const drifts = dated(raised, remembered).sort((a, b) => rank[a.class] - rank[b.class] || byUrn(a, b));
  const stacks = parts
    .flatMap((part) => part.stacks)
    .map((stack) => recounted(stack, drifts, unmanaged.expected))
    .sort((a, b) => byText(a.stack, b.stack));
  const acrossStacks: readonly AcrossVerdict[] = [
    ...across.lost.map((loss) => ({ ...loss, drift: true })),
    ...across.standing.map((loss) => ({ ...loss, drift: false })),
  ];
  const verdicts = new Set(stacks.map(({ verdict }) => verdict)).add(across.lost.length > 0 ? "lost" : "none");
  return {
    result: {
      verdict: precedence.find((verdict) => verdicts.has(verdict)) ?? "none",
      changed: remembered?.changed ?? null,
      summary: total(stacks.map(({ summary }) => summary)),
      drifts,
      expected: [...parts.flatMap(({ expected }) => expected), ...unmanaged.expected].sort(byUrn),
      ignored: parts.flatMap(({ ignored }) => ignored).sort(byUrn),
      rules: rulesOf(parts),
      couldNotTell: unread,
      notes: [...new Set(parts.flatMap(({ notes }) => notes))].sort(byText),
      stacks,
      acrossStacks,
    },
    ...(remembered === undefined ? {} : { remembered }),
  };
}

/** Lost survival is told whatever else could not be read; what could not be read, whatever else is borne. */
const precedence: readonly DriftVerdict[] = ["lost", "unread", "bearable", "none"];
const rank: Readonly<Record<DriftRecord["class"], number>> = { dangerous: 0, bearable: 1, cosmetic: 2 };

function withLosses(drift: DriftRecord, losses: Losses | undefined): DriftRecord {
  if (losses === undefined) return drift;
  const { findings, hangsOn } = lossRecords(losses);
  return {
    ...drift,
    class: "dangerous",
    findings: [...drift.findings, ...findings],
    hangsOn: [...drift.hangsOn, ...hangsOn],
  };
}

function recounted(
  stack: StackVerdict,
  drifts: readonly DriftRecord[],
  expected: DriftFindings["expected"],
): StackVerdict {
  if (stack.error !== null) return stack;
  const prefix = urnPrefix(stack.stack);
  const own = drifts.filter(({ urn }) => urn.startsWith(prefix));
  const counted = (wanted: DriftRecord["class"]): number => own.filter((each) => each.class === wanted).length;
  const dangerous = counted("dangerous");
  const found = own.length > 0 && stack.verdict === "none" ? "bearable" : stack.verdict;
  return {
    ...stack,
    verdict: dangerous > 0 ? "lost" : found,
    summary: {
      ...stack.summary,
      ...{ cosmetic: counted("cosmetic"), bearable: counted("bearable"), dangerous },
      expected: stack.summary.expected + expected.filter(({ urn }) => urn.startsWith(prefix)).length,
    },
  };
}

/** Nothing is told of what was not read: not of a stack that failed, nor of one that this run was not asked for. */
function rememberStacks(
  earlier: History | undefined,
  drifts: readonly DriftRecord[],
  unread: DriftFindings["couldNotTell"],
  parts: readonly StacksPart[],
  today: string,
): Remembered {
  const read = parts.flatMap(({ stacks }) =>
    stacks.filter(({ error }) => error === null).map(({ stack }) => urnPrefix(stack)),
  );
  const silent = (earlier?.entries ?? [])
    .filter(({ urn }) => !read.some((prefix) => urn.startsWith(prefix)))
    .map(({ urn }) => ({ urn, reason: "Its stack was not read." }));
  const found = drifts.map((drift) => ({ drift, class: drift.class }));
  return remember(earlier, found, [...unread, ...silent], today);
}

function dated(drifts: readonly DriftRecord[], remembered: Remembered | undefined): DriftRecord[] {
  const entries = new Map(remembered?.history.entries.map((entry) => [entry.urn, entry]));
  return drifts.map((drift) => {
    const entry = entries.get(drift.urn);
    return entry === undefined ? drift : { ...drift, ...spellOf(entry) };
  });
}

/** The rules are those of the run, in its order; each stack has its own matches. */
function rulesOf(parts: readonly StacksPart[]): DriftFindings["rules"] {
  const [first] = parts.filter(({ rules }) => rules.length > 0);
  return (first?.rules ?? []).map((rule, index) => ({
    ...rule,
    matches: parts.flatMap(({ rules }) => rules[index]?.matches ?? []).sort(byText),
  }));
}

function total(summaries: readonly DriftSummary[]): DriftSummary {
  const sum = { compared: 0, cosmetic: 0, bearable: 0, dangerous: 0, expected: 0, ignored: 0, couldNotTell: 0 };
  for (const each of summaries) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += each[key];
  return sum;
}

function byUrn(a: { readonly urn: string }, b: { readonly urn: string }): number {
  return byText(a.urn, b.urn);
}
