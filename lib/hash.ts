/** A number that follows from a text alone: for names and choices that must be the same in every run. */

/** FNV-1a (draft-eastlake-fnv) over the text's characters: 32 bits, for telling apart, not for secrets. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
