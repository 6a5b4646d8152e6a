import { budgetOf } from "../evidence/budgets";
import { severalPods, workloadsWhere } from "../evidence/workloads";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const disruptionBudgetAbsent: Policy = {
  name: "disruption-budget-absent",
  code: "DPX374",
  title: "A drain cannot evict all pods of a service at once",
  family: "kubernetes",
  severity: "medium",
  rows: ["3", "K12"],
  why:
    "A site is emptied for a drill or a repair far more often than it burns; a drain without a budget takes every " +
    "pod together.",
  proves:
    "Looks, for each workload of more than one pod, for a PodDisruptionBudget of the same service in its cluster.",
  fix: {
    text: "Add a disruption budget.",
    snippet: 'new kubernetes.policy.v1.PodDisruptionBudget("login", { spec: { maxUnavailable: 1, selector } });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const bare = workloadsWhere(context, (fact) => severalPods(fact) !== undefined && !budgetOf(context.estate, fact));
    for (const { service, workloads, names } of bare) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        message: `${subject(service)} must have a disruption budget in each cluster, and none covers ${names}.`,
      };
    }
  },
};
