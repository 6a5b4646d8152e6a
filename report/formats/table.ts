import type { CheckReport, ReportFinding } from "../checkReport";
import {
  exemptionSentence,
  findingTitle,
  outcomeSentence,
  sourceLine,
  verdictLine,
  weakestSentence,
} from "../sentences";
import { tableText } from "../tableText";
import type { Format, FormatContext } from "./format";
import { listsBy } from "../../lib/lists";

/** URNs shown of one finding unless all are asked for. */
const shownUrns = 3;

/** For people at a terminal: verdict, findings, table, what was not judged, exemptions. */
export const table: Format = (report, context) => {
  const { paint } = context;
  const sections = [
    `${paint.verdict(report.verdict, verdictLine(report))}\n${paint.dim(sourceLine(report))}`,
    ...report.findings.map((finding) => findingText(finding, context)),
    tableSection(report, context),
    listSection("Not judged:", notJudgedLines(report), context),
    listSection("Exemptions:", exemptionLines(report), context),
    listSection("Notes:", report.notes, context),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
};

/** The verdict, a line a policy and the table: for the end of a longer run. */
export const summary: Format = (report, context) => {
  const { paint } = context;
  const sections = [
    `${paint.verdict(report.verdict, verdictLine(report))}\n${paint.dim(sourceLine(report))}`,
    policyLines(report, context).join("\n"),
    tableSection(report, context),
    listSection("Not judged:", notJudgedLines(report), context),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
};

/** One line for every policy that found something: how it speaks, where, and for which rows of the incident. */
function policyLines(report: CheckReport, { paint }: FormatContext): string[] {
  const groups = listsBy(report.findings, ({ level, code }) => `${level} ${code}`);
  return [...groups.values()].flatMap((findings) => {
    const [first] = findings;
    if (first === undefined) return [];
    const services = [...new Set(findings.flatMap(({ service }) => service ?? []))];
    const mark = first.level === "mandatory" ? paint.verdict("refused", "refused") : paint.verdict("advice", "advice");
    const rows = first.rows.length === 0 ? "" : paint.dim(` (incident ${first.rows.join(", ")})`);
    const about = services.length === 0 ? "" : `: ${services.join(", ")}`;
    return [`${mark} ${paint.bold(`${first.code} ${first.policy}`)}${about}${rows}`];
  });
}

function findingText(finding: ReportFinding, { paint, verbose }: FormatContext): string {
  const mark = finding.level === "mandatory" ? paint.verdict("refused", "refused") : paint.verdict("advice", "advice");
  const urns = verbose ? finding.urns : finding.urns.slice(0, shownUrns);
  const hidden = finding.urns.length - urns.length;
  const lines: [string, string | undefined][] = [
    ["", finding.message],
    ["", outcomeSentence(finding)],
    ["Weakest edge: ", weakestSentence(finding)],
    ...urns.map((urn): [string, string] => ["Resource: ", urn]),
    ["", hidden > 0 ? `and ${hidden} more (--verbose shows them)` : undefined],
    [finding.verdict === "unknown" ? "Missing: " : "Properties: ", propertiesOf(finding, verbose)],
    ["Fix: ", finding.fix],
  ];
  const rows = finding.rows.length === 0 ? "" : `, incident ${finding.rows.join(", ")}`;
  const about = `${finding.tier}, ${finding.severity}${finding.verdict === "unknown" ? ", not provable" : ""}${rows}`;
  return [
    `${mark} ${paint.bold(findingTitle(finding))} ${paint.dim(`(${about})`)}`,
    ...lines.flatMap(([label, text]) => (text === undefined ? [] : [`  ${paint.dim(label)}${text}`])),
  ].join("\n");
}

function propertiesOf(finding: ReportFinding, verbose: boolean): string | undefined {
  const wanted = verbose || finding.verdict === "unknown";
  return wanted && finding.properties.length > 0 ? finding.properties.join(", ") : undefined;
}

function tableSection(report: CheckReport, { width, paint }: FormatContext): string {
  if (report.survival.rows.length === 0 || report.survival.columns.length === 0) return "";
  return `${paint.bold("Share of the peak served, and time until then, when a site is lost:")}\n\n${tableText(
    report.survival,
    width,
    paint,
  )}`;
}

function listSection(title: string, lines: readonly string[], { paint }: FormatContext): string {
  return lines.length === 0 ? "" : [paint.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");
}

function notJudgedLines(report: CheckReport): string[] {
  return report.notJudged.map((item) => `${item.urn} (${item.type}): ${item.reason}`);
}

function exemptionLines(report: CheckReport): string[] {
  return report.exemptions.map(exemptionSentence);
}
