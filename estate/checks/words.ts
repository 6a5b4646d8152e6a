/** What the checks have in common: how a mistake is made, which names repeat, which do not exist. */
import type { LenientEstate, LenientService, LenientSite, Named } from "../lenientEstate";
import type { LocatedMistake } from "../schemaMistakes";
import { type Path, showPath } from "../source";
import { writeInstead } from "../suggest";

/** Checks that take more than one field. */
export type Check = (estate: LenientEstate) => readonly LocatedMistake[];

export function unknownSites(names: readonly Named[], known: readonly string[]) {
  return names
    .filter((name) => !known.includes(name.text))
    .map((name) =>
      mistake("DPX125", name.path, `The site "${name.text}" does not exist.`, writeInstead(name.text, known, "a site")),
    );
}

export function repeatedSites(service: LenientService, names: readonly Named[]) {
  return repeated(names).map(([again]) =>
    mistake(
      "DPX127",
      again.path,
      `The site "${again.text}" is named twice for "${nameOf(service)}".`,
      "Name each site once; two copies in one site are not two sites.",
    ),
  );
}

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

/** The names that are sites, but of another kind. */
export function wrongKindIn(
  estate: LenientEstate,
  names: readonly Named[],
  kind: string,
  noun: string,
): readonly LocatedMistake[] {
  const kinds = new Map(estate.sites.flatMap((site) => (site.name ? [[site.name.text, site.kind] as const] : [])));
  return names
    .filter((name) => kinds.has(name.text) && kinds.get(name.text) !== kind)
    .map((name) =>
      mistake("DPX128", name.path, `The site "${name.text}" is not a ${noun}.`, `Write a site of kind ${kind} here.`),
    );
}

/** The site of a name; undefined where there is none. */
export function siteNamed({ sites }: LenientEstate, name: string): LenientSite | undefined {
  return sites.find((site) => site.name?.text === name);
}
