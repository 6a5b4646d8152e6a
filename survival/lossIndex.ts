/**
 * Losses as services feel them. Most of a large estate's services stand in the same places, and feel little of a loss.
 */
import type { DomainId } from "../model/domain";
import type { Estate } from "../model/estate";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { DomainMask } from "./domainMask";
import type { FailureGraph } from "./failureGraph";
import type { LossState } from "./survivors";

/** A loss, and which of the domains that anything stands in it takes down. */
export interface IndexedLoss extends LossState {
  readonly mask: DomainMask;
  /** The class of losses that it is to each group of components; filled as it is asked for. */
  readonly classes: (number | undefined)[];
}

export interface LossIndex {
  /** What these domains take down, worked out once. */
  lossOf(lost: readonly DomainId[]): IndexedLoss;
  /**
   * Losses of which a component feels the same are one class, the same loss to it; one that it does not feel is no
   * loss. Numbers from 0, for components that stand in the same places.
   */
  readonly classOf: (component: StrongComponent, loss: IndexedLoss) => number;
  /**
   * Domains whose state can matter to a component: all that anything of it stands in, and all that those fall with.
   * Sorted.
   */
  relevantTo(component: StrongComponent): readonly DomainId[];
  /** Those of them that are known to matter; where something is unplaced, any other may matter too. Sorted. */
  knownToMatter(component: StrongComponent): readonly DomainId[];
}

/** Components that stand in the same places. */
interface Group {
  readonly index: number;
  /** Classes of losses by what the components feel of them. */
  readonly classes: Map<string, number>;
}

export function createLossIndex(estate: Estate, graph: DependencyGraph, failures: FailureGraph): LossIndex {
  const { masks } = graph;
  const groups = groupsOf(graph);
  const touched: (readonly DomainId[] | undefined)[] = [];
  const anywhere: (readonly DomainId[] | undefined)[] = [];
  const allDomains = estate.domains.map((domain) => domain.id).sort();

  const groupOf = ({ index }: StrongComponent): Group => {
    const group = groups[index];
    if (group === undefined) throw new RangeError(`There is no component ${index}.`);
    return group;
  };

  const classIn = ({ classes }: Group, { unplaced, touches }: StrongComponent, { any, mask }: IndexedLoss): number => {
    const felt = (unplaced && any ? "? " : "") + masks.commonKey(touches, mask);
    let found = classes.get(felt);
    if (found === undefined) classes.set(felt, (found = classes.size));
    return found;
  };

  function knownToMatter(component: StrongComponent): readonly DomainId[] {
    return (touched[groupOf(component).index] ??= failures.upstream(masks.members(component.touches)));
  }

  return {
    lossOf: lossFinder(graph, failures),
    classOf(component, loss) {
      const group = groupOf(component);
      return (loss.classes[group.index] ??= classIn(group, component, loss));
    },
    relevantTo(component) {
      const known = knownToMatter(component);
      if (!component.unplaced) return known;
      return (anywhere[groupOf(component).index] ??= [...new Set([...allDomains, ...known])].sort());
    },
    knownToMatter,
  };
}

function lossFinder({ masks }: DependencyGraph, failures: FailureGraph): LossIndex["lossOf"] {
  const losses = new Map<string, IndexedLoss>();
  const pairs = new Map<string, Map<string, IndexedLoss>>();

  const lossIn = (index: Map<string, IndexedLoss>, key: string, lost: readonly DomainId[]): IndexedLoss => {
    let loss = index.get(key);
    if (!loss) {
      const failed = failures.failed(lost);
      index.set(key, (loss = { failed, any: lost.length > 0, mask: masks.of(failed), classes: [] }));
    }
    return loss;
  };

  return (lost) => {
    const [one = "", other] = lost;
    if (other === undefined) return lossIn(losses, one, lost);
    if (lost.length > 2) return lossIn(losses, [...new Set(lost)].sort().join(" "), lost);
    // The search for cut sets asks for every pair with every service: no text is made for a key.
    const [first, second] = one < other ? [one, other] : [other, one];
    let seconds = pairs.get(first);
    if (!seconds) pairs.set(first, (seconds = new Map<string, IndexedLoss>()));
    return lossIn(seconds, second, lost);
  };
}

/** The group of each component. */
function groupsOf({ components, masks }: DependencyGraph): readonly Group[] {
  const groups = new Map<string, Group>();
  return components.map(({ touches, unplaced }) => {
    const key = `${unplaced ? "? " : ""}${masks.commonKey(touches, touches)}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { index: groups.size, classes: new Map() }));
    return group;
  });
}
