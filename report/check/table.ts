/** Who stays up when one site goes dark, as a table of the document. */
import type { Status } from "../../survival";
import type { TableBlock, Tone } from "../document";
import { describeSeconds, describeShare } from "../figures";
import { isMinorRow } from "./causes";
import type { CheckReport, ReportCell } from "./report";

const tones: Readonly<Record<Status, Tone>> = {
  up: "good",
  degraded: "warning",
  down: "bad",
  unknown: "unknown",
};

export function survivalBlock({ columns, rows }: CheckReport["survival"]): TableBlock {
  return {
    kind: "table",
    isBrief: true,
    title: "When a site is lost",
    caption: "Share of the peak served, and time until then, when a site is lost",
    corner: "service (tier)",
    columns,
    rows: rows.map((row) => ({
      isMinor: isMinorRow(row) || row.layer === "monitoring",
      name: `${row.service} (${row.tier})`,
      cells: row.cells.map((cell) => ({ text: cellText(cell), tone: tones[cell.status] })),
    })),
  };
}

/**
 * One cell in words: `up 100%`, `degraded 50% 45 s`, `down 0% never`, `unknown 0%-50%`; with the last day on which
 * somebody accepts that.
 */
export function cellText(cell: ReportCell): string {
  return cell.accepted === undefined
    ? outcomeText(cell)
    : `${outcomeText(cell)}, accepted until ${cell.accepted.until}`;
}

function outcomeText(cell: ReportCell): string {
  const rto = describeSeconds(cell.rtoSeconds ?? Infinity);
  switch (cell.status) {
    case "up":
      return cell.rtoSeconds === 0 ? `up ${describeShare(cell.share)}` : `up ${describeShare(cell.share)} ${rto}`;
    case "degraded":
      return `degraded ${describeShare(cell.share)} ${rto}`;
    case "down":
      return `down 0% ${rto}`;
    case "unknown":
      return `unknown ${describeShare(cell.share)}-${describeShare(cell.bestShare)}`;
    default:
      return cell.status satisfies never;
  }
}
