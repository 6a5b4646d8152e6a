/** Figures for people: one way to write durations, shares, counts and long lists, whoever tells them. */

/** How a time is told: whole units, rounded up, because an objective is missed by the part that is cut off. */
export interface ToldTime {
  readonly value: number;
  readonly unit: "d" | "h" | "min" | "s";
}

const units: readonly (readonly [seconds: number, unit: ToldTime["unit"]])[] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
];

/** In one unit; `seconds` is finite. */
export function toldTime(seconds: number): ToldTime {
  // Two of a unit are exact enough; below that the next smaller one says more: 90 s, 90 min, 36 h.
  const [size, unit] = units.find(([one]) => seconds >= 2 * one) ?? [1, "s"];
  return { value: Math.ceil(seconds / size), unit };
}

/** `90 s`, `36 h`, or `never`. */
export function describeSeconds(seconds: number): string {
  if (seconds === Infinity) return "never";
  const { value, unit } = toldTime(seconds);
  return `${value} ${unit}`;
}

/** A share 0..1 in per cent, rounded down: 99.9 % of the peak is not all of it. */
export function describeShare(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}%`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `a, b and 3 more`: at most so many are named, and the rest is counted. */
export function named(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** `12,345 USD`: whole amounts, since a month's bill is no more exact than that. */
export function describeMoney(amount: number, currency: string): string {
  return `${Math.round(amount).toLocaleString("en-US")} ${currency}`;
}
