/** The one way from a configuration's value to an estate. */
import { byText } from "../lib/order";
import { type Mistake, UserError } from "../model";
import { crossMistakes } from "./crossChecks";
import type { EstateInput } from "./input";
import { resolve } from "./resolve";
import { estateSchema } from "./schema";
import { type LocatedMistake, schemaMistakes } from "./schemaMistakes";
import { type EstateSource, estateKey, lineFinder } from "./source";
import type { EstateSpec } from "./spec";

/**
 * Validates an estate and fills in its defaults.
 *
 * @param value what stands under `duplex:estate`, or the same written in a program, where an editor completes it;
 *   `{ … } satisfies EstateInput` has the compiler refuse what is misspelt
 * @param source the text that it was read from, for lines, or how to get it when it is needed; without it mistakes have
 *   paths only
 * @throws UserError with every mistake of the file, sorted by line, then path
 */
export function parseEstate(value: EstateInput): EstateSpec;
export function parseEstate(value: unknown, source?: EstateSource | (() => EstateSource | undefined)): EstateSpec;
export function parseEstate(value: unknown, source?: EstateSource | (() => EstateSource | undefined)): EstateSpec {
  const sourceOf = () => (typeof source === "function" ? source() : source);
  if (value === undefined || value === null) throw new UserError([missingEstate(sourceOf())]);
  const result = estateSchema.safeParse(value);
  const cross = crossMistakes(value);
  if (result.success && cross.length === 0) return resolve(result.data);
  const schema = result.success ? [] : schemaMistakes(result.error.issues, value);
  throw new UserError(finish([...schema, ...cross], sourceOf()));
}

function missingEstate(source: EstateSource | undefined): Mistake {
  return {
    code: "DPX105",
    message: `The configuration key "${estateKey}" is missing or empty.`,
    fix: `Write the estate under config, "${estateKey}", in Pulumi.<stack>.yaml, as Pulumi.prod.yaml does.`,
    file: source?.file,
  };
}

function finish(found: readonly LocatedMistake[], source: EstateSource | undefined): readonly Mistake[] {
  const lineOf = source && lineFinder(source);
  return found
    .map(({ at, ...mistake }) => ({ ...mistake, file: source?.file, line: lineOf?.(at) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || byText(a.path ?? "", b.path ?? "") || byText(a.code, b.code));
}
