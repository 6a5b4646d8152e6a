/** The sentence on what was known before. */
import { count, named } from "../figures";
import { nameOfUrn } from "../names";
import type { Finding } from "../document";
import type { CheckReport, ReportFinding } from "./report";
import type { ReportBaselineEntry } from "./reportBaseline";

/** At most so many entries are named; the number of the rest is said. */
const mostNamed = 5;

/** One line: what is known, what speaks again, and what is gone. */
export function baselineSentence({ baseline }: CheckReport): string | undefined {
  if (baseline === undefined) return undefined;
  const { path, known, stale, expired } = baseline;
  const refusing = known.filter(({ level }) => level === "mandatory").length;
  const isOne = known.length === 1;
  return [
    `${count(known.length, "finding")} of ${path} ${isOne ? "is" : "are"} known; ${refusing} of them would refuse.`,
    ...told(expired, `past ${expired.length === 1 ? "its" : "their"} day and no longer known`),
    ...told(stale, "stale, for nothing is found any more (`duplex baseline update` removes them)"),
  ].join(" ");
}

/** What no entry keeps from speaking is new; where an entry has passed its day that has changed. */
export function besideKnown(finding: Finding, { policy, service, urns }: ReportFinding, report: CheckReport): Finding {
  const { baseline, change } = report;
  if (baseline === undefined || change !== undefined) return finding;
  const isOld = baseline.expired.some(
    (entry) => entry.policy === policy && entry.service === service && entry.resource === urns[0],
  );
  return { ...finding, baseline: isOld ? "updated" : "new" };
}

function told(entries: readonly ReportBaselineEntry[], what: string): readonly string[] {
  if (entries.length === 0) return [];
  const number = entries.length === 1 ? "1 entry is" : `${entries.length} entries are`;
  return [`${number} ${what}: ${named(entries.map(nameOf), mostNamed)}.`];
}

function nameOf({ policy, service, resource, until }: ReportBaselineEntry): string {
  const day = until === null ? "" : ` (until ${until})`;
  return `${policy} of ${service ?? nameOfUrn(resource)}${day}`;
}
