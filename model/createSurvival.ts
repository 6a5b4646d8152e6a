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

/** What has been solved of one cluster, by the class of the loss; where nothing is unknown both bounds are one list. */
interface Solutions {
  readonly worst: (Results | undefined)[];
  readonly best: (Results | undefined)[];
}

/** A loss, and which of the domains that anything stands in it takes down. */
interface IndexedLoss extends LossState {
  readonly mask: DomainMask;
  /** The class of losses that it is to each group of clusters; filled as it is asked for. */
  readonly classes: (number | undefined)[];
}

/** Clusters that stand in the same places. */
interface Group {
  readonly index: number;
  /** Classes of losses by what the clusters feel of them: losses of one class are the same loss to them. */
  readonly classes: Map<string, number>;
}

/** A service with all that has been answered about it. */
interface Answers {
  readonly cluster: Cluster;
  /** By the class of the loss. */
  readonly outcomes: (Outcome | undefined)[];
}

/** The structure function of an estate. */
export function createSurvival(estate: Estate): Survival {
  const graph = createFailureGraph(estate.domains);
  const network = createNetwork(estate);
  const losses = new Map<string, IndexedLoss>();
  const pairs = new Map<string, Map<string, IndexedLoss>>();
  const solutions: readonly Solutions[] = network.clusters.map(({ uncertain }) => {
    const worst: Solutions["worst"] = [];
    return { worst, best: uncertain ? [] : worst };
  });
  const answers = new Map<ServiceId, Answers>();
  const closures = new Map<ServiceId, readonly ServiceId[]>();
  const groups = groupsOf(network);
  const touched: (readonly DomainId[] | undefined)[] = [];
  const anywhere: (readonly DomainId[] | undefined)[] = [];
  const allDomains = estate.domains.map((domain) => domain.id).sort();

  const indexLoss = (lost: readonly DomainId[]): IndexedLoss => {
    const [one = "", other] = lost;
    if (other === undefined) return lossIn(losses, one, lost);
    if (lost.length > 2) return lossIn(losses, [...new Set(lost)].sort().join(" "), lost);
    // The search for cut sets asks for every pair with every service: no text is made for a key.
    const [first, second] = one < other ? [one, other] : [other, one];
    let seconds = pairs.get(first);
    if (!seconds) pairs.set(first, (seconds = new Map<string, IndexedLoss>()));
    return lossIn(seconds, second, lost);
  };

  const lossIn = (index: Map<string, IndexedLoss>, key: string, lost: readonly DomainId[]): IndexedLoss => {
    let loss = index.get(key);
    if (!loss) {
      const failed = graph.failed(lost);
      index.set(key, (loss = { failed, any: lost.length > 0, mask: network.masks.of(failed), classes: [] }));
    }
    return loss;
  };

  // Losses of which a cluster feels the same are the same loss to it; one that it does not feel is no loss.
  const classFor = (cluster: Cluster, loss: IndexedLoss): number => {
    const group = groupOf(cluster);
    return (loss.classes[group.index] ??= classIn(group, cluster, loss));
  };

  const classIn = ({ classes }: Group, { unplaced, touches }: Cluster, { any, mask }: IndexedLoss): number => {
    const felt = (unplaced && any ? "? " : "") + network.masks.commonKey(touches, mask);
    let found = classes.get(felt);
    if (found === undefined) classes.set(felt, (found = classes.size));
    return found;
  };

  const groupOf = ({ index }: Cluster): Group => defined(groups[index], "group", index);

  const solvedBy = (cluster: Cluster, loss: IndexedLoss, bound: Bound): Results | undefined =>
    solutions[cluster.index]?.[bound][classFor(cluster, loss)];

  /** The result of a service whose cluster was solved. */
  const resultIn = (cluster: Cluster, id: ServiceId, loss: IndexedLoss, bound: Bound): Result => {
    const results = solvedBy(cluster, loss, bound);
    const result = results instanceof Map ? (results as ReadonlyMap<ServiceId, Result>).get(id) : (results as Result);
    if (!result) throw new Error(`Service "${id}" was not solved before it was asked for.`);
    return result;
  };

  const resultOf = (id: ServiceId, loss: IndexedLoss, bound: Bound): Result => {
    const cluster = network.clusterOf(id);
    solve(cluster, loss);
    return resultIn(cluster, id, loss, bound);
  };

  function solve(cluster: Cluster, loss: IndexedLoss): void {
    if (solvedBy(cluster, loss, "worst")) return;
    // A stack of its own, for chains of dependencies deeper than the call stack.
    const pending = [cluster];
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      if (solvedBy(top, loss, "worst")) {
        pending.pop();
        continue;
      }
      const before = pending.length;
      for (const index of top.needs) {
        const need = network.clusters[index];
        if (need && !solvedBy(need, loss, "worst")) pending.push(need);
      }
      if (pending.length === before) solveAlone(top, loss);
    }
  }

  /** Solves a cluster after all that it needs was solved. */
  function solveAlone(cluster: Cluster, loss: IndexedLoss): void {
    const solveFor = (bound: Bound): Results => {
      const outside = (id: ServiceId): Result => resultIn(network.clusterOf(id), id, loss, bound);
      return cluster.only ? solveOnly(cluster.only, loss, bound, outside) : solveCluster(cluster, loss, bound, outside);
    };
    const { worst, best } = defined(solutions[cluster.index], "cluster", cluster.index);
    const at = classFor(cluster, loss);
    if (cluster.uncertain) best[at] = solveFor("best");
    worst[at] = solveFor("worst");
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
    const worst = resultOf(id, loss, "worst");
    const best = resultOf(id, loss, "best");
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
    return (outcomes[classFor(cluster, loss)] ??= assess(id, loss));
  }

  function answersOf(id: ServiceId): Answers {
    let found = answers.get(id);
    if (!found) answers.set(id, (found = { cluster: network.clusterOf(id), outcomes: [] }));
    return found;
  }

  /** Domains that are known to matter; where something is unplaced, any other may matter too. */
  function touchedBy(cluster: Cluster): readonly DomainId[] {
    return (touched[groupOf(cluster).index] ??= graph.upstream(network.masks.members(cluster.touches)));
  }

  function relevantDomains(id: ServiceId): readonly DomainId[] {
    const cluster = network.clusterOf(id);
    const known = touchedBy(cluster);
    if (!cluster.unplaced) return known;
    return (anywhere[groupOf(cluster).index] ??= [...new Set([...allDomains, ...known])].sort());
  }

  function minimalCutSets(id: ServiceId, order: 1 | 2, kinds?: readonly string[]): readonly CutSet[] {
    const ofKind = (domain: DomainId) => kinds === undefined || kinds.includes(kindOf(domain));
    return findCutSets({
      order,
      certain: !network.clusterOf(id).uncertain,
      singles: relevantDomains(id).filter(ofKind),
      paired: touchedBy(network.clusterOf(id)).filter(ofKind),
      downsAfter: (lost) => {
        const loss = indexLoss(lost);
        return { worst: !resultOf(id, loss, "worst").final.alive, best: !resultOf(id, loss, "best").final.alive };
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

/** The group of each cluster: most of a large estate's stand in the same places as others. */
function groupsOf({ clusters, masks }: Network): readonly Group[] {
  const groups = new Map<string, Group>();
  return clusters.map(({ touches, unplaced }) => {
    const key = `${unplaced ? "? " : ""}${masks.commonKey(touches, touches)}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { index: groups.size, classes: new Map() }));
    return group;
  });
}

function defined<T>(value: T | undefined, what: string, index: number): T {
  if (value === undefined) throw new RangeError(`There is no ${what} ${index}.`);
  return value;
}
