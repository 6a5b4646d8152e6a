/** Reports of single stacks put together to one of many; by the same function for a run and for the shards of one. */
import {
  flappingReturns,
  judgeAcross,
  remember,
  type AcrossLoss,
  type DriftVerdict,
  type History,
  type Losses,
  type Remembered,
  type StackPair,
} from "../drift";
import type { JudgeOptions } from "../policies/judge";
import { unmanagedAmong, type ReportObjects } from "./driftObjects";
import { driftSchemaId, reportLosses, type DriftReport, type DriftSource, type ReportDrift } from "./driftReport";

/** One of many stacks. */
export interface ReportStack {
  /** As the backend lists it. */
  readonly stack: string;
  readonly verdict: DriftVerdict;
  readonly summary: DriftReport["summary"];
  readonly stateSha256: string | null;
  /** Why nothing is told of it; null where it was read. */
  readonly error: { readonly code: string; readonly message: string; readonly fix: string } | null;
}

/** A service that one domain takes down because of what it takes from another stack. */
export interface ReportAcross extends AcrossLoss {
  /** False where it was so when the stacks were deployed: that is no drift, and `duplex check --with` refuses it. */
  readonly drift: boolean;
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
  readonly objects?: ReportObjects;
}

/** What is told of some stacks, before it is known what they do to each other. */
export type StacksPart = Pick<DriftReport, "drifts" | "expected" | "ignored" | "rules" | "couldNotTell" | "notes"> & {
  readonly stacks: readonly ReportStack[];
};

export interface MergeInput {
  readonly parts: readonly StacksPart[];
  /** Stacks of which both sides were read; none where it is not to be told what they do to each other. */
  readonly pairs: readonly StackPair[];
  /** What each stack says of listed objects; none where it is not to be told which of them are unmanaged. @default none */
  readonly objects?: readonly ReportObjects[];
  readonly judge: JudgeOptions;
  readonly source: DriftSource;
  readonly version: string;
  /** Undefined without a history; null for the first run of one. */
  readonly history?: History | null;
  readonly today: string;
}

export interface Merged {
  readonly report: DriftReport;
  readonly remembered?: Remembered;
}

/** The one report of many stacks. */
export function mergeStacks(input: MergeInput): Merged {
  const { parts, pairs, judge, source, version, history, today } = input;
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
  const told: readonly ReportAcross[] = [
    ...across.lost.map((loss) => ({ ...loss, drift: true })),
    ...across.standing.map((loss) => ({ ...loss, drift: false })),
  ];
  const verdicts = new Set(stacks.map(({ verdict }) => verdict)).add(across.lost.length > 0 ? "lost" : "none");
  return {
    report: {
      $schema: driftSchemaId,
      formatVersion: 1,
      tool: { name: "duplex", version },
      source,
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
      acrossStacks: told,
    },
    ...(remembered === undefined ? {} : { remembered }),
  };
}

/** Lost survival is told whatever else could not be read; what could not be read, whatever else is borne. */
const precedence: readonly DriftVerdict[] = ["lost", "unread", "bearable", "none"];
const rank: Readonly<Record<ReportDrift["class"], number>> = { dangerous: 0, bearable: 1, cosmetic: 2 };

/** `urn:pulumi:<stack>::<project>::…`, as far as all resources of a stack have it in common. */
export function urnPrefix(stack: string): string {
  const [project = "", name = ""] = stack.split("/").slice(-2);
  return `urn:pulumi:${name}::${project}::`;
}

function withLosses(drift: ReportDrift, losses: Losses | undefined): ReportDrift {
  if (losses === undefined) return drift;
  const { findings, hangsOn } = reportLosses(losses);
  return {
    ...drift,
    class: "dangerous",
    findings: [...drift.findings, ...findings],
    hangsOn: [...drift.hangsOn, ...hangsOn],
  };
}

function recounted(stack: ReportStack, drifts: readonly ReportDrift[], expected: DriftReport["expected"]): ReportStack {
  if (stack.error !== null) return stack;
  const prefix = urnPrefix(stack.stack);
  const own = drifts.filter(({ urn }) => urn.startsWith(prefix));
  const counted = (wanted: ReportDrift["class"]): number => own.filter((each) => each.class === wanted).length;
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
  drifts: readonly ReportDrift[],
  unread: DriftReport["couldNotTell"],
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

function dated(drifts: readonly ReportDrift[], remembered: Remembered | undefined): ReportDrift[] {
  const entries = new Map(remembered?.history.entries.map((entry) => [entry.urn, entry]));
  return drifts.map((drift) => {
    const entry = entries.get(drift.urn);
    return entry === undefined ? drift : { ...drift, since: entry.since, flapping: entry.returns >= flappingReturns };
  });
}

/** The rules are those of the run, in its order; each stack has its own matches. */
function rulesOf(parts: readonly StacksPart[]): DriftReport["rules"] {
  const [first] = parts.filter(({ rules }) => rules.length > 0);
  return (first?.rules ?? []).map((rule, index) => ({
    ...rule,
    matches: parts.flatMap(({ rules }) => rules[index]?.matches ?? []).sort(byText),
  }));
}

function total(summaries: readonly DriftReport["summary"][]): DriftReport["summary"] {
  const sum = { compared: 0, cosmetic: 0, bearable: 0, dangerous: 0, expected: 0, ignored: 0, couldNotTell: 0 };
  for (const each of summaries) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += each[key];
  return sum;
}

function byUrn(a: { readonly urn: string }, b: { readonly urn: string }): number {
  return byText(a.urn, b.urn);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
