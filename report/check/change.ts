/** What a change does: the findings and the survival of a stack beside those of its base. */
import { identityOf } from "../../policies/identity";
import type { Verdict } from "../../policies/judge";
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

/** Compares two reports of one stack, or of two states of it. */
export function changeSince(before: Base, after: CheckReport, failOn: FailOn): ReportChange {
  const { findings, gone } = pairedFindings(before.findings, after.findings);
  const told = [...findings, ...gone.map((finding) => toldAs("gone", finding))];
  return {
    base: before.source,
    failOn,
    verdict: verdictOf(after.verdict, told, failOn),
    findings: told,
    services: changedServices(before.survival, after.survival),
  };
}

function verdictOf(verdict: Verdict, findings: readonly ChangedFinding[], failOn: FailOn): Verdict {
  if (failOn === "any" || verdict !== "refused") return verdict;
  const isRefused = findings.some(
    ({ change, level }) => level === "mandatory" && (change === "new" || change === "worse"),
  );
  return isRefused ? "refused" : "advice";
}

/** A finding of a service is the same though another of its resources now stands first. */
function keyOf(finding: ReportFinding): string {
  const [policy, service, lost, first = null] = identityOf(finding);
  return JSON.stringify([policy, service, lost, service === null ? first : null]);
}

function pairedFindings(before: readonly ReportFinding[], after: readonly ReportFinding[]) {
  const left = new Map<string, ReportFinding[]>();
  for (const finding of before) {
    const key = keyOf(finding);
    const alike = left.get(key);
    if (alike === undefined) left.set(key, [finding]);
    else alike.push(finding);
  }
  const findings = after.map((finding) => {
    const was = takeOf(left.get(keyOf(finding)), finding);
    return toldAs(was === undefined ? "new" : changeOf(was, finding), finding);
  });
  return { findings, gone: [...left.values()].flat() };
}

/** Takes the one of the alike that says the same, else the first of them. */
function takeOf(alike: ReportFinding[] | undefined, finding: ReportFinding): ReportFinding | undefined {
  if (alike === undefined || alike.length === 0) return undefined;
  const same = alike.findIndex(
    ({ message, urns: [first] }) => message === finding.message && first === finding.urns[0],
  );
  return alike.splice(Math.max(0, same), 1)[0];
}

function toldAs(change: FindingChange, { policy, code, service, level, message }: ReportFinding): ChangedFinding {
  return { change, policy, code, service, level, message };
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

function changedServices(before: CheckReport["survival"], after: CheckReport["survival"]): readonly ChangedService[] {
  const old = new Map(before.rows.map((row) => [row.service, row]));
  const now = new Set(after.rows.map(({ service }) => service));
  const changed = after.rows.flatMap((row): readonly ChangedService[] => {
    const was = old.get(row.service);
    return was === undefined ? [whole("new", row)] : changedService(before.columns, was, after.columns, row);
  });
  return [...changed, ...before.rows.filter(({ service }) => !now.has(service)).map((row) => whole("gone", row))];
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
  if (cells.length === 0) return [];
  const change = steps.includes(1) ? "worse" : "better";
  return [{ service: after.service, tier: after.tier, change, cells }];
}

/** How many findings stand in each way to the base. */
export function countsOf({ findings }: ReportChange): Readonly<Record<FindingChange, number>> {
  const counts = { new: 0, worse: 0, better: 0, unchanged: 0, gone: 0 };
  for (const { change } of findings) counts[change]++;
  return counts;
}
