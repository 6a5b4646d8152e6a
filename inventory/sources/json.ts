/** The value of a JSON text; undefined where it is none, for those to whom that is an answer and no mistake. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
