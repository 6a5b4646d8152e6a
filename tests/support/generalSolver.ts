/** The general solver of the model, for each component of an estate anew: what every short cut must agree with. */
import type { DomainId, Estate } from "../../model";
import { createFailureGraph } from "../../survival/failureGraph";
import type { Bound } from "../../survival/level";
import { createDependencyGraph } from "../../survival/dependencyGraph";
import type { Result } from "../../survival/result";
import { solveTogether } from "../../survival/solveTogether";
import type { LossState } from "../../survival/survivors";

export function lossOf(estate: Estate, lost: readonly DomainId[]): LossState {
  return { failed: createFailureGraph(estate.domains).failed(lost), any: lost.length > 0 };
}

/** Every service's result after a loss; `weakest` is always a name. */
export function solvedGenerally(estate: Estate, lost: readonly DomainId[], bound: Bound): ReadonlyMap<string, Result> {
  const loss = lossOf(estate, lost);
  const settled = new Map<string, Result>();
  for (const component of createDependencyGraph(estate).components) {
    const outside = (id: string) => resultIn(settled, id);
    const results = solveTogether(component, loss, bound, {
      outside,
      weakestOutside: (id) => weakestIn(settled, id),
    });
    for (const [id, result] of results) settled.set(id, result);
  }
  return settled;
}

export function resultIn(settled: ReadonlyMap<string, Result>, id: string): Result {
  const result = settled.get(id);
  if (!result) throw new Error(`${id} was asked for before it was solved.`);
  return result;
}

export function weakestIn(settled: ReadonlyMap<string, Result>, id: string): string {
  const { weakest } = resultIn(settled, id);
  if (typeof weakest !== "string") throw new Error(`What limits ${id} must have a name; found ${weakest}.`);
  return weakest;
}
