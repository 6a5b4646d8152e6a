/** The name that somebody probably meant, for "did you mean". */
import { byText } from "../lib/order";

/**
 * The candidate closest to a name by edit distance, or undefined where none is near: a far-fetched suggestion sends the
 * reader the wrong way.
 */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const ranked = [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || byText(a.candidate, b.candidate));
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(wanted.length / 2)) ? best.candidate : undefined;
}

/** `Write "x", or one of …` for a name that is not in a list. */
export function writeInstead(name: string, candidates: readonly string[], noun: string): string {
  const known = [...candidates].sort();
  if (known.length === 0) return `Declare ${noun} of that name first.`;
  const near = closest(name, known);
  return near
    ? `Did you mean "${near}"? Known: ${known.join(", ")}.`
    : `Write one of: ${known.join(", ")}; or declare ${noun} of that name.`;
}

/** `Write one of …` for a value of a closed list. */
export function writeOneOf(value: string, allowed: readonly string[]): string {
  const near = closest(value, allowed);
  return near && allowed.length > 1
    ? `Did you mean "${near}"? Allowed: ${allowed.join(", ")}.`
    : `Write ${allowed.join(" or ")}.`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
