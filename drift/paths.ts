/** Patterns over property paths and over names of resources. */

/**
 * Whether a pattern names a property or anything that it stands in. `*` stands for one member; `tags` covers
 * `tags.team`, and `["a.b"]` is the member `a.b`, as in the engine's own `ignoreChanges`.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const wanted = segments(pattern);
  const given = segments(path);
  if (wanted.length === 0 || wanted.length > given.length) return false;
  return wanted.every((part, index) => part === "*" || part === given[index]);
}

/** The property of the resource that a path stands in. */
export function propertyOf(path: string): string {
  return segments(path)[0] ?? path;
}

/** Whether a glob, in which `*` stands for any text, is the whole of a text. */
export function matchesGlob(glob: string, text: string): boolean {
  const parts = glob.split("*");
  const first = parts[0] ?? "";
  if (parts.length === 1) return glob === text;
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  // The earliest place is always right: what is left for the later parts is then the longest.
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

const segment = /\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.[\]]+)/g;

/** The members that a path goes through: `a.b["c.d"][0]` is `a`, `b`, `c.d`, `0`. */
export function segments(path: string): readonly string[] {
  return [...path.matchAll(segment)].map(([, quoted, index, name]) =>
    quoted === undefined ? (index ?? name ?? "") : unescaped(quoted),
  );
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
