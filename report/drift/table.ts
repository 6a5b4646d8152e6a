import type { DriftVerdict } from "../../drift";
import type { ReportDrift } from "../driftReport";
import type { Paint } from "../paint";
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

const colours = { none: "survives", bearable: "advice", unread: "advice", lost: "refused" } as const satisfies Record<
  DriftVerdict,
  string
>;
const marks = { cosmetic: "survives", bearable: "advice", dangerous: "refused" } as const;

/** For people at a terminal: verdict, drift from the worst, what is expected, what could not be read. */
export const table: DriftFormat = (report, { paint }) => {
  const sections = [
    `${paint.verdict(colours[report.verdict], driftVerdictLine(report))}\n${paint.dim(driftSourceLine(report))}`,
    section("Stacks:", stackLines(report), paint),
    section("Across stacks:", (report.acrossStacks ?? []).map(acrossLine), paint),
    ...report.drifts.map((drift) => driftText(drift, paint)),
    section(
      "Could not tell:",
      report.couldNotTell.map(({ urn, reason }) => `${urn}: ${reason}`),
      paint,
    ),
    section("Expected:", report.expected.map(listedLine), paint),
    section("Ignored by the program (ignoreChanges):", report.ignored.map(listedLine), paint),
    section("Rules of expected drift:", report.rules.map(ruleLine), paint),
    section("Notes:", report.notes, paint),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
};

function driftText(drift: ReportDrift, paint: Paint): string {
  const lines = [
    ...changeLines(drift),
    ...changedByLines(drift),
    ...dangerLines(drift),
    ...drift.fixes.map(({ text }, index) => `${paint.dim(index === 0 ? "Fix: " : "     ")}${text}`),
  ];
  const head = `${paint.verdict(marks[drift.class], drift.class)} ${paint.bold(drift.urn)} ${paint.dim(`(${[drift.kind, spellText(drift)].filter(Boolean).join(", ")})`)}`;
  return [head, ...lines.map((line) => `  ${line}`)].join("\n");
}

function section(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? "" : [paint.bold(title), ...lines.map((line) => `  ${line}`)].join("\n");
}
