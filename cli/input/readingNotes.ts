/** What the reader of a report should know of a document that says of itself how whole it is. */
import type { Reading } from "../../inventory/sources/reading";
import { named } from "../../report/figures";

/** At most so many are named; the number of the rest is said. */
const mostNamed = 10;

export function readingNotes({ leftOver, external, unstated = [] }: Reading): readonly string[] {
  return [
    ...naming("Left over from a replacement, to be deleted and not counted", leftOver),
    ...naming("Read by the stack and not made by it, and taken as it was when last read", external),
    ...naming(
      "Made for the first time, and a preview holds no outputs of components: what they publish is not known to it, " +
        "and `duplex check FOLDER` reads it",
      unstated,
    ),
  ];
}

function naming(what: string, urns: readonly string[]): readonly string[] {
  return urns.length === 0 ? [] : [`${what}: ${named([...urns].sort(), mostNamed)}.`];
}
