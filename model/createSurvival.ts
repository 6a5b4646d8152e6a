/** Answers about one estate, each computed once: by cluster of services, and by what of a loss that cluster can feel. */
import { findCutSets } from "./cutSets";
import { kindOf, type DomainId } from "./domain";
import type { DomainMask } from "./domainMask";
import type { Estate, ServiceId } from "./estate";
import { createFailureGraph } from "./failure";
import { reachable } from "./graph";
import { sameLevel, statusOf, type Bound } from "./level";
import { createNetwork, type Cluster, type Network } from "./network";
import { onlyMember } from "./dependency";
import { solveCluster, solveOnly, type Result } from "./outcome";
import type { LossState } from "./standing";
import type { CutSet, Outcome, Survival } from "./survival";
import { unknownsOf } from "./unknowns";

/** The result of a cluster's only service, or of each of several. */
type Results = Result | ReadonlyMap<ServiceId, Result>;

interface Solution {
  readonly worst: Results;
  readonly best: Results;
}

/** A loss, and which of the domains that anything stands in it takes down. */
interface IndexedLoss extends LossState {
  readonly mask: DomainMask;
  /** What each group of clusters feels of it, as a key; filled as it is asked for. */
  readonly keys: (string | undefined)[];
}

/** A service with all that has been answered about it. */
interface Answers {
  readonly cluster: Cluster;
  readonly outcomes: Map<string, Outcome>;
}

/** The structure function of an estate. */
export function createSurvival(estate: Estate): Survival {
  const graph = createFailureGraph(estate.domains);
  const network = createNetwork(estate);
  const losses = new Map<string, IndexedLoss>();
  const solutions: Map<string, Solution>[] = network.clusters.map(() => new Map<string, Solution>());
  const answers = new Map<ServiceId, Answers>();
  const closures = new Map<ServiceId, readonly ServiceId[]>();
  const groups = groupsOf(network);
  const touched: (readonly DomainId[] | undefined)[] = [];
  const anywhere: (readonly DomainId[] | undefined)[] = [];
  const allDomains = estate.domains.map((domain) => domain.id).sort();

  const indexLoss = (lost: readonly DomainId[]): IndexedLoss => {
    const key = lost.length > 1 ? [...new Set(lost)].sort().join(" ") : (lost[0] ?? "");
    let loss = losses.get(key);
    if (!loss) {
      const failed = graph.failed(lost);
      losses.set(key, (loss = { failed, any: lost.length > 0, mask: network.masks.of(failed), keys: [] }));
    }
    return loss;
  };

  // Losses of which a cluster feels the same are the same loss to it; one that it does not feel is no loss.
  const keyFor = (cluster: Cluster, loss: IndexedLoss): string => {
    const group = groups[cluster.index] ?? -1;
    return (loss.keys[group] ??=
      (cluster.unplaced && loss.any ? "? " : "") + network.masks.commonKey(cluster.touches, loss.mask));
  };

  const solutionOf = (cluster: Cluster, loss: IndexedLoss): Solution | undefined =>
    solutions[cluster.index]?.get(keyFor(cluster, loss));

  const resultOf = (id: ServiceId, loss: IndexedLoss, bound: Bound): Result =>
    resultIn(solve(network.clusterOf(id), loss), id, bound);

  const resultIn = (solution: Solution, id: ServiceId, bound: Bound): Result => {
    const results = solution[bound];
    const result = results instanceof Map ? (results as ReadonlyMap<ServiceId, Result>).get(id) : (results as Result);
    if (!result) throw new Error(`Service "${id}" was not solved with its cluster.`);
    return result;
  };

  function solve(cluster: Cluster, loss: IndexedLoss): Solution {
    const solved = solutionOf(cluster, loss);
    if (solved) return solved;
    // A stack of its own, for chains of dependencies deeper than the call stack.
    const pending = [cluster];
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      if (solutionOf(top, loss)) {
        pending.pop();
        continue;
      }
      const before = pending.length;
      for (const index of top.needs) {
        const need = network.clusters[index];
        if (need && !solutionOf(need, loss)) pending.push(need);
      }
      if (pending.length === before) solutions[top.index]?.set(keyFor(top, loss), solveAlone(top, loss));
    }
    const solution = solutionOf(cluster, loss);
    if (!solution) throw new Error(`Cluster ${cluster.index} has no solution after all that it needs was solved.`);
    return solution;
  }

  /** Solves a cluster after all that it needs was solved. */
  function solveAlone(cluster: Cluster, loss: IndexedLoss): Solution {
    const solveFor = (bound: Bound): Results => {
      const outside = (id: ServiceId): Result => {
        const solution = solutionOf(network.clusterOf(id), loss);
        if (!solution) throw new Error(`Service "${id}" was not solved before a service that needs it.`);
        return resultIn(solution, id, bound);
      };
      return cluster.only ? solveOnly(cluster.only, loss, bound, outside) : solveCluster(cluster, loss, bound, outside);
    };
    const worst = solveFor("worst");
    return { worst, best: cluster.uncertain ? solveFor("best") : worst };
  }

  /** What would have to be known: the unknowns of every service in the closure that makes a difference after this loss. */
  function missingAfter(id: ServiceId, loss: IndexedLoss): readonly string[] {
    const all = reachable([id], (next) =>
      (network.node(next)?.service.dependencies ?? []).flatMap(({ anyOf }) => anyOf),
    );
    const differing = [...all].filter(
      (next) => !sameLevel(resultOf(next, loss, "worst").own, resultOf(next, loss, "best").own),
    );
    const missing = differing.flatMap((next) => {
      const node = network.node(next);
      return node ? unknownsOf(node.service, loss) : [];
    });
    return [...new Set(missing)].sort();
  }

  function assess(id: ServiceId, loss: IndexedLoss): Outcome {
    const solution = solve(network.clusterOf(id), loss);
    const worst = resultIn(solution, id, "worst");
    const best = resultIn(solution, id, "best");
    const { rtoSeconds, rpoSeconds, needsControlPlane } = worst.recovery;
    const certain = statusOf(worst.final) === statusOf(best.final);
    return {
      service: id,
      status: certain ? statusOf(worst.final) : "unknown",
      share: worst.final.share,
      bestShare: best.final.share,
      immediateShare: worst.immediate.share,
      rtoSeconds,
      rpoSeconds,
      needsControlPlane,
      weakest: worst.weakest,
      missing: certain ? [] : missingAfter(id, loss),
    };
  }

  function outcome(id: ServiceId, lost: readonly DomainId[]): Outcome {
    const loss = indexLoss(lost);
    const { cluster, outcomes } = answersOf(id);
    const key = keyFor(cluster, loss);
    let found = outcomes.get(key);
    if (!found) outcomes.set(key, (found = assess(id, loss)));
    return found;
  }

  function answersOf(id: ServiceId): Answers {
    let found = answers.get(id);
    if (!found) answers.set(id, (found = { cluster: network.clusterOf(id), outcomes: new Map() }));
    return found;
  }

  /** Domains that are known to matter; where something is unplaced, any other may matter too. */
  function touchedBy(cluster: Cluster): readonly DomainId[] {
    const group = groups[cluster.index] ?? -1;
    return (touched[group] ??= graph.upstream(network.masks.members(cluster.touches)));
  }

  function relevantDomains(id: ServiceId): readonly DomainId[] {
    const cluster = network.clusterOf(id);
    const known = touchedBy(cluster);
    if (!cluster.unplaced) return known;
    const group = groups[cluster.index] ?? -1;
    return (anywhere[group] ??= [...new Set([...allDomains, ...known])].sort());
  }

  function minimalCutSets(id: ServiceId, order: 1 | 2, kinds?: readonly string[]): readonly CutSet[] {
    const ofKind = (domain: DomainId) => kinds === undefined || kinds.includes(kindOf(domain));
    return findCutSets({
      order,
      certain: !network.clusterOf(id).uncertain,
      singles: relevantDomains(id).filter(ofKind),
      paired: touchedBy(network.clusterOf(id)).filter(ofKind),
      downsAfter: (lost) => {
        const solution = solve(network.clusterOf(id), indexLoss(lost));
        return {
          worst: !resultIn(solution, id, "worst").final.alive,
          best: !resultIn(solution, id, "best").final.alive,
        };
      },
    });
  }

  function closure(id: ServiceId): readonly ServiceId[] {
    let found = closures.get(id);
    if (!found) {
      const needed = (next: ServiceId) => (network.node(next)?.hard ?? []).flatMap(onlyMember);
      const all = reachable([id], needed);
      closures.set(id, (found = [...all].filter(network.isDescribed).sort()));
    }
    return found;
  }

  return { estate, outcome, relevantDomains, minimalCutSets, closure };
}

/** A number for each cluster, the same for those that stand in the same places: most of a large estate's are alike. */
function groupsOf({ clusters, masks }: Network): readonly number[] {
  const numbers = new Map<string, number>();
  return clusters.map(({ touches, unplaced }) => {
    const key = `${unplaced ? "? " : ""}${masks.commonKey(touches, touches)}`;
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    return number;
  });
}
