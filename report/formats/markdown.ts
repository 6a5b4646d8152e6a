import type { CheckReport, ReportFinding } from "../checkReport";
import {
  count,
  exemptionSentence,
  findingTitle,
  outcomeSentence,
  sourceLine,
  verdictLine,
  weakestSentence,
} from "../sentences";
import { cellText } from "../tableText";
import type { Format } from "./format";

/** A job finds its earlier comment by this line and replaces it. */
export const commentMarker = "<!-- duplex check -->";

/** GitHub refuses a comment of more than 65,536 characters; the rest is room for what a job adds. */
const longestComment = 60_000;

/** A comment on a pull request. */
export const markdown: Format = (report) => {
  const icon = { survives: "✅", advice: "⚠️", refused: "⛔" }[report.verdict];
  const head = [commentMarker, `## ${icon} ${text(verdictLine(report))}`, `_${text(sourceLine(report))}_`];
  const tail = [
    tableSection(report),
    listSection("Not judged", notJudgedLines(report)),
    listSection("Exemptions", exemptionLines(report)),
    listSection("Notes", report.notes.map(text)),
  ].filter(Boolean);
  const room = longestComment - [...head, ...tail].join("\n\n").length;
  return `${[...head, ...fit(report.findings.map(findingSection), room), ...tail].join("\n\n")}\n`;
};

/** The first sections that fit into so many characters, and how many were left out. */
export function fit(sections: readonly string[], room: number): string[] {
  const fitting: string[] = [];
  let left = room;
  for (const section of sections) {
    left -= section.length + 2;
    if (left < 0) break;
    fitting.push(section);
  }
  const hidden = sections.length - fitting.length;
  return hidden === 0 ? fitting : [...fitting, `_${count(hidden, "more finding")}: see \`--format json\`._`];
}

function findingSection(finding: ReportFinding): string {
  const mark = finding.level === "mandatory" ? "⛔ refused" : "⚠️ advice";
  const rows = finding.rows.length === 0 ? "" : `, incident ${finding.rows.join(", ")}`;
  const details = [
    bullet(undefined, outcomeSentence(finding)),
    bullet("Weakest edge", weakestSentence(finding)),
    bullet(finding.verdict === "unknown" ? "Missing" : "Properties", finding.properties.map(code).join(", ")),
    ...finding.urns.map((urn) => `- Resource: ${code(urn)}`),
  ].filter(Boolean);
  return [
    `**${mark}** · **${text(findingTitle(finding))}** (${finding.tier}, ${finding.severity}${rows})`,
    text(finding.message),
    `**Fix:** ${text(finding.fix)}`,
    `<details><summary>Evidence</summary>\n\n${details.join("\n")}\n\n</details>`,
  ].join("\n\n");
}

function bullet(label: string | undefined, value: string | undefined): string {
  if (!value) return "";
  return `- ${label === undefined ? "" : `${label}: `}${value.startsWith("`") ? value : text(value)}`;
}

function tableSection({ survival }: CheckReport): string {
  if (survival.rows.length === 0 || survival.columns.length === 0) return "";
  const marks = { up: "🟢", degraded: "🟡", down: "🔴", unknown: "❔" } as const;
  const lines = survival.rows.map((row) =>
    tableRow([
      `${text(row.service)} (${row.tier})`,
      ...row.cells.map((cell) => `${marks[cell.status]} ${cellText(cell)}`),
    ]),
  );
  return [
    "### When a site is lost",
    "",
    tableRow(["service (tier)", ...survival.columns.map(text)]),
    tableRow(["---", ...survival.columns.map(() => "---")]),
    ...lines,
  ].join("\n");
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function listSection(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`### ${title}`, "", ...lines.map((line) => `- ${line}`)].join("\n");
}

function notJudgedLines(report: CheckReport): string[] {
  return report.notJudged.map((item) => `${code(item.urn)}: ${text(item.reason)}`);
}

function exemptionLines(report: CheckReport): string[] {
  return report.exemptions.map((exemption) => text(exemptionSentence(exemption)));
}

/** Names come from the stack under review: they may not become markup, mentions or table cells. */
export function text(value: string): string {
  return value
    .replace(/[\r\n]+/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/[\\`*_[\]|#~!]/g, "\\$&")
    .replace(/@/g, "@\u200b");
}

export function code(value: string): string {
  const flat = value.replace(/[\r\n]+/g, " ");
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
