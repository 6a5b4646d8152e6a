/** The text that a configuration was read from, to say the line of a mistake. */
import { isRecord } from "../lib/records";
import { LineCounter, type Node, isNode, parseDocument } from "yaml";

/** Path of a value: keys and indexes. */
export type Path = readonly (string | number)[];

export interface EstateSource {
  /** Name of the file, as the user would type it. */
  readonly file: string;
  readonly text: string;
  /** Where the estate stands inside the file. @default `config`, `duplex:estate` */
  readonly prefix?: Path;
}

/** The key of the configuration under which the estate stands. */
export const estateKey = "duplex:estate";

/** Finds lines in a source; parses it once, and only when asked. */
export function lineFinder(source: EstateSource): (path: Path) => number | undefined {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, merge: true });
  const prefix = source.prefix ?? ["config", estateKey];
  return (path) => {
    const full = [...prefix, ...path];
    // What is missing has no line of its own: the nearest parent that is there has.
    for (let length = full.length; length >= 0; length--) {
      const node: unknown = length === 0 ? document.contents : document.getIn(full.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(startOf(node)).line;
    }
    return undefined;
  };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** `services[2].objectives.rto` */
export function showPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (isRecord(at) || Array.isArray(at) ? Reflect.get(at, part) : undefined),
    value,
  );
}

/** A value received, short enough for a message. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
