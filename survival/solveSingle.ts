/**
 * Solves a service that nothing leads back to. The same as `solveTogether`, which reaches its fixpoints here at once:
 * all that the service needs is settled, and its standbys start in one wave. Nearly every service of a large estate is
 * one, and the general search's maps and rounds would take most of the time of a judgement.
 */
import type { ServiceId } from "../model/ids";
import { ownLevel } from "./capacity";
import type { ServiceNode } from "./dependencyGraph";
import type { Bound, Level } from "./level";
import { ownRecovery, type Start } from "./recovery";
import {
  levelWithNeeds,
  needsOf,
  recoveryAt,
  recoveryWithNeeds,
  servingWith,
  startsOf,
  type Member,
  type Others,
  type Result,
} from "./result";
import { survivorsOf, type LossState } from "./survivors";
import { limits, weakestOf } from "./weakest";

/**
 * @param outside answers for everything that it depends on
 * @param settled told what has led to the result, where somebody wants to know it
 */
export function solveSingle(
  node: ServiceNode,
  loss: LossState,
  bound: Bound,
  outside: (id: ServiceId) => Result,
  settled?: (member: Member) => void,
): Result {
  const survivors = survivorsOf(node.service, loss, bound);
  const ownAtOnce = ownLevel(survivors, node.entryPoints, survivors.active);
  if (node.isAlone && survivors.standbys.length === 0) {
    settled?.({ node, survivors, starts: noStarts });
    const recovery = recoveryAt(ownAtOnce, ownRecovery(node, survivors, noStarts));
    return { immediate: ownAtOnce, final: ownAtOnce, own: ownAtOnce, recovery, weakest: undefined };
  }
  const others: Others = { levelOf: (id) => outside(id).final, recoveryOf: (id) => outside(id).recovery };
  const immediate = levelWithNeeds(node, ownAtOnce, (id) => outside(id).immediate);
  const starts = startsOf({ node, survivors, starts: noStarts }, others);
  settled?.({ node, survivors, starts });
  const own = starts.length > 0 ? ownLevel(survivors, node.entryPoints, servingWith(survivors, starts)) : ownAtOnce;
  const final = levelWithNeeds(node, own, others.levelOf);
  return {
    immediate,
    final,
    own,
    recovery: recoveryWithNeeds(node, ownRecovery(node, survivors, starts), final, others),
    weakest: limits(own, final) ? undefined : weakestNeed(node, own, final, others),
  };
}

const noStarts: readonly Start[] = [];

function weakestNeed(node: ServiceNode, own: Level, final: Level, { levelOf }: Others): number | undefined {
  const weakest = weakestOf(node.id, {
    nodeOf: (id) => (id === node.id ? node : undefined),
    ownOf: () => own,
    levelOf: (id) => (id === node.id ? final : levelOf(id)),
    weakestOutside: (id) => id,
  });
  return weakest === node.id ? undefined : needsOf(node).indexOf(weakest);
}
