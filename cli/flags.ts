/** Values of flags that several commands take. */
import { InvalidArgumentError } from "commander";

/** A flag that may be repeated. */
export function repeated(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

/** The number in an option of seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 86_400) {
    throw new InvalidArgumentError("It must be a number of seconds, more than 0 and at most 86400.");
  }
  return value;
}

/** A share of the whole. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError("It must be a number from 0 to 1.");
  return value;
}
