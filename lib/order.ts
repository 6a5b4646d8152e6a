/** Orders for `sort`: the same on every machine, whatever its language. */

/** Compares texts by their code units, as `sort` without a comparator does. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Compares numbers from the least; Infinity is admitted, of which a difference is not a number. */
export function byNumber(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Compares things by a text of each. */
export function by<T>(textOf: (thing: T) => string): (one: T, other: T) => number {
  return (one, other) => byText(textOf(one), textOf(other));
}
