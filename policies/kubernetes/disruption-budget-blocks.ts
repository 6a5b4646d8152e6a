import { budgetsOf, letsNoneGo, urnsWithBudgets } from "../evidence/budgets";
import { workloadsWhere } from "../evidence/workloads";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const disruptionBudgetBlocks: Policy = {
  name: "disruption-budget-blocks",
  code: "DPX375",
  title: "A disruption budget lets a drain go on",
  family: "kubernetes",
  severity: "medium",
  rows: ["2", "K12"],
  why:
    "Where no pod may ever be evicted, a site can be emptied neither for a drill nor before the water reaches it, " +
    "and whoever must hurry deletes the budget, and with it the protection.",
  proves:
    "Computes from `minAvailable` or `maxUnavailable` and the number of pods that the budget picks how many may go: " +
    "at least one must. Of pods that two budgets pick none can be evicted.",
  fix: { text: "Let one pod go at a time.", snippet: "spec: { maxUnavailable: 1, selector }" },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const blocked = workloadsWhere(
      context,
      (fact) =>
        fact.onEveryNode !== true && fact.replicas.known && fact.replicas.value > 0 && letsNoneGo(context.estate, fact),
    );
    for (const { service, workloads, names } of blocked) {
      const isDoubled = workloads.every(({ fact }) => budgetsOf(context.estate, fact).length > 1);
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsWithBudgets(context.estate, workloads),
        properties: isDoubled ? ["spec.selector"] : ["spec.minAvailable", "spec.maxUnavailable"],
        message: isDoubled
          ? `${subject(service)} must let at least 1 pod be evicted, and two disruption budgets pick the same ` +
            `pods, of which none can then be evicted: ${names}.`
          : `${subject(service)} must let at least 1 pod be evicted, and the disruption budget lets 0 go of ${names}.`,
      };
    }
  },
};
