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
import { needsOf, solveCluster, solveOnly, type Result } from "./outcome";
import { shapeOf } from "./shape";
import type { LossState } from "./standing";
import type { CutSet, Outcome, Survival } from "./survival";
import { unknownsOf } from "./unknowns";

/** The result of a cluster's only service, or of each of several. */
type Results = Result | ReadonlyMap<ServiceId, Result>;

/** What has been solved of clusters that fare alike, by the class of the loss; where nothing is unknown both bounds are one list. */
interface Solutions {
  /** Index of the first of the clusters. */
  readonly number: number;
  readonly worst: (Results | undefined)[];
  readonly best: (Results | undefined)[];
  /** Cut sets of the only service, by order and kinds. */
  readonly cutSets: Map<string, readonly CutSet[]>;
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
  const solutions = solutionsOf(network);
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

  /** The service that limits another, which was solved. */
  const weakestIn = (start: ServiceId, loss: IndexedLoss, bound: Bound): ServiceId => {
    let id = start;
    for (;;) {
      const cluster = network.clusterOf(id);
      const { weakest } = resultIn(cluster, id, loss, bound);
      if (typeof weakest === "string") return weakest;
      const need = cluster.only && weakest !== undefined ? needsOf(cluster.only)[weakest] : undefined;
      if (need === undefined) return id;
      id = need;
    }
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
      if (cluster.only) return solveOnly(cluster.only, loss, bound, outside);
      return solveCluster(cluster, loss, bound, outside, (id) => weakestIn(id, loss, bound));
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
      weakest: weakestIn(id, loss, "worst"),
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
    const cluster = network.clusterOf(id);
    if (cluster.only === undefined) return cutSetsOf(cluster, id, order, kinds);
    const { cutSets } = defined(solutions[cluster.index], "cluster", cluster.index);
    const asked = `${order} ${kinds?.join() ?? ""}`;
    let found = cutSets.get(asked);
    if (!found) cutSets.set(asked, (found = cutSetsOf(cluster, id, order, kinds)));
    return found;
  }

  function cutSetsOf(cluster: Cluster, id: ServiceId, order: 1 | 2, kinds?: readonly string[]): readonly CutSet[] {
    const ofKind = (domain: DomainId) => kinds === undefined || kinds.includes(kindOf(domain));
    return findCutSets({
      order,
      certain: !cluster.uncertain,
      singles: relevantDomains(id).filter(ofKind),
      paired: touchedBy(cluster).filter(ofKind),
      downsAfter: (lost) => {
        const loss = indexLoss(lost);
        return { worst: !resultOf(id, loss, "worst").final.alive, best: !resultOf(id, loss, "best").final.alive };
      },
    });
  }

  function alike(id: ServiceId): number {
    const { index, only, nodes } = network.clusterOf(id);
    const { number } = defined(solutions[index], "cluster", index);
    // Several in one cluster have one solution that holds a result of each: below 0, by cluster and place in it.
    return only ? number : -1 - index - network.clusters.length * nodes.findIndex((node) => node.id === id);
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

  return { estate, outcome, relevantDomains, minimalCutSets, alike, closure };
}

/** Room for the solutions of each cluster; services of one shape have theirs in common. */
function solutionsOf({ clusters, clusterOf }: Network): readonly Solutions[] {
  const byShape = new Map<string, Solutions>();
  const all: Solutions[] = [];
  // What a cluster needs comes before it.
  const numberOf = (id: ServiceId) => defined(all[clusterOf(id).index], "cluster", clusterOf(id).index).number;
  for (const cluster of clusters) {
    const shape = shapeOf(cluster, numberOf);
    let room = shape === undefined ? undefined : byShape.get(shape);
    if (!room) {
      const worst: Solutions["worst"] = [];
      room = { number: cluster.index, worst, best: cluster.uncertain ? [] : worst, cutSets: new Map() };
      if (shape !== undefined) byShape.set(shape, room);
    }
    all.push(room);
  }
  return all;
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
