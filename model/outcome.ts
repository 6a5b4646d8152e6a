/**
 * What the services of one cluster do after one loss. Serving is a greatest fixpoint: services that need each other and
 * are alive keep each other up. Starting is a least one: standbys that need each other to start never do.
 */
import { ownLevel } from "./capacity";
import type { Replica, ServiceId } from "./estate";
import { bestOf, downLevel, fullLevel, meet, sameLevel, type Bound, type Level } from "./level";
import type { Cluster, ServiceNode } from "./network";
import { groupRecovery, ownRecovery, sameRecovery, worseRecovery, type Recovery, type Start } from "./recovery";
import { standingOf, type LossState, type Standing } from "./standing";
import { limits, weakestOf } from "./weakest";

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
   * What limits it: a service; or, of one that was solved by itself, the index of one of `needsOf` it, which something may
   * limit in turn. Undefined where it is itself.
   */
  readonly weakest: ServiceId | number | undefined;
}

interface Member {
  readonly node: ServiceNode;
  readonly standing: Standing;
  readonly starts: Start[];
}

interface Settled {
  readonly own: ReadonlyMap<ServiceId, Level>;
  readonly levels: ReadonlyMap<ServiceId, Level>;
  readonly recoveries: ReadonlyMap<ServiceId, Recovery>;
}

/**
 * Solves a service that nothing leads back to. The same as `solveCluster`, which reaches its fixpoints here at once: all
 * that the service needs is settled, and its standbys start in one wave. Nearly every service of a large estate is
 * one, and the general search's maps and rounds would take most of the time of a judgement.
 */
export function solveOnly(
  node: ServiceNode,
  loss: LossState,
  bound: Bound,
  outside: (id: ServiceId) => Result,
): Result {
  const standing = standingOf(node.service, loss, bound);
  const ownAtOnce = ownLevel(standing, node.entrances, standing.active);
  if (node.isAlone && standing.standbys.length === 0) {
    const recovery = recoveryAt(ownAtOnce, ownRecovery(node, standing, noStarts));
    return { immediate: ownAtOnce, final: ownAtOnce, own: ownAtOnce, recovery, weakest: undefined };
  }
  const finalOutside = (id: ServiceId) => outside(id).final;
  const recoveryOutside = (id: ServiceId) => outside(id).recovery;
  const immediate = lowered(node, ownAtOnce, (id) => outside(id).immediate);
  const starts = startsOf({ node, standing, starts: [] }, finalOutside, recoveryOutside);
  const own = starts.length > 0 ? ownLevel(standing, node.entrances, servingWith(standing, starts)) : ownAtOnce;
  const final = lowered(node, own, finalOutside);
  return {
    immediate,
    final,
    own,
    recovery: raised(node, ownRecovery(node, standing, starts), final, finalOutside, recoveryOutside),
    weakest: limits(own, final) ? undefined : weakestNeed(node, own, final, finalOutside),
  };
}

function weakestNeed(
  node: ServiceNode,
  own: Level,
  final: Level,
  finalOutside: (id: ServiceId) => Level,
): number | undefined {
  const weakest = weakestOf(node.id, {
    nodeOf: (id) => (id === node.id ? node : undefined),
    ownOf: () => own,
    levelOf: (id) => (id === node.id ? final : finalOutside(id)),
    weakestOutside: (id) => id,
  });
  return weakest === node.id ? undefined : needsOf(node).indexOf(weakest);
}

/** All that can limit a service besides itself. */
export function needsOf({ hard, soft }: ServiceNode): readonly ServiceId[] {
  return [...hard, ...soft].flatMap(({ anyOf }) => anyOf);
}

const noStarts: readonly Start[] = [];

/** Solves one cluster; `outside` answers for everything that it depends on. */
export function solveCluster(
  cluster: Cluster,
  loss: LossState,
  bound: Bound,
  outside: (id: ServiceId) => Result,
  weakestOutside: (id: ServiceId) => ServiceId,
): ReadonlyMap<ServiceId, Result> {
  const members: Member[] = cluster.nodes.map((node) => ({
    node,
    standing: standingOf(node.service, loss, bound),
    starts: [],
  }));
  const ownAtOnce = ownLevels(members);
  const immediate = serve(members, ownAtOnce, (id) => outside(id).immediate);

  let settled = settle(members, ownAtOnce, outside);
  for (let wave = nextWave(members, settled, outside); wave.length > 0; wave = nextWave(members, settled, outside)) {
    for (const [member, start] of wave) member.starts.push(start);
    settled = settle(members, ownLevels(members), outside);
  }

  const levelOf = (id: ServiceId) => settled.levels.get(id) ?? outside(id).final;
  const nodes = new Map(members.map(({ node }) => [node.id, node]));
  return new Map(
    members.map(({ node }) => [
      node.id,
      {
        immediate: immediate.get(node.id) ?? downLevel,
        final: levelOf(node.id),
        own: settled.own.get(node.id) ?? downLevel,
        recovery: settled.recoveries.get(node.id) ?? noRecovery,
        weakest: weakestOf(node.id, {
          nodeOf: (id) => nodes.get(id),
          ownOf: (id) => settled.own.get(id),
          levelOf,
          weakestOutside,
        }),
      },
    ]),
  );
}

const noRecovery: Recovery = { rtoSeconds: Infinity, rpoSeconds: Infinity, needsControlPlane: false };

/** Standbys that can start now and have not yet, with the moment at which they serve. */
function nextWave(
  members: readonly Member[],
  settled: Settled,
  outside: (id: ServiceId) => Result,
): (readonly [Member, Start])[] {
  const levelOf = (id: ServiceId) => settled.levels.get(id) ?? outside(id).final;
  const recoveryOf = (id: ServiceId) => settled.recoveries.get(id) ?? outside(id).recovery;
  return members.flatMap((member) => startsOf(member, levelOf, recoveryOf).map((start) => [member, start] as const));
}

/** The standbys of one service that can start now, unless they have. */
function startsOf(
  { node, standing, starts }: Member,
  levelOf: (id: ServiceId) => Level,
  recoveryOf: (id: ServiceId) => Recovery,
): Start[] {
  if (starts.length === standing.standbys.length) return [];
  if (!node.startup.every(({ anyOf }) => anyOf.some((id) => levelOf(id).alive))) return [];
  const needed = node.startup.map(({ anyOf }) => groupRecovery(anyOf, levelOf, recoveryOf));
  const waitSeconds = Math.max(0, ...needed.map(({ rtoSeconds }) => rtoSeconds));
  return standing.standbys.map((replica) => ({
    replica,
    readySeconds: waitSeconds + replica.startSeconds,
    needsControlPlane: replica.startNeeds.length > 0 || needed.some((one) => one.needsControlPlane),
  }));
}

function settle(
  members: readonly Member[],
  own: ReadonlyMap<ServiceId, Level>,
  outside: (id: ServiceId) => Result,
): Settled {
  const levels = serve(members, own, (id) => outside(id).final);
  return { own, levels, recoveries: recover(members, levels, outside) };
}

/** What each member serves by itself with what has started so far. */
function ownLevels(members: readonly Member[]): ReadonlyMap<ServiceId, Level> {
  return new Map(
    members.map(({ node, standing, starts }) => {
      return [node.id, ownLevel(standing, node.entrances, servingWith(standing, starts))];
    }),
  );
}

function servingWith({ active }: Standing, starts: readonly Start[]): readonly Replica[] {
  return starts.length > 0 ? [...active, ...starts.map(({ replica }) => replica)] : active;
}

/** Lowers every member's level until it is what its own capacity and its dependencies give. */
function serve(
  members: readonly Member[],
  own: ReadonlyMap<ServiceId, Level>,
  outside: (id: ServiceId) => Level,
): ReadonlyMap<ServiceId, Level> {
  const levels = new Map(own);
  const levelOf = (id: ServiceId) => levels.get(id) ?? outside(id);
  untilStable(members, ({ node }) => {
    const before = levelOf(node.id);
    const level = lowered(node, before, levelOf);
    levels.set(node.id, level);
    return !sameLevel(before, level);
  });
  return levels;
}

const impairedLevel: Level = { ...fullLevel, impaired: true };

/** What is left of a level with what its dependencies give. */
function lowered(node: ServiceNode, before: Level, levelOf: (id: ServiceId) => Level): Level {
  let level = before;
  for (const { anyOf } of node.hard) level = meet(level, bestOf(anyOf, levelOf));
  const isImpaired = node.soft.some(({ anyOf }) => !sameLevel(bestOf(anyOf, levelOf), fullLevel));
  return isImpaired ? meet(level, impairedLevel) : level;
}

/** Raises every member's recovery until it waits for whatever it needs. */
function recover(
  members: readonly Member[],
  levels: ReadonlyMap<ServiceId, Level>,
  outside: (id: ServiceId) => Result,
): ReadonlyMap<ServiceId, Recovery> {
  const found = new Map<ServiceId, Recovery>();
  for (const { node, standing, starts } of members) found.set(node.id, ownRecovery(node, standing, starts));
  const levelOf = (id: ServiceId) => levels.get(id) ?? outside(id).final;
  const recoveryOf = (id: ServiceId) => found.get(id) ?? outside(id).recovery;
  untilStable(members, ({ node }) => {
    const before = recoveryOf(node.id);
    const after = raised(node, before, levelOf(node.id), levelOf, recoveryOf);
    found.set(node.id, after);
    return !sameRecovery(before, after);
  });
  return found;
}

/** A recovery that waits for what the service needs; one that does not serve never recovers. */
function raised(
  node: ServiceNode,
  before: Recovery,
  level: Level,
  levelOf: (id: ServiceId) => Level,
  recoveryOf: (id: ServiceId) => Recovery,
): Recovery {
  let after = before;
  for (const { anyOf } of node.hard) after = worseRecovery(after, groupRecovery(anyOf, levelOf, recoveryOf));
  return recoveryAt(level, after);
}

function recoveryAt({ alive }: Level, recovery: Recovery): Recovery {
  return alive ? recovery : { ...recovery, rtoSeconds: Infinity };
}

function untilStable(members: readonly Member[], change: (member: Member) => boolean): void {
  for (let changed = true; changed;) {
    changed = false;
    // Every member takes part in every round: no short cut by `some`.
    for (const member of members) changed = change(member) || changed;
  }
}
