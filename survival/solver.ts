/** Solves services in the order of their needs, each once for every class of losses that it can tell apart. */
import type { ServiceId } from "../model/ids";
import type { DependencyGraph, StrongComponent } from "./dependencyGraph";
import type { Bound } from "./level";
import type { IndexedLoss, LossIndex } from "./lossIndex";
import type { Member, Result } from "./result";
import { createResultStore } from "./resultStore";
import type { Results, Solution } from "./solutions";
import { solveSingle } from "./solveSingle";
import { solveTogether } from "./solveTogether";

export interface Solver {
  /** How a service fares after a loss. */
  resultOf(id: ServiceId, loss: IndexedLoss, bound: Bound): Result;
  /** The service that limits another, of which the result is known; itself where nothing else does. */
  readonly weakestOf: (id: ServiceId, loss: IndexedLoss, bound: Bound) => ServiceId;
  /** What has led to a result: not kept, and so worked out anew. */
  memberOf(id: ServiceId, loss: IndexedLoss, bound: Bound): Member;
}

export function createSolver(
  graph: DependencyGraph,
  losses: LossIndex,
  solutionOf: (component: StrongComponent) => Solution,
): Solver {
  const { isSolved, resultIn, weakestOf } = createResultStore(graph, losses, solutionOf);

  function solve(component: StrongComponent, loss: IndexedLoss): void {
    if (isSolved(component, loss)) return;
    // A stack of its own, for chains of dependencies deeper than the call stack.
    const pending = [component];
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      if (isSolved(top, loss)) {
        pending.pop();
        continue;
      }
      const before = pending.length;
      for (const index of top.needs) {
        const need = graph.components[index];
        if (need && !isSolved(need, loss)) pending.push(need);
      }
      if (pending.length === before) solveNext(top, loss);
    }
  }

  /** Solves a component after all that it needs was solved. */
  function solveNext(component: StrongComponent, loss: IndexedLoss): void {
    const { worst, best } = solutionOf(component);
    const at = losses.classOf(component, loss);
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
      weakestOutside: (id) => weakestOf(id, loss, bound),
      settled,
    });
  }

  return {
    resultOf(id, loss, bound) {
      const component = graph.componentOf(id);
      solve(component, loss);
      return resultIn(component, id, loss, bound);
    },
    weakestOf,
    memberOf(id, loss, bound) {
      const component = graph.componentOf(id);
      solve(component, loss);
      let found: Member | undefined;
      solveFor(component, loss, bound, (member) => {
        if (member.node.id === id) found = member;
      });
      if (found === undefined) throw new Error(`Service "${id}" is not in its own component.`);
      return found;
    },
  };
}
