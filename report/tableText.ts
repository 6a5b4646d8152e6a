/** The survival table for a terminal: as many columns as fit, the rest in further blocks below. */
import Table from "cli-table3";
import type { CheckReport, ReportCell } from "./checkReport";
import { describeSeconds, describeShare } from "./duration";
import type { Paint } from "./paint";

const frame = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "" },
  ...{ "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
};

/** One cell in words: `up`, `degraded 50% 45 s`, `down`, `unknown`. */
export function cellText(cell: ReportCell): string {
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

/**
 * Renders the table.
 *
 * @param width columns of the terminal; a table is never wider unless one column alone is.
 */
export function tableText(survival: CheckReport["survival"], width: number, paint: Paint): string {
  const names = survival.rows.map((row) => `${row.service} (${row.tier})`);
  const nameWidth = Math.max("service (tier)".length, ...names.map((name) => name.length));
  const texts = survival.rows.map((row) => row.cells.map(cellText));
  const widths = survival.columns.map((title, column) =>
    Math.max(title.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  return blocksOf(widths, width - nameWidth)
    .map((columns) => {
      const table = new Table({
        head: ["service (tier)", ...columns.map((column) => survival.columns[column] ?? "")],
        chars: frame,
        style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
      });
      survival.rows.forEach((row, index) => {
        const cells = columns.map((column) => paint.status(row.cells[column]?.status, texts[index]?.[column] ?? ""));
        table.push([names[index] ?? "", ...cells]);
      });
      return table
        .toString()
        .split("\n")
        .map((line) => line.trimEnd())
        .join("\n");
    })
    .join("\n\n");
}

/** Parts the columns, in order, into blocks that fit; the gap before each column is two blanks. */
function blocksOf(widths: readonly number[], room: number): number[][] {
  const blocks: number[][] = [];
  let left = 0;
  widths.forEach((width, column) => {
    const block = blocks.at(-1);
    if (block === undefined || width + 2 > left) {
      blocks.push([column]);
      left = room - width - 2;
    } else {
      block.push(column);
      left -= width + 2;
    }
  });
  return blocks;
}
