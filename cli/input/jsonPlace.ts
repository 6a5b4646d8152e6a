/**
 * Where a text stops being JSON. `JSON.parse` gives a place only for some mistakes and only some of the time, so this
 * grammar (RFC 8259) is run over texts that it refused.
 */
export interface JsonPlace {
  /** Offset in UTF-16 units of the first character that cannot be there. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** From 0, in UTF-8. */
  readonly byte: number;
  /** True where the text ends before the value does. */
  readonly truncated: boolean;
  /** What could have stood there. */
  readonly expected: string;
}

class Stop extends Error {
  constructor(
    readonly offset: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}

/** The first place at which `text` is not JSON, or undefined if it is. */
export function jsonPlace(text: string): JsonPlace | undefined {
  try {
    scan(text);
    return undefined;
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return place(text, stop);
  }
}

function place(text: string, stop: Stop): JsonPlace {
  const before = text.slice(0, stop.offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    offset: stop.offset,
    line: before.split("\n").length,
    column: stop.offset - lineStart + 1,
    byte: Buffer.byteLength(before),
    truncated: stop.offset >= text.length,
    expected: stop.expected,
  };
}

const space = /[ \t\n\r]*/y;
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Control characters are what the grammar forbids inside a string.
// eslint-disable-next-line no-control-regex
const plainPart = /[^"\\\u0000-\u001f]*/y;
const escapePart = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Walks the text with a stack of its own: a state may nest deeper than the call stack allows. */
function scan(text: string): void {
  const open: ("{" | "[")[] = [];
  let at = skip(text, 0);
  let wants: "value" | "valueOrEnd" | "keyOrEnd" | "key" | "next" = "value";
  for (;;) {
    if (wants === "next") {
      const inside = open.at(-1);
      if (inside === undefined) {
        if (at < text.length) throw new Stop(at, "the end of the text");
        return;
      }
      const end = inside === "{" ? "}" : "]";
      if (text[at] === ",") {
        at = skip(text, at + 1);
        wants = inside === "{" ? "key" : "value";
      } else if (text[at] === end) {
        open.pop();
        at = skip(text, at + 1);
      } else throw new Stop(at, `"," or "${end}"`);
    } else if (wants === "key" || wants === "keyOrEnd") {
      if (wants === "keyOrEnd" && text[at] === "}") {
        wants = "next";
        continue;
      }
      if (text[at] !== '"') throw new Stop(at, 'a property name in double quotes or "}"');
      at = skip(text, string(text, at));
      if (text[at] !== ":") throw new Stop(at, '":"');
      at = skip(text, at + 1);
      wants = "value";
    } else {
      const first = text[at];
      if (wants === "valueOrEnd" && first === "]") {
        wants = "next";
      } else if (first === "{" || first === "[") {
        open.push(first);
        at = skip(text, at + 1);
        wants = first === "{" ? "keyOrEnd" : "valueOrEnd";
      } else {
        at = skip(text, scalar(text, at));
        wants = "next";
      }
    }
  }
}

function skip(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function string(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    plainPart.lastIndex = end;
    plainPart.test(text);
    end = plainPart.lastIndex;
    if (text[end] === '"') return end + 1;
    if (text[end] !== "\\") throw new Stop(end, "the end of the string");
    escapePart.lastIndex = end;
    if (!escapePart.test(text)) {
      // An escape that the text's end cuts short is a truncation, not a bad escape.
      const cut = /^\\(?:u[0-9a-fA-F]{0,3})?$/.test(text.slice(end, end + 7));
      throw new Stop(cut ? text.length : end, "an escape that JSON knows");
    }
    end = escapePart.lastIndex;
  }
}

function scalar(text: string, at: number): number {
  if (text[at] === '"') return string(text, at);
  for (const word of ["true", "false", "null"]) {
    if (text.startsWith(word, at)) return at + word.length;
    if (at < text.length && word.startsWith(text.slice(at))) throw new Stop(text.length, `"${word}"`);
  }
  numberPattern.lastIndex = at;
  if (numberPattern.test(text)) {
    const end = numberPattern.lastIndex;
    const cut = /^(?:\.|[eE][+-]?)$/.test(text.slice(end));
    if (cut) throw new Stop(text.length, "a digit");
    return end;
  }
  throw new Stop(at < text.length && text.slice(at) === "-" ? text.length : at, "a value");
}
