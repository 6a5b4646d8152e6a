/** Solves services in the order of their needs, each once for every class of losses that it can tell apart. */
import type { ServiceId } from "../model/ids";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { Bound } from "./level";
import type { IndexedLoss, LossIndex } from "./lossIndex";
import { needsOf, type Member, type Result } from "./result";
import type { Results, Solution } from "./solutions";
import { solveSingle } from "./solveSingle";
import { solveTogether } from "./solveTogether";

export interface Solver {
  /** How a service fares after a loss. */
  resultOf(id: ServiceId, loss: IndexedLoss, bound: Bound): Result;
  /** The service that limits another after a loss; itself where nothing else does. */
  weakestOf(id: ServiceId, loss: IndexedLoss, bound: Bound): ServiceId;
  /** What has led to that result: not kept, and so worked out anew. */
  memberOf(id: ServiceId, loss: IndexedLoss, bound: Bound): Member;
}

export function createSolver(
  graph: DependencyGraph,
  { classOf }: LossIndex,
  solutionOf: (component: StrongComponent) => Solution,
): Solver {
  const solvedBy = (component: StrongComponent, loss: IndexedLoss, bound: Bound): Results | undefined =>
    solutionOf(component)[bound][classOf(component, loss)];

  /** The result of a service whose component was solved. */
  const resultIn = (component: StrongComponent, id: ServiceId, loss: IndexedLoss, bound: Bound): Result => {
    const results = solvedBy(component, loss, bound);
    const result = results instanceof Map ? (results as ReadonlyMap<ServiceId, Result>).get(id) : (results as Result);
    if (!result) throw new Error(`Service "${id}" was not solved before it was asked for.`);
    return result;
  };

  /** The service that limits another, which was solved. */
  const weakestIn = (start: ServiceId, loss: IndexedLoss, bound: Bound): ServiceId => {
    let id = start;
    for (;;) {
      const component = graph.componentOf(id);
      const { weakest } = resultIn(component, id, loss, bound);
      if (typeof weakest === "string") return weakest;
      const need = component.only && weakest !== undefined ? needsOf(component.only)[weakest] : undefined;
      if (need === undefined) return id;
      id = need;
    }
  };

  function solve(component: StrongComponent, loss: IndexedLoss): void {
    if (solvedBy(component, loss, "worst")) return;
    // A stack of its own, for chains of dependencies deeper than the call stack.
    const pending = [component];
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      if (solvedBy(top, loss, "worst")) {
        pending.pop();
        continue;
      }
      const before = pending.length;
      for (const index of top.needs) {
        const need = graph.components[index];
        if (need && !solvedBy(need, loss, "worst")) pending.push(need);
      }
      if (pending.length === before) solveNext(top, loss);
    }
  }

  /** Solves a component after all that it needs was solved. */
  function solveNext(component: StrongComponent, loss: IndexedLoss): void {
    const { worst, best } = solutionOf(component);
    const at = classOf(component, loss);
    if (component.uncertain) best[at] = solveFor(component, loss, "best");
    worst[at] = solveFor(component, loss, "worst");
  }

  function solveFor(
    component: StrongComponent,
    loss: IndexedLoss,
    bound: Bound,
    settled?: (member: Member) => void,
  ): Results {
    const outside = (id: ServiceId): Result => resultIn(graph.componentOf(id), id, loss, bound);
    if (component.only) return solveSingle(component.only, loss, bound, outside, settled);
    return solveTogether(component, loss, bound, {
      outside,
      weakestOutside: (id) => weakestIn(id, loss, bound),
      settled,
    });
  }

  return {
    resultOf(id, loss, bound) {
      const component = graph.componentOf(id);
      solve(component, loss);
      return resultIn(component, id, loss, bound);
    },
    weakestOf: weakestIn,
    memberOf(id, loss, bound) {
      const component = graph.componentOf(id);
      solve(component, loss);
      let found: Member | undefined;
      solveFor(component, loss, bound, (member) => {
        if (member.node.id === id) found = member;
      });
      if (found === undefined) throw new Error(`Service "${id}" was not solved before it was asked for.`);
      return found;
    },
  };
}
