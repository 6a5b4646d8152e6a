/** Findings that a stack already had when somebody began to judge it: they are counted, and do not refuse. */
import type { Finding } from "./policy";
import { identityOf } from "./identity";

export interface BaselineEntry {
  /** Name of the policy. */
  readonly policy: string;
  /** @default the finding is about no service */
  readonly service?: string;
  /** URN of the resource to change first. */
  readonly resource: string;
  /** Domains whose loss shows it; empty where it is about one mechanism. */
  readonly lost: readonly string[];
  /** How it spoke when it was written down. One that advised then and refuses now has become worse. */
  readonly level: Finding["level"];
  /** Day on which it was written down, `YYYY-MM-DD`. */
  readonly since: string;
  /** Last day on which it holds. @default it holds as long as the finding stands */
  readonly until?: string;
  /** Why it may stand. @default nobody has said */
  readonly reason?: string;
}

export interface KnownFinding {
  readonly finding: Finding;
  readonly entry: BaselineEntry;
}

export interface BaselineResult {
  /** What no entry covers. */
  readonly findings: readonly Finding[];
  readonly known: readonly KnownFinding[];
  /** Entries whose finding is gone. */
  readonly stale: readonly BaselineEntry[];
  /** Entries past their day whose finding still stands: it speaks again. */
  readonly expired: readonly BaselineEntry[];
}

/**
 * Parts what is known from what is not.
 *
 * @param exempted findings that an exemption covers already: their entries are not stale
 * @param today day of the judgement, `YYYY-MM-DD`
 */
export function besideBaseline(
  findings: readonly Finding[],
  exempted: readonly Finding[],
  entries: readonly BaselineEntry[],
  today: string,
): BaselineResult {
  const isExpired = ({ until }: BaselineEntry): boolean => until !== undefined && until < today;
  const valid = new Map(entries.filter((entry) => !isExpired(entry)).map((entry) => [keyOfEntry(entry), entry]));
  const known: KnownFinding[] = [];
  const others: Finding[] = [];
  for (const finding of findings) {
    const entry = valid.get(keyOf(finding));
    const isWorse = entry?.level === "advisory" && finding.level === "mandatory";
    if (entry === undefined || isWorse) others.push(finding);
    else known.push({ finding, entry });
  }
  const standing = new Set([...findings, ...exempted].map(keyOf));
  return {
    findings: others,
    known,
    stale: entries.filter((entry) => !standing.has(keyOfEntry(entry))),
    expired: entries.filter((entry) => isExpired(entry) && standing.has(keyOfEntry(entry))),
  };
}

/** What is written down of a finding: nothing that moves while it stands. */
export type Remembered = Pick<BaselineEntry, "policy" | "service" | "resource" | "lost" | "level">;

/** How a baseline is brought up to date. */
export interface UpdateOptions {
  readonly today: string;
  /** True where findings that are not known are written down too. @default false */
  readonly add: boolean;
  /** Of what is added. */
  readonly until?: string;
  readonly reason?: string;
}

export interface UpdatedBaseline {
  /** Sorted by policy, service, resource and loss. */
  readonly entries: readonly BaselineEntry[];
  readonly added: number;
  readonly removed: number;
  /** Findings that stand and are not written down. */
  readonly left: number;
}

/** Entries whose finding is gone are removed; of one that stands, day, reason and level stay as they were. */
export function updateBaseline(
  entries: readonly BaselineEntry[],
  standing: readonly Remembered[],
  { today, add, until, reason }: UpdateOptions,
): UpdatedBaseline {
  const found = new Map<string, Remembered>();
  for (const one of standing) {
    // Of two that are alike the graver is written down: neither has become worse then.
    if (found.get(keyOfEntry(one))?.level !== "mandatory") found.set(keyOfEntry(one), one);
  }
  const kept = new Map(entries.flatMap((entry) => (found.has(keyOfEntry(entry)) ? [[keyOfEntry(entry), entry]] : [])));
  const missing = [...found].filter(([key]) => !kept.has(key));
  const added = missing.map(([key, one]): readonly [string, BaselineEntry] => [
    key,
    { ...one, since: today, ...(until === undefined ? {} : { until }), ...(reason === undefined ? {} : { reason }) },
  ]);
  const all = [...kept, ...(add ? added : [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    entries: all.map(([, entry]) => entry),
    added: add ? added.length : 0,
    removed: entries.length - kept.size,
    left: add ? 0 : added.length,
  };
}

function keyOf(finding: Pick<Finding, "policy" | "service" | "lost" | "urns">): string {
  return JSON.stringify(identityOf(finding));
}

function keyOfEntry({ resource, ...entry }: Pick<BaselineEntry, "policy" | "service" | "lost" | "resource">): string {
  return JSON.stringify(identityOf({ ...entry, urns: [resource] }));
}
