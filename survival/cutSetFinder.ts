import { kindOf, type DomainId } from "../model/domain";
import type { ServiceId } from "../model/ids";
import { findCutSets } from "./cutSets";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { LossIndex } from "./lossIndex";
import type { Solution } from "./solutions";
import type { Solver } from "./solver";
import type { CutSet, Survival } from "./survival";

/** Searches for the cut sets of each service, once for all that fare alike. */
export function createCutSetFinder(
  graph: DependencyGraph,
  losses: LossIndex,
  solver: Solver,
  solutionOf: (component: StrongComponent) => Solution,
): Survival["minimalCutSets"] {
  const search = (id: ServiceId, order: 1 | 2, kinds?: readonly string[]): readonly CutSet[] => {
    const component = graph.componentOf(id);
    const ofKind = (domain: DomainId) => kinds === undefined || kinds.includes(kindOf(domain));
    return findCutSets({
      order,
      certain: !component.uncertain,
      singles: losses.relevantTo(component).filter(ofKind),
      paired: losses.knownToMatter(component).filter(ofKind),
      downsAfter: (lost) => {
        const loss = losses.lossOf(lost);
        return {
          worst: !solver.resultOf(id, loss, "worst").final.alive,
          best: !solver.resultOf(id, loss, "best").final.alive,
        };
      },
    });
  };

  return (id, order, kinds) => {
    const component = graph.componentOf(id);
    // Of several in one component each has cut sets of its own.
    if (component.only === undefined) return search(id, order, kinds);
    const { cutSets } = solutionOf(component);
    const asked = `${order} ${kinds?.join() ?? ""}`;
    let found = cutSets.get(asked);
    if (!found) cutSets.set(asked, (found = search(id, order, kinds)));
    return found;
  };
}
