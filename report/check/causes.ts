/**
 * Which findings one remedy mends: the loss that takes a part down, with all that hang on it, and the same policy on
 * many resources.
 */
import type { Layer, Tier } from "../../model";
import type { Policy, Severity } from "../../policies/policy";
import type { Status } from "../../survival";
import { listsBy } from "../../lib/lists";
import type { Cause } from "../document";
import type { CheckReport, ReportFinding, ReportRow } from "./report";

/** What only others use: nobody asks whether a key is up, but whether what it opens is; nor of where logs are kept. */
const minorLayers: ReadonlySet<Layer> = new Set<Layer>(["keys", "secrets"]);

export function isMinorRow({ layer, takesLogs }: Pick<ReportRow, "layer" | "takesLogs">): boolean {
  return minorLayers.has(layer) || takesLogs === true;
}

/** What refuses comes first, then what a loss does, then for whom, then how grave the policy is in itself. */
const statusGravity: Readonly<Record<Status, number>> = { down: 300, unknown: 200, degraded: 100, up: 0 };
const tierGravity: Readonly<Record<Tier, number>> = { critical: 30, important: 20, standard: 10 };
const severityGravity: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1 };

/** The cause of each finding of the report. */
export function causesOf(report: CheckReport, policies: readonly Policy[]): ReadonlyMap<ReportFinding, Cause> {
  const minor = new Set(report.survival.rows.filter(isMinorRow).map(({ service }) => service));
  const isMinor = (service: string | null): boolean => service !== null && minor.has(service);
  const words = new Map(policies.flatMap(({ name, asksFor }) => (asksFor === undefined ? [] : [[name, asksFor]])));
  const isFolded = saysNoTier(report);
  const causes = new Map<ReportFinding, Cause>();
  for (const [, group] of listsBy(report.findings, (finding) => rootOf(finding, words))) {
    const ranked = group.map((finding) => ({
      finding,
      gravity: gravityOf(finding, isMinor(finding.service), words.has(finding.policy)),
    }));
    const lead = ranked.reduce((worst, one) => (one.gravity > worst.gravity ? one : worst));
    const isAllMinor = group.every(({ service, level }) => isMinor(service) && level === "advisory");
    const key = `${isAllMinor ? "minor " : ""}${lead.finding.policy}`;
    for (const { finding, gravity } of ranked) {
      const asksFor = isFolded && finding.level === "advisory" ? words.get(finding.policy) : undefined;
      causes.set(finding, {
        key,
        gravity,
        ...(asksFor === undefined ? {} : { asksFor }),
        ...(isAllMinor ? { isMinor: true } : {}),
      });
    }
  }
  return causes;
}

/** What a loss shows is caused by the part that limits, whoever hangs on it; a mechanism by what its policy says. */
function rootOf({ outcome, policy }: ReportFinding, words: ReadonlyMap<string, string>): string {
  const isOfLoss = outcome !== null && outcome.status !== "up" && !words.has(policy);
  return isOfLoss ? `part ${outcome.weakest}` : `policy ${policy}`;
}

/**
 * The part that limits speaks before those that hang on it, and a proof before a doubt. A word that is missing takes
 * nothing down, whatever loss it is about.
 */
function gravityOf(finding: ReportFinding, isMinor: boolean, isWord: boolean): number {
  const { level, outcome, tier, severity, service, verdict } = finding;
  return (
    (level === "mandatory" ? 1_000 : 0) +
    (isWord ? -100 : outcome === null ? 0 : statusGravity[outcome.status]) +
    tierGravity[tier] +
    severityGravity[severity] +
    (verdict === "broken" ? 0.5 : 0) +
    (service !== null && service === outcome?.weakest && !isMinor ? 0.25 : 0)
  );
}

/** Whoever has begun to write down tiers wants to be told of each word that is missing; a stranger is told once. */
function saysNoTier({ findings, survival }: CheckReport): boolean {
  const silent = new Set(findings.flatMap(({ policy, service }) => (policy === "undeclared-tier" ? [service] : [])));
  return survival.rows.every((row) => silent.has(row.service) || isMinorRow(row));
}
