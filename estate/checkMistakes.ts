/** What the checks over several fields have in common: mistakes at a path, and names that repeat. */
import type { LenientEstate, LenientService, Named } from "./lenientEstate";
import type { LocatedMistake } from "./schemaMistakes";
import { type Path, showPath } from "./source";

export type Check = (estate: LenientEstate) => readonly LocatedMistake[];

/** Every repetition with the first of its kind. */
export function repeated(names: readonly Named[]): readonly (readonly [again: Named, first: Named])[] {
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => other.text === name.text);
    const original = names[first];
    return first < index && original ? [[name, original] as const] : [];
  });
}

export function siteNames(estate: LenientEstate): readonly string[] {
  return estate.sites.flatMap((site) => site.name?.text ?? []);
}

export function nameOf(service: LenientService): string {
  return service.name?.text ?? showPath(service.path);
}

export function mistake(code: string, at: Path, message: string, fix: string): LocatedMistake {
  return { code, message, fix, path: showPath(at), at };
}
