/** The longest time between two runs of a schedule of AWS: `rate(12 hours)` or `cron(0 5 ? * * *)`. */
import { known, unknown, type Known } from "../../../model";
import type { Value } from "../../resource";
import { text } from "../../values";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const units: Readonly<Record<string, number>> = { minute, hour, day, week: 7 * day };

/** Seconds between two runs; a plan without a schedule runs daily; unknown where the expression is not a plain one. */
export function intervalOf(schedule: Value, missing: string): Known<number> {
  if (schedule === undefined || schedule === null) return known(day);
  const expression = text(schedule);
  const inside = expression?.endsWith(")")
    ? expression
        .slice(expression.indexOf("(") + 1, -1)
        .trim()
        .split(/\s+/)
    : [];
  const seconds = expression?.startsWith("rate(")
    ? ofRate(inside)
    : expression?.startsWith("cron(")
      ? ofCron(inside)
      : undefined;
  return seconds === undefined ? unknown(missing) : known(seconds);
}

function ofRate([count, unit = ""]: readonly string[]): number | undefined {
  const size = units[unit.endsWith("s") ? unit.slice(0, -1) : unit];
  return size !== undefined && Number(count) > 0 ? Number(count) * size : undefined;
}

/** Minutes, hours, day of month, month, day of week, year. Only what repeats evenly is answered. */
function ofCron([minutes = "", hours = "", dayOfMonth = "", month = "", dayOfWeek = ""]: readonly string[]):
  number | undefined {
  const open = (part: string): boolean => part === "*" || part === "?";
  if (!open(month)) return undefined;
  if (!open(dayOfWeek)) return open(dayOfMonth) && isSingle(dayOfWeek) ? 7 * day : undefined;
  if (!open(dayOfMonth)) return isSingle(dayOfMonth) ? 31 * day : undefined;
  if (isSingle(hours)) return day;
  const everyHours = step(hours, 24);
  if (everyHours === undefined) return undefined;
  if (isSingle(minutes)) return everyHours * hour;
  const everyMinutes = step(minutes, 60);
  return everyMinutes === undefined || everyHours > 1 ? undefined : everyMinutes * minute;
}

function isSingle(part: string): boolean {
  return /^[0-9A-Za-z]+$/.test(part);
}

/** `*`, `0/6`: a step that divides the whole; otherwise the last gap is another. */
function step(part: string, whole: number): number | undefined {
  if (part === "*") return 1;
  const [from, every] = part.split("/");
  const size = Number(every);
  return (from === "*" || from === "0") && Number.isInteger(size) && size > 0 && whole % size === 0 ? size : undefined;
}
