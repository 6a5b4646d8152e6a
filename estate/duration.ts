/** Durations as people write them in a configuration: a number and a unit, such as `90s`, `1.5m`, `1h`. */

const secondsPerUnit = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** What the schema accepts. Fractions are allowed, for `1.5m` must not quietly become one minute. */
export const durationPattern = /^\d+(\.\d+)?[smhd]$/;

/**
 * Converts a duration to seconds.
 *
 * @param text must match `durationPattern`; the schema has checked it.
 */
export function secondsOf(text: string): number {
  const unit = text.slice(-1) as keyof typeof secondsPerUnit;
  return Number(text.slice(0, -1)) * secondsPerUnit[unit];
}
