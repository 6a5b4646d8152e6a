/**
 * What services that need each other do after one loss. Serving is a greatest fixpoint: those that are alive keep each
 * other up. Starting is a least one: standbys that need each other to start never do.
 */
import type { ServiceId } from "../model/ids";
import { ownLevel } from "./capacity";
import type { StrongComponent } from "./dependencyGraph";
import { downLevel, sameLevel, type Bound, type Level } from "./level";
import { ownRecovery, sameRecovery, type Recovery, type Start } from "./recovery";
import { levelWithNeeds, recoveryWithNeeds, servingWith, startsOf, type Member, type Result } from "./result";
import { survivorsOf, type LossState } from "./survivors";
import { weakestOf } from "./weakest";

/** Services outside of the component, which were solved before it. */
export interface Outside {
  /** Answers for everything that the component depends on. */
  readonly outside: (id: ServiceId) => Result;
  readonly weakestOutside: (id: ServiceId) => ServiceId;
  /** Told what has led to the result of each service, where somebody wants to know it. */
  readonly settled?: (member: Member) => void;
}

interface GrowingMember extends Member {
  readonly starts: Start[];
}

interface Fixpoint {
  readonly own: ReadonlyMap<ServiceId, Level>;
  readonly levels: ReadonlyMap<ServiceId, Level>;
  readonly recoveries: ReadonlyMap<ServiceId, Recovery>;
}

type ResultOf = (id: ServiceId) => Result;

/** Solves one component. */
export function solveTogether(
  component: StrongComponent,
  loss: LossState,
  bound: Bound,
  { outside, weakestOutside, settled }: Outside,
): ReadonlyMap<ServiceId, Result> {
  const members: GrowingMember[] = component.nodes.map((node) => ({
    node,
    survivors: survivorsOf(node.service, loss, bound),
    starts: [],
  }));
  const ownAtOnce = ownLevels(members);
  const immediate = serve(members, ownAtOnce, (id) => outside(id).immediate);

  let found = settle(members, ownAtOnce, outside);
  for (let wave = nextWave(members, found, outside); wave.length > 0; wave = nextWave(members, found, outside)) {
    for (const [member, start] of wave) member.starts.push(start);
    found = settle(members, ownLevels(members), outside);
  }
  if (settled) members.forEach(settled);

  const levelOf = (id: ServiceId) => found.levels.get(id) ?? outside(id).final;
  const nodes = new Map(members.map(({ node }) => [node.id, node]));
  return new Map(
    members.map(({ node }) => [
      node.id,
      {
        immediate: immediate.get(node.id) ?? downLevel,
        final: levelOf(node.id),
        own: found.own.get(node.id) ?? downLevel,
        recovery: found.recoveries.get(node.id) ?? noRecovery,
        weakest: weakestOf(node.id, {
          nodeOf: (id) => nodes.get(id),
          ownOf: (id) => found.own.get(id),
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
  members: readonly GrowingMember[],
  { levels, recoveries }: Fixpoint,
  outside: ResultOf,
): (readonly [GrowingMember, Start])[] {
  const levelOf = (id: ServiceId) => levels.get(id) ?? outside(id).final;
  const recoveryOf = (id: ServiceId) => recoveries.get(id) ?? outside(id).recovery;
  return members.flatMap((member) =>
    startsOf(member, { levelOf, recoveryOf }).map((start) => [member, start] as const),
  );
}

function settle(members: readonly Member[], own: ReadonlyMap<ServiceId, Level>, outside: ResultOf): Fixpoint {
  const levels = serve(members, own, (id) => outside(id).final);
  return { own, levels, recoveries: recover(members, levels, outside) };
}

/** What each member serves by itself with what has started so far. */
function ownLevels(members: readonly Member[]): ReadonlyMap<ServiceId, Level> {
  return new Map(
    members.map(({ node, survivors, starts }) => {
      return [node.id, ownLevel(survivors, node.entryPoints, servingWith(survivors, starts))];
    }),
  );
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
    const level = levelWithNeeds(node, before, levelOf);
    levels.set(node.id, level);
    return !sameLevel(before, level);
  });
  return levels;
}

/** Raises every member's recovery until it waits for whatever it needs. */
function recover(
  members: readonly Member[],
  levels: ReadonlyMap<ServiceId, Level>,
  outside: ResultOf,
): ReadonlyMap<ServiceId, Recovery> {
  const found = new Map<ServiceId, Recovery>();
  for (const { node, survivors, starts } of members) found.set(node.id, ownRecovery(node, survivors, starts));
  const levelOf = (id: ServiceId) => levels.get(id) ?? outside(id).final;
  const recoveryOf = (id: ServiceId) => found.get(id) ?? outside(id).recovery;
  untilStable(members, ({ node }) => {
    const before = recoveryOf(node.id);
    const after = recoveryWithNeeds(node, before, levelOf(node.id), { levelOf, recoveryOf });
    found.set(node.id, after);
    return !sameRecovery(before, after);
  });
  return found;
}

function untilStable(members: readonly Member[], change: (member: Member) => boolean): void {
  for (let changed = true; changed;) {
    changed = false;
    // Every member takes part in every round: no short cut by `some`.
    for (const member of members) changed = change(member) || changed;
  }
}
