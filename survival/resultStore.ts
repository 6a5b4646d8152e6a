/** Results by service, loss and bound, of all that has been solved. */
import type { ServiceId } from "../model/ids";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { Bound } from "./level";
import type { IndexedLoss, LossIndex } from "./lossIndex";
import { needsOf, type Result } from "./result";
import type { Results, Solution } from "./solutions";

export interface ResultStore {
  readonly isSolved: (component: StrongComponent, loss: IndexedLoss) => boolean;
  /** The result of a service of a component that was solved. */
  readonly resultIn: (component: StrongComponent, id: ServiceId, loss: IndexedLoss, bound: Bound) => Result;
  /** The service that limits another, which was solved. */
  readonly weakestOf: (id: ServiceId, loss: IndexedLoss, bound: Bound) => ServiceId;
}

export function createResultStore(
  graph: DependencyGraph,
  { classOf }: LossIndex,
  solutionOf: (component: StrongComponent) => Solution,
): ResultStore {
  const resultsOf = (component: StrongComponent, loss: IndexedLoss, bound: Bound): Results | undefined =>
    solutionOf(component)[bound][classOf(component, loss)];

  const resultIn = (component: StrongComponent, id: ServiceId, loss: IndexedLoss, bound: Bound): Result => {
    const results = resultsOf(component, loss, bound);
    const result = results instanceof Map ? (results as ReadonlyMap<ServiceId, Result>).get(id) : (results as Result);
    if (!result) throw new Error(`Service "${id}" was not solved before it was asked for.`);
    return result;
  };

  return {
    isSolved: (component, loss) => resultsOf(component, loss, "worst") !== undefined,
    resultIn,
    weakestOf(start, loss, bound) {
      let id = start;
      for (;;) {
        const component = graph.componentOf(id);
        const { weakest } = resultIn(component, id, loss, bound);
        if (typeof weakest === "string") return weakest;
        const need = component.only && weakest !== undefined ? needsOf(component.only)[weakest] : undefined;
        if (need === undefined) return id;
        id = need;
      }
    },
  };
}
