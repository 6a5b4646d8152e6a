/** The document's data; see schema/check.schema.json and schema/drift.schema.json. */
import { visibleJson } from "../../lib/visible";
import type { Writer } from "./writer";

/**
 * In pieces, for a report of a large stack: the text of one finding is plain ASCII more often than not, which is
 * written several times as fast as a whole in which a single arrow asks for two bytes a character.
 */
export const json: Writer = function* ({ data: { value, longLists = [] } }) {
  for (const piece of valuePieces(value, 0, longLists)) yield visibleJson(piece);
  yield "\n";
};

/**
 * @param depth of the value, in levels of two spaces
 * @param longLists paths from here; the empty one is the value itself
 */
function* valuePieces(value: unknown, depth: number, longLists: readonly string[]): Generator<string> {
  if (Array.isArray(value) && longLists.includes("")) yield* listPieces(value, depth);
  else if (isPlainObject(value) && longLists.length > 0) yield* objectPieces(value, depth, longLists);
  else yield indented(value, depth);
}

function* objectPieces(
  object: Readonly<Record<string, unknown>>,
  depth: number,
  longLists: readonly string[],
): Generator<string> {
  let separator = "{";
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${separator}\n${margin(depth + 1)}${JSON.stringify(key)}: `;
    yield* valuePieces(value, depth + 1, below(key, longLists));
    separator = ",";
  }
  yield separator === "{" ? "{}" : `\n${margin(depth)}}`;
}

/** The paths below a key, from there. */
function below(key: string, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (path === key) return [""];
    return path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : [];
  });
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Longest list of which every item is laid out over several lines, for people to read. */
const longestLaidOut = 1_000;

/** A longer list has one item a line: nobody reads it whole, it takes half the room, and `grep` finds an item. */
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
  const text = JSON.stringify(wrapped, undefined, 2);
  return depth === 0 ? text : text.slice(head, -(head - 2 * depth));
}

function margin(depth: number): string {
  return "  ".repeat(depth);
}
