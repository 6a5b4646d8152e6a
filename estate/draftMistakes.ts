/** Mistakes in what a draft says, each with its place. */
import type { DraftService, Named } from "./draft";
import type { LocatedMistake } from "./schemaMistakes";
import { type Path, showPath } from "./source";

/** Every repetition with the first of its kind. */
export function repeated(names: readonly Named[]): readonly (readonly [again: Named, first: Named])[] {
  return names.flatMap((name, index) => {
    const first = names.findIndex((other) => other.text === name.text);
    const original = names[first];
    return first < index && original ? [[name, original] as const] : [];
  });
}

/** A service's name, or where it stands if it has none. */
export function nameOf(service: DraftService): string {
  return service.name?.text ?? showPath(service.path);
}

export function mistake(code: string, at: Path, message: string, fix: string): LocatedMistake {
  return { code, message, fix, path: showPath(at), at };
}
