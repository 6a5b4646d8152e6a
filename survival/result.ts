/** How one service fares after one loss, and what its needs leave of that. */
import type { Replica } from "../model/estate";
import type { ServiceId } from "../model/ids";
import type { ServiceNode } from "./dependencyGraph";
import { bestOf, fullLevel, meet, sameLevel, type Level } from "./level";
import { groupRecovery, worseRecovery, type Recovery, type Start } from "./recovery";
import type { Survivors } from "./survivors";

/** One service after one loss, under one bound. */
export interface Result {
  /** Served by what was running already. */
  readonly immediate: Level;
  /** Served once everything that starts by itself has started. */
  readonly final: Level;
  /** `final` as it would be if all dependencies were up. */
  readonly own: Level;
  readonly recovery: Recovery;
  /**
   * What limits it: a service; or, of one that was solved by itself, the index of one of `needsOf` it, which something
   * may limit in turn. Undefined where it is itself.
   */
  readonly weakest: ServiceId | number | undefined;
}

/** A service with what is left of it, and the standbys that have started. */
export interface Member {
  readonly node: ServiceNode;
  readonly survivors: Survivors;
  readonly starts: readonly Start[];
}

/** What is asked of other services. */
export interface Others {
  readonly levelOf: (id: ServiceId) => Level;
  readonly recoveryOf: (id: ServiceId) => Recovery;
}

/** All that can limit a service besides itself. */
export function needsOf({ hard, soft }: ServiceNode): readonly ServiceId[] {
  return [...hard, ...soft].flatMap(({ anyOf }) => anyOf);
}

/** The standbys of one service that can start now, unless they have. */
export function startsOf({ node, survivors, starts }: Member, { levelOf, recoveryOf }: Others): readonly Start[] {
  if (starts.length === survivors.standbys.length) return [];
  if (!node.startup.every(({ anyOf }) => anyOf.some((id) => levelOf(id).alive))) return [];
  const needs = node.startup.map(({ anyOf }) => groupRecovery(anyOf, levelOf, recoveryOf));
  const waitSeconds = Math.max(0, ...needs.map(({ rtoSeconds }) => rtoSeconds));
  return survivors.standbys.map((replica) => ({
    replica,
    needs,
    readySeconds: waitSeconds + replica.startSeconds,
    needsControlPlane: replica.startNeeds.length > 0 || needs.some((one) => one.needsControlPlane),
  }));
}

export function servingWith({ active }: Survivors, starts: readonly Start[]): readonly Replica[] {
  return starts.length > 0 ? [...active, ...starts.map(({ replica }) => replica)] : active;
}

const impairedLevel: Level = { ...fullLevel, impaired: true };

/** What is left of a level with what its dependencies give. */
export function levelWithNeeds(node: ServiceNode, before: Level, levelOf: (id: ServiceId) => Level): Level {
  let level = before;
  for (const { anyOf } of node.hard) level = meet(level, bestOf(anyOf, levelOf));
  const isImpaired = node.soft.some(({ anyOf }) => !sameLevel(bestOf(anyOf, levelOf), fullLevel));
  return isImpaired ? meet(level, impairedLevel) : level;
}

/** A recovery that waits for what the service needs; one that does not serve never recovers. */
export function recoveryWithNeeds(
  node: ServiceNode,
  before: Recovery,
  level: Level,
  { levelOf, recoveryOf }: Others,
): Recovery {
  let after = before;
  for (const { anyOf } of node.hard) after = worseRecovery(after, groupRecovery(anyOf, levelOf, recoveryOf));
  return recoveryAt(level, after);
}

export function recoveryAt({ alive }: Level, recovery: Recovery): Recovery {
  return alive ? recovery : { ...recovery, rtoSeconds: Infinity };
}
