export { disruptionBudgetAbsent } from "./disruption-budget-absent";
export { disruptionBudgetBlocks } from "./disruption-budget-blocks";
export { podSpread } from "./pod-spread";
export { priorityAbsent } from "./priority-absent";
export { requestsAbsent } from "./requests-absent";
export { stretchedQuorum } from "./stretched-quorum";
export { unreachableToleration } from "./unreachable-toleration";
