/** Which service in a chain of dependencies limits it: a service is as redundant as its weakest need (finding K6). */
import type { ServiceId } from "../model/ids";
import { bestOf, fullLevel, sameLevel, type Level } from "./level";
import type { ServiceNode } from "./dependencyGraph";

interface Search {
  /** The services of the component at hand; undefined for any other. */
  readonly nodeOf: (id: ServiceId) => ServiceNode | undefined;
  /** Their levels if all dependencies were up. */
  readonly ownOf: (id: ServiceId) => Level | undefined;
  readonly levelOf: (id: ServiceId) => Level;
  /** Answers for services outside of the component. */
  readonly weakestOutside: (id: ServiceId) => ServiceId;
}

/** The service that limits this one; itself where its own replicas are the limit, or where nothing is. */
export function weakestOf(id: ServiceId, search: Search): ServiceId {
  return trace(id, search, new Set()) ?? id;
}

function trace(id: ServiceId, search: Search, seen: Set<ServiceId>): ServiceId | undefined {
  const node = search.nodeOf(id);
  const own = search.ownOf(id);
  if (!node || !own) return search.weakestOutside(id);
  if (seen.has(id)) return undefined;
  seen.add(id);
  const level = search.levelOf(id);
  if (limits(own, level)) return id;

  const hard = node.hard.filter((group) => limits(bestOf(group.anyOf, search.levelOf), level));
  const soft = node.soft.filter((group) => !sameLevel(bestOf(group.anyOf, search.levelOf), fullLevel));
  for (const group of [...hard, ...soft]) {
    // The best member stands for the group: it is the one that would have to be better.
    const best = [...group.anyOf].sort((one, other) => compare(search.levelOf(other), search.levelOf(one)));
    for (const member of best) {
      const found = trace(member, search, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** True where this part alone already gives no more than the whole. */
export function limits(part: Level, whole: Level): boolean {
  if (!whole.alive) return !part.alive;
  if (whole.share < 1) return part.alive && part.share <= whole.share;
  return !whole.impaired || part.impaired;
}

function compare(one: Level, other: Level): number {
  return Number(one.alive) - Number(other.alive) || one.share - other.share;
}
