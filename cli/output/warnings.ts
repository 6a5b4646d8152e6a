/** Warnings that each name something, in sentences; those that have nothing to name are left out. */
export function warningsNaming(warnings: readonly (readonly [sentence: string, names: readonly string[]])[]): string[] {
  return warnings.flatMap(([sentence, names]) => (names.length === 0 ? [] : [`${sentence}: ${names.join(", ")}.`]));
}
