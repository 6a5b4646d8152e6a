/** Months and days of a time zone as instants: a contract's month begins at its own midnight, not at that of UTC. */

/** From `from` up to, and without, `to`; milliseconds since 1970. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

interface LocalTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** @returns true for a name of the time zone database that this runtime knows */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Every month that the interval touches, whole. */
export function monthsOf({ from, to }: Interval, timeZone: string): readonly Interval[] {
  const { year, month } = localTime(from, timeZone);
  const months: Interval[] = [];
  for (let at = month; ; at++) {
    const start = instantOf({ year, month: at, day: 1 }, timeZone);
    if (start >= to) return months;
    months.push({ from: start, to: instantOf({ year, month: at + 1, day: 1 }, timeZone) });
  }
}

/** The hours from `first` to `last` of every day that the interval touches. */
export function hoursOfDays(
  { from, to }: Interval,
  { first, last }: { readonly first: number; readonly last: number },
  timeZone: string,
): readonly Interval[] {
  const { year, month, day } = localTime(from, timeZone);
  const days: Interval[] = [];
  for (let at = day; ; at++) {
    if (instantOf({ year, month, day: at }, timeZone) >= to) return days;
    days.push({
      from: instantOf({ year, month, day: at }, timeZone, first),
      to: instantOf({ year, month, day: at }, timeZone, last),
    });
  }
}

/** Intervals in order, of which none touches another: a service that is down twice at once is down once. */
export function united(intervals: readonly Interval[]): readonly Interval[] {
  const whole: Interval[] = [];
  for (const next of [...intervals].sort((one, other) => one.from - other.from)) {
    const last = whole.at(-1);
    if (last === undefined || next.from > last.to) whole.push(next);
    else whole[whole.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
  }
  return whole;
}

/** Seconds of `window` that lie within the intervals, which must not overlap. */
export function secondsWithin(intervals: readonly Interval[], window: Interval): number {
  const milliseconds = intervals.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, window.to) - Math.max(from, window.from)),
    0,
  );
  return milliseconds / 1000;
}

/** `2022-10-15 15:19` in the time zone. */
export function localText(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 16).replace("T", " ");
}

function localTime(instant: number, timeZone: string): LocalTime {
  const local = new Date(instant + offsetAt(instant, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** Months and days beyond the last run on into the next, as in `Date.UTC`. */
function instantOf({ year, month, day }: LocalTime, timeZone: string, hour = 0): number {
  const local = Date.UTC(year, month - 1, day, hour);
  const near = local - offsetAt(local, timeZone);
  // The offset of the instant itself counts, where the clocks were changed in between.
  return local - offsetAt(near, timeZone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(instant: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { ...parts, timeZone });
  formats.set(timeZone, format);
  const of = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => of.get(type) ?? 0;
  const local = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second"));
  return local - Math.floor(instant / 1000) * 1000;
}

const parts = {
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
} as const;
