/** A table for a terminal: as many columns as fit, the rest in further blocks below. */
import Table from "cli-table3";
import { visible } from "../../lib/visible";
import type { TableBlock } from "../document";
import type { Paint } from "./paint";

const frame = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "", bottom: "", "bottom-mid": "", "bottom-left": "" },
  ...{ "bottom-right": "", left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " },
};

/** Renders the table. */
export function tableText(table: TableBlock, width: number, paint: Paint): string {
  return tableLines(table, width, paint)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/**
 * The table as blocks of columns that fit side by side, each with the line of its titles and one for each row.
 *
 * @param width columns of the terminal; a table is never wider unless one column alone is.
 */
export function tableLines(
  { corner, columns, rows }: TableBlock,
  width: number,
  paint: Paint,
): readonly (readonly string[])[] {
  const nameWidth = Math.max(corner.length, ...rows.map(({ name }) => visible(name).length));
  const widths = columns.map((title, column) =>
    Math.max(visible(title).length, ...rows.map(({ cells }) => cells[column]?.text.length ?? 0)),
  );
  return blocksOf(widths, width - nameWidth).map((block) => {
    const table = new Table({
      head: [corner, ...block.map((column) => columns[column] ?? "")].map(paint.plain),
      chars: frame,
      style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    });
    for (const { name, cells } of rows) {
      const texts = block.map((column) => paint.cell(cells[column]?.tone, cells[column]?.text ?? ""));
      table.push([paint.plain(name), ...texts]);
    }
    return table
      .toString()
      .split("\n")
      .map((line) => line.trimEnd());
  });
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
