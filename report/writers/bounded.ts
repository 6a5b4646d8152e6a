/**
 * What fits into a comment: each section gets its share of the room, and says how much of it is left out. No section
 * can take the place of all others: a table of a thousand services must not hide what refuses.
 */

/** Parts of a document's block, each with an empty line before the next. */
export interface Section {
  /** What is written in any case, above the parts. */
  readonly head: string;
  /** What is written as far as there is room for it, in order. */
  readonly parts: readonly string[];
  /** Stands between two parts, and between the head and the first. */
  readonly gap: string;
  /** What is said where so many parts are left out. */
  readonly rest: (hidden: number) => string;
  /** How much of the room it gets, against the others. */
  readonly weight: number;
}

/** How room is counted, and what stands between. */
export interface Measure {
  readonly sizeOf: (text: string) => number;
  /** What `rest` may take. */
  readonly restSize: number;
  /** Between a section and the next, and before its `rest`. */
  readonly between: string;
  readonly betweenSize: number;
  /** What the gap between two parts takes. */
  readonly gapSize: (gap: string) => number;
}

/** In bytes of UTF-8: where a limit counts characters, bytes are never fewer. */
const inBytes: Measure = {
  ...{ sizeOf: bytesOf, restSize: 120, between: "\n\n", betweenSize: 2, gapSize: (gap) => gap.length },
};

/** In lines, for people. */
export const inLines: Measure = {
  sizeOf: (text) => text.split("\n").length,
  ...{ restSize: 1, between: "\n", betweenSize: 0, gapSize: () => 0 },
};

/**
 * Sections as text, within the room where their heads fit into it. What one does not need goes to those that need more.
 *
 * @param room as the measure counts it
 */
export function bounded(sections: readonly Section[], room: number, measure: Measure = inBytes): readonly string[] {
  const needs = sections.map((section) => measure.sizeOf(whole(section)) + measure.betweenSize);
  const shares = sharesOf(
    needs,
    sections.map(({ weight }) => weight),
    room,
  );
  return sections.map((section, index) => {
    const share = shares[index] ?? 0;
    return (needs[index] ?? 0) <= share ? whole(section) : cut(section, share - measure.betweenSize, measure);
  });
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function whole({ head, parts, gap }: Section): string {
  return [...(head === "" ? [] : [head]), ...parts].join(gap);
}

function cut({ head, parts, gap, rest }: Section, room: number, measure: Measure): string {
  const shown: string[] = head === "" ? [] : [head];
  let left = room - (head === "" ? 0 : measure.sizeOf(head)) - measure.restSize;
  let hidden = 0;
  for (const part of parts) {
    const size = measure.sizeOf(part) + measure.gapSize(gap);
    // In order, and no smaller one in the place of one that is worse.
    if (hidden > 0 || size > left) hidden++;
    else {
      left -= size;
      shown.push(part);
    }
  }
  return [shown.join(gap), ...(hidden === 0 ? [] : [rest(hidden)])].filter((text) => text !== "").join(measure.between);
}

/** Shares by weight; who needs less than his leaves the difference to the others. */
function sharesOf(needs: readonly number[], weights: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0);
  let open = needs.map((_, index) => index);
  let left = room;
  while (open.length > 0) {
    const total = open.reduce((sum, index) => sum + (weights[index] ?? 0), 0);
    const unit = left / total;
    const content = open.filter((index) => (needs[index] ?? 0) <= unit * (weights[index] ?? 0));
    if (content.length === 0) {
      for (const index of open) shares[index] = Math.floor(unit * (weights[index] ?? 0));
      break;
    }
    for (const index of content) {
      shares[index] = needs[index] ?? 0;
      left -= needs[index] ?? 0;
    }
    open = open.filter((index) => !content.includes(index));
  }
  return shares;
}
