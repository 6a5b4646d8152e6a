/**
 * The smallest contradiction: constraints that cannot hold together, of which none can be left out (an irreducible
 * infeasible set), by the deletion filter of Chinneck and Dravnieks (ORSA Journal on Computing 3, 1991).
 */
import { buildProgram } from "./build";
import type { Constraint, ServiceDemand } from "./demand";
import type { Solve } from "./solver";

/**
 * Constraints out of these, which cannot hold together.
 *
 * @param seconds for each question to the solver; a constraint on which it gives no answer in time is kept
 */
export function contradictionIn(
  demands: readonly ServiceDemand[],
  constraints: readonly Constraint[],
  solve: Solve,
  seconds: number,
): readonly Constraint[] {
  const isInfeasible = (kept: readonly Constraint[]) => {
    const program = buildProgram(demands, kept);
    // Whether there is any plan: what it costs does not matter.
    const free = { ...program, columns: program.columns.map((column) => ({ ...column, cost: 0 })) };
    return solve(free, seconds).kind === "infeasible";
  };
  let kept = constraints;
  // Whole halves first, quarters next, at last one by one: of a thousand constraints most go together.
  for (let size = Math.ceil(constraints.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const without = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (isInfeasible(without)) kept = without;
      else start += size;
    }
  }
  return kept;
}
