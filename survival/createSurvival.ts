/**
 * The structure function of one estate, put together: every answer is worked out once, and only when it is asked for.
 */
import type { Estate } from "../model/estate";
import type { ServiceId } from "../model/ids";
import { outcomeOf } from "./assess";
import { createClosures } from "./closure";
import { createCutSetFinder } from "./cutSetFinder";
import { createDependencyGraph, type StrongComponent } from "./dependencyGraph";
import { judgeEachOnce } from "./equivalence";
import { createFailureGraph } from "./failureGraph";
import { createLossIndex } from "./lossIndex";
import { emptySolutions } from "./solutions";
import { createSolver } from "./solver";
import type { Outcome, Survival } from "./survival";
import { timelineOf } from "./traceTimeline";
import { overloadOf } from "./weighing";

/** A service with all that has been answered about it. */
interface Answers {
  readonly component: StrongComponent;
  /** By the class of the loss. */
  readonly outcomes: (Outcome | undefined)[];
}

/** The structure function of an estate. */
export function createSurvival(estate: Estate): Survival {
  const graph = createDependencyGraph(estate);
  const losses = createLossIndex(estate, graph, createFailureGraph(estate.domains));
  const solutionOf = emptySolutions(graph);
  const solver = createSolver(graph, losses, solutionOf);
  const answers = new Map<ServiceId, Answers>();

  function answersOf(id: ServiceId): Answers {
    let found = answers.get(id);
    if (!found) answers.set(id, (found = { component: graph.componentOf(id), outcomes: [] }));
    return found;
  }

  return {
    estate,
    outcome(id, lost) {
      const loss = losses.lossOf(lost);
      const { component, outcomes } = answersOf(id);
      return (outcomes[losses.classOf(component, loss)] ??= outcomeOf(id, loss, solver, graph));
    },
    timeline(id, lost) {
      const loss = losses.lossOf(lost);
      const resultOf = (one: ServiceId) => solver.resultOf(one, loss, "worst");
      const { final, recovery } = resultOf(id);
      const others = {
        levelOf: (one: ServiceId) => resultOf(one).final,
        recoveryOf: (one: ServiceId) => resultOf(one).recovery,
      };
      const member = solver.memberOf(id, loss, "worst");
      return timelineOf({ member, others, isAlive: final.alive, recovery }, [...new Set(lost)].sort());
    },
    relevantDomains: (id) => losses.relevantTo(graph.componentOf(id)),
    minimalCutSets: createCutSetFinder(graph, losses, solver, solutionOf),
    judgeEach: (services, judge, keyOf) => judgeEachOnce(services, judge, keyOf, graph, solutionOf),
    overload(id, lost) {
      const node = graph.node(id);
      return node && overloadOf(node.service, node.entryPoints, losses.lossOf(lost));
    },
    closure: createClosures(graph),
  };
}
