/**
 * How well a service serves, as a lattice: `meet` is what two needed things give together, `join` what the better of
 * two alternatives gives. Everything computed from levels by these two is monotone.
 */
import type { Status } from "./survival";

export interface Level {
  /** False where nothing serves at all. True with `share` 0 where something serves and nobody can say how much. */
  readonly alive: boolean;
  /** Share of peak demand served, 0..1. */
  readonly share: number;
  /** True where a soft dependency is not up, or some clients go nowhere and nobody can say how many. */
  readonly impaired: boolean;
}

/** Which end of the unknowns is assumed: all turn out badly, or all turn out well. */
export type Bound = "worst" | "best";

export const fullLevel: Level = { alive: true, share: 1, impaired: false };
export const downLevel: Level = { alive: false, share: 0, impaired: false };

/** Capacities are sums of decimals; a sum that misses the whole by rounding alone is the whole. */
const roundingShare = 1e-9;

/** A level that serves this share, clamped to 0..1. */
export function levelOfShare(share: number): Level {
  if (share >= 1 - roundingShare) return fullLevel;
  return share > 0 ? { alive: true, share, impaired: false } : downLevel;
}

export function meet(one: Level, other: Level): Level {
  if (!one.alive || !other.alive) return downLevel;
  // Most levels are full; handing back the one at hand keeps millions of equal objects from being made.
  if (other === fullLevel) return one;
  if (one === fullLevel) return other;
  return { alive: true, share: Math.min(one.share, other.share), impaired: one.impaired || other.impaired };
}

function join(one: Level, other: Level): Level {
  if (!one.alive) return other;
  if (!other.alive) return one;
  return { alive: true, share: Math.max(one.share, other.share), impaired: one.impaired && other.impaired };
}

/** What a group gives of which any one is enough. */
export function bestOf<T>(anyOf: readonly T[], levelOf: (member: T) => Level): Level {
  let best = downLevel;
  for (const member of anyOf) best = join(best, levelOf(member));
  return best;
}

export function sameLevel(one: Level, other: Level): boolean {
  return one.alive === other.alive && one.share === other.share && one.impaired === other.impaired;
}

export function statusOf(level: Level): Exclude<Status, "unknown"> {
  if (!level.alive) return "down";
  return level.share >= 1 && !level.impaired ? "up" : "degraded";
}
