import { code, fit, text } from "../formats/markdown";
import type { ReportDrift } from "../driftReport";
import type { DriftFormat } from "./format";
import {
  acrossLine,
  changedByLines,
  changeLines,
  dangerLines,
  spellText,
  driftSourceLine,
  driftVerdictLine,
  listedLine,
  ruleLine,
  stackLines,
} from "./sentences";

/** A job finds its earlier comment or issue by this line and replaces it. */
export const driftMarker = "<!-- duplex drift -->";

/** GitHub refuses an issue of more than 65,536 characters; the rest is room for what a job adds. */
const longestIssue = 60_000;

/** An issue, or a comment in one. */
export const markdown: DriftFormat = (report) => {
  const icon = { none: "✅", bearable: "⚠️", lost: "⛔", unread: "❔" }[report.verdict];
  const head = [driftMarker, `## ${icon} ${text(driftVerdictLine(report))}`, `_${text(driftSourceLine(report))}_`];
  const across = [
    section("Stacks", stackLines(report).map(text)),
    section(
      "Across stacks",
      (report.acrossStacks ?? []).map((each) => text(acrossLine(each))),
    ),
  ].filter(Boolean);
  const tail = [
    section(
      "Could not tell",
      report.couldNotTell.map(({ urn, reason }) => `${code(urn)}: ${text(reason)}`),
    ),
    section(
      "Expected",
      report.expected.map((each) => text(listedLine(each))),
    ),
    section(
      "Ignored by the program (`ignoreChanges`)",
      report.ignored.map((each) => text(listedLine(each))),
    ),
    section(
      "Rules of expected drift",
      report.rules.map((each) => text(ruleLine(each))),
    ),
    section("Notes", report.notes.map(text)),
  ].filter(Boolean);
  const room = longestIssue - [...head, ...across, ...tail].join("\n\n").length;
  return `${[...head, ...across, ...fit(report.drifts.map(driftSection), room), ...tail].join("\n\n")}\n`;
};

function driftSection(drift: ReportDrift): string {
  const mark = { cosmetic: "cosmetic", bearable: "⚠️ bearable", dangerous: "⛔ dangerous" }[drift.class];
  const lines = [
    ...changeLines(drift).map((line) => `- ${code(line)}`),
    ...[...changedByLines(drift), ...dangerLines(drift)].map((line) => `- ${text(line)}`),
    // Our own words, in which commands stand between backticks; the URN in them is the heading's.
    ...drift.fixes.map((fix) => `- **Fix (${fix.action}):** ${fix.text.replace(/[\r\n<@]/g, " ")}`),
  ];
  const about = [drift.kind, spellText(drift)].filter(Boolean).join(", ");
  return [`**${mark}** · ${about} · ${code(drift.urn)}`, lines.join("\n")].join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`### ${title}`, "", ...lines.map((line) => `- ${line}`)].join("\n");
}
