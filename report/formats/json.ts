import type { CheckReport } from "../checkReport";
import type { Format } from "./format";

/** The report itself; see schema/check.schema.json. */
export const json: Format = (report) => [...jsonPieces(report)].join("");

/**
 * The same in pieces, for a report of a large stack: the text of one finding is plain ASCII more often than not, which
 * is written several times as fast as a whole in which a single arrow asks for two bytes a character.
 */
export function* jsonPieces(report: CheckReport): Generator<string> {
  const lists: Readonly<Record<string, () => Iterable<string>>> = {
    findings: () => listPieces(report.findings, 1),
    survival: () => survivalPieces(report.survival),
  };
  let separator = "{";
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue;
    yield `${separator}\n  ${JSON.stringify(key)}: `;
    yield* lists[key]?.() ?? [indented(value, 1)];
    separator = ",";
  }
  yield "\n}\n";
}

function* survivalPieces({ columns, rows }: CheckReport["survival"]): Generator<string> {
  yield `{\n    "columns": ${indented(columns, 2)},\n    "rows": `;
  yield* listPieces(rows, 2);
  yield "\n  }";
}

/** Longest list of which every item is laid out over several lines, for people to read. */
const longestLaidOut = 1_000;

/**
 * A longer list has one item a line: nobody reads it whole, it takes half the room, and `grep` finds an item.
 *
 * @param depth of the list itself, in levels of two spaces.
 */
function* listPieces(list: readonly unknown[], depth: number): Generator<string> {
  if (list.length === 0) {
    yield "[]";
    return;
  }
  const write = list.length > longestLaidOut ? JSON.stringify : (item: unknown) => indented(item, depth + 1);
  const before = `\n${margin(depth + 1)}`;
  let separator = "[";
  for (const item of list) {
    yield `${separator}${before}${write(item)}`;
    separator = ",";
  }
  yield `\n${margin(depth)}]`;
}

/** A value as it reads at this depth: stringified in as many lists, whose brackets are then cut off. */
function indented(value: unknown, depth: number): string {
  let wrapped: unknown = value;
  let head = 0;
  for (let level = 1; level <= depth; level++) {
    wrapped = [wrapped];
    head += 2 + 2 * level;
  }
  return JSON.stringify(wrapped, undefined, 2).slice(head, -(head - 2 * depth));
}

function margin(depth: number): string {
  return "  ".repeat(depth);
}
