/** What is said of one service after one loss, from the results under both bounds. */
import { reachable } from "../lib/graph";
import type { ServiceId } from "../model/ids";
import type { DependencyGraph } from "./dependencyGraph";
import { sameLevel, statusOf } from "./level";
import type { IndexedLoss } from "./lossIndex";
import type { Solver } from "./solver";
import type { Outcome } from "./survival";
import { unknownsOf } from "./unknowns";

export function outcomeOf(id: ServiceId, loss: IndexedLoss, solver: Solver, graph: DependencyGraph): Outcome {
  const worst = solver.resultOf(id, loss, "worst");
  const best = solver.resultOf(id, loss, "best");
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
    weakest: solver.weakestOf(id, loss, "worst"),
    missing: certain ? [] : missingAfter(id, loss, solver, graph),
  };
}

/** What would have to be known: the unknowns of each needed service that make a difference after this loss. */
function missingAfter(id: ServiceId, loss: IndexedLoss, solver: Solver, graph: DependencyGraph): readonly string[] {
  const needsOf = (next: ServiceId) => (graph.node(next)?.service.dependencies ?? []).flatMap(({ anyOf }) => anyOf);
  const ownOf = (next: ServiceId, bound: "worst" | "best") => solver.resultOf(next, loss, bound).own;
  const missing = [...reachable([id], needsOf)]
    .filter((next) => !sameLevel(ownOf(next, "worst"), ownOf(next, "best")))
    .flatMap((next) => {
      const node = graph.node(next);
      return node ? unknownsOf(node.service, loss) : [];
    });
  return [...new Set(missing)].sort();
}
