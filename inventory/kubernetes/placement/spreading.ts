/** How many pods are sure to stand in each place, and how many in one or another. */
import { Worst, type Problem } from "./worst";

/** Pods of which the scheduler chooses the place: some of them stand until so many of the places are lost. */
export interface LoosePods {
  readonly pods: number;
  /** Falls when more than so many places are lost. */
  readonly rank: number;
}

export interface Spreading {
  readonly running: number;
  readonly isExact: boolean;
  /** By the number of the place. */
  readonly sure: readonly number[];
  readonly loose: readonly LoosePods[];
  /** Numbers of the places in which the loose pods can stand. */
  readonly over: readonly number[];
}

/** Over more places than this not every set of them is asked about. */
const mostPlaces = 10;

export function spreadingOf(problem: Problem, places: number): Spreading {
  const worst = new Worst(problem);
  const all = Array.from({ length: places }, (_, index) => index);
  const sure = all.map((own) => worst.left((place) => place !== own));
  const total = sure.reduce((sum, one) => sum + one, 0);
  const alone = all.map((own) => worst.running - worst.left((place) => place === own));
  const over = all.filter((place) => (alone[place] ?? 0) > (sure[place] ?? 0));
  let left = worst.running - total;
  const loose: LoosePods[] = [];
  const fewest = over.length <= mostPlaces ? fewestBySize(worst, sure, over) : fewestByBound(worst, alone, sure, over);
  for (let rank = 0; rank < over.length && left > 0; rank++) {
    const after = Math.max(0, Math.min(left, fewest[rank + 1] ?? 0));
    if (left > after) loose.push({ pods: left - after, rank });
    left = after;
  }
  return { running: worst.running, isExact: worst.isExact, sure, loose, over };
}

/** By the number of lost places, the fewest loose pods that any such set of them leaves. */
function fewestBySize(worst: Worst, sure: readonly number[], over: readonly number[]): readonly number[] {
  const fewest = new Array<number>(over.length + 1).fill(Infinity);
  for (let set = 0; set < 2 ** over.length; set++) {
    const lost = new Set(over.filter((_, index) => (set >> index) % 2 === 1));
    const standing = sure.reduce((sum, one, place) => (lost.has(place) ? sum : sum + one), 0);
    fewest[lost.size] = Math.min(fewest[lost.size] ?? Infinity, worst.left((place) => lost.has(place)) - standing);
  }
  return fewest;
}

/** The same where the sets are too many: no set holds more than its fullest places could hold one by one. */
function fewestByBound(
  worst: Worst,
  alone: readonly number[],
  sure: readonly number[],
  over: readonly number[],
): readonly number[] {
  const total = sure.reduce((sum, one) => sum + one, 0);
  const most = over.map((place) => (alone[place] ?? 0) - (sure[place] ?? 0)).sort((a, b) => b - a);
  const fewest = [worst.running - total];
  for (const one of most) fewest.push((fewest.at(-1) ?? 0) - one);
  return fewest;
}
