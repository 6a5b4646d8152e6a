/** How a component refuses its arguments: all mistakes in one error, before its first resource exists. */
import { type Mistake, UserError } from "../../model";

/** One mistake in a component's arguments. */
export function argumentMistake(code: string, component: string, message: string, fix: string): Mistake {
  return { code, message, fix, path: component };
}

/** Throws when there is at least one mistake. */
export function refuseIfAny(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new UserError(mistakes);
}

/** The mistakes of a whole number that is outside of its range (both ends are allowed). */
export function outsideRange(
  code: string,
  component: string,
  field: string,
  value: number,
  least: number,
  most: number,
): readonly Mistake[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [
    argumentMistake(
      code,
      component,
      `${field} must be a whole number from ${least} to ${most}, but is ${value}.`,
      `Write a whole number in that range.`,
    ),
  ];
}
