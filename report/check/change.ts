/** What a change does: the findings and the survival of a stack beside those of its base. */
import { addTo } from "../../lib/lists";
import { identityOf } from "../../policies/identity";
import type { Verdict } from "../../policies/judge";
import type { Renames } from "../../policies/renames";
import type {
  ChangedCell,
  ChangedFinding,
  ChangedService,
  CheckReport,
  FailOn,
  FindingChange,
  ReportCell,
  ReportChange,
  ReportFinding,
  ReportRow,
} from "./report";

/** What of a report is compared. */
export type Base = Pick<CheckReport, "source" | "findings" | "survival">;

/**
 * Compares two reports of one stack, or of two states of it.
 *
 * @param renames of services, from the base's name to the later one. @default none
 */
export function changeSince(
  before: Base,
  after: CheckReport,
  failOn: FailOn,
  renames: Renames = new Map(),
): ReportChange {
  const { findings, gone } = pairedFindings(before.findings, after.findings, renames);
  const told = [...findings, ...gone.map((finding) => toldAs("gone", finding))];
  return {
    base: before.source,
    failOn,
    verdict: verdictOf(after.verdict, told, failOn),
    findings: told,
    services: changedServices(before.survival, after.survival, renames),
  };
}

function verdictOf(verdict: Verdict, findings: readonly ChangedFinding[], failOn: FailOn): Verdict {
  if (failOn === "any" || verdict !== "refused") return verdict;
  const isRefused = findings.some(
    ({ change, level }) => level === "mandatory" && (change === "new" || change === "worse"),
  );
  return isRefused ? "refused" : "advice";
}

/**
 * Who names the same resource first is the same finding; only then may the others find each other. What a loss does to
 * a service is one thing, whichever of its resources stands first; what is wrong with one mechanism is another thing at
 * another resource, unless both name it.
 */
const samenesses: readonly ((finding: ReportFinding, isRenamed: boolean) => readonly string[])[] = [
  (finding) => [JSON.stringify(identityOf(finding))],
  ({ policy, service, lost }) => (lost.length === 0 ? [] : [JSON.stringify([policy, service, [...lost].sort()])]),
  ({ policy, service, lost, urns }) =>
    lost.length > 0 ? [] : urns.map((urn) => JSON.stringify([policy, service, urn])),
  // Resources of a service that is called otherwise are often called so too.
  ({ policy, service, lost }, isRenamed) => (isRenamed && lost.length === 0 ? [JSON.stringify([policy, service])] : []),
];

function pairedFindings(base: readonly ReportFinding[], after: readonly ReportFinding[], renames: Renames) {
  const names = new Set(renames.values());
  const isRenamed = ({ service }: ReportFinding): boolean => service !== null && names.has(service);
  const before = base.map((finding) => withService(finding, renames));
  const left = new Set(before);
  const pairs = new Map<ReportFinding, ReportFinding>();
  for (const keysOf of samenesses) {
    const byKey = new Map<string, ReportFinding[]>();
    // From the last to the first: taken from the end, the first of those that are alike comes first.
    for (const one of [...left].reverse()) for (const key of keysOf(one, isRenamed(one))) addTo(byKey, key, one);
    for (const finding of after) {
      const was = pairs.has(finding) ? undefined : takeOf(byKey, keysOf(finding, isRenamed(finding)), left);
      if (was !== undefined) pairs.set(finding, was);
    }
  }
  const findings = after.map((finding) => {
    const was = pairs.get(finding);
    return toldAs(was === undefined ? "new" : changeOf(was, finding), finding);
  });
  return { findings, gone: [...left] };
}

function withService(finding: ReportFinding, renames: Renames): ReportFinding {
  const now = finding.service === null ? undefined : renames.get(finding.service);
  return now === undefined ? finding : { ...finding, service: now };
}

/** The first under these keys that nobody has taken. */
function takeOf(
  byKey: ReadonlyMap<string, ReportFinding[]>,
  keys: readonly string[],
  left: Set<ReportFinding>,
): ReportFinding | undefined {
  for (const key of keys) {
    const alike = byKey.get(key) ?? [];
    for (let one = alike.pop(); one !== undefined; one = alike.pop()) if (left.delete(one)) return one;
  }
  return undefined;
}

function toldAs(change: FindingChange, finding: ReportFinding): ChangedFinding {
  const { policy, code, service, urns, lost, level, message } = finding;
  return { change, policy, code, service, resource: urns[0] ?? null, lost, level, message };
}

function changeOf(before: ReportFinding, after: ReportFinding): "worse" | "better" | "unchanged" {
  const steps = [
    sign(weightOf(after) - weightOf(before)),
    before.outcome && after.outcome ? outcomeStep(before.outcome, after.outcome) : 0,
  ];
  return steps.includes(1) ? "worse" : steps.includes(-1) ? "better" : "unchanged";
}

/** A finding that refuses weighs more than one that advises, and what is broken more than what is not known. */
function weightOf({ level, verdict }: ReportFinding): number {
  return (level === "mandatory" ? 2 : 0) + (verdict === "broken" ? 1 : 0);
}

const badness = { up: 0, degraded: 1, unknown: 2, down: 3 } as const;
type Compared = Pick<ReportCell, "status" | "share" | "rtoSeconds">;

/** 1 where it has become worse: by status, then by the share that is served, then by the time until then. */
function outcomeStep(before: Compared, after: Compared): -1 | 0 | 1 {
  return (
    sign(badness[after.status] - badness[before.status]) ||
    sign(before.share - after.share) ||
    sign((after.rtoSeconds ?? Infinity) - (before.rtoSeconds ?? Infinity))
  );
}

/** Less than a thousandth is no difference; neither is the one between never and never. */
function sign(difference: number): -1 | 0 | 1 {
  if (Number.isNaN(difference) || Math.abs(difference) < 1e-3) return 0;
  return difference > 0 ? 1 : -1;
}

function changedServices(
  before: CheckReport["survival"],
  after: CheckReport["survival"],
  renames: Renames,
): readonly ChangedService[] {
  const nameOf = (row: ReportRow): string => renames.get(row.service) ?? row.service;
  const old = new Map(before.rows.map((row) => [nameOf(row), row]));
  const now = new Set(after.rows.map(({ service }) => service));
  const changed = after.rows.flatMap((row): readonly ChangedService[] => {
    const was = old.get(row.service);
    return was === undefined ? [whole("new", row)] : changedService(before.columns, was, after.columns, row);
  });
  return [...changed, ...before.rows.filter((row) => !now.has(nameOf(row))).map((row) => whole("gone", row))];
}

function whole(change: "new" | "gone", { service, tier }: ReportRow): ChangedService {
  return { service, tier, change, cells: [] };
}

function changedService(
  oldColumns: readonly string[],
  before: ReportRow,
  columns: readonly string[],
  after: ReportRow,
): readonly ChangedService[] {
  const old = new Map(oldColumns.map((column, index) => [column, before.cells[index]]));
  const steps: number[] = [];
  const cells = columns.flatMap((column, index): readonly ChangedCell[] => {
    const [was, is] = [old.get(column), after.cells[index]];
    // A site that only one of the two knows says nothing of the change.
    if (was === undefined || is === undefined) return [];
    const step = outcomeStep(was, is);
    steps.push(step);
    return step === 0 ? [] : [{ column, before: was, after: is }];
  });
  const renamed = before.service === after.service ? {} : { was: before.service };
  const { service, tier } = after;
  if (cells.length === 0)
    return before.service === service ? [] : [{ service, tier, change: "renamed", ...renamed, cells }];
  return [{ service, tier, change: steps.includes(1) ? "worse" : "better", ...renamed, cells }];
}

/** How many findings stand in each way to the base. */
export function countsOf({ findings }: ReportChange): Readonly<Record<FindingChange, number>> {
  const counts = { new: 0, worse: 0, better: 0, unchanged: 0, gone: 0 };
  for (const { change } of findings) counts[change]++;
  return counts;
}
