import { budgetOf, evictable } from "../evidence/budgets";
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
  proves: "Computes from `minAvailable` or `maxUnavailable` and the number of pods how many may go: at least one must.",
  fix: { text: "Let one pod go at a time.", snippet: "spec: { maxUnavailable: 1, selector }" },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const blocked = workloadsWhere(context, (fact) => {
      const budget = budgetOf(context.estate, fact);
      if (!budget || !fact.replicas.known || fact.replicas.value === 0) return false;
      const free = evictable(budget, fact.replicas.value);
      return free !== undefined && free <= 0;
    });
    for (const { service, workloads, names } of blocked) {
      const budgets = workloads.flatMap(({ fact }) => budgetOf(context.estate, fact)?.urn ?? []);
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: [...new Set([...budgets, ...workloads.map(({ fact }) => fact.urn)])],
        properties: ["spec.minAvailable", "spec.maxUnavailable"],
        message:
          `${subject(service)} must let at least 1 pod be evicted, and the disruption budget lets 0 go ` +
          `of ${names}.`,
      };
    }
  },
};
