import { InvalidArgumentError } from "commander";

/** Seconds for a project's program; a type-checked one of hundreds of resources takes some ten. */
export const defaultProgramSeconds = 120;

/** The number in an option of seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0 || value > 86_400) {
    throw new InvalidArgumentError("It must be a number of seconds, more than 0 and at most 86400.");
  }
  return value;
}
