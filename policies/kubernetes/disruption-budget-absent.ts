import type { SchedulingFact } from "../../model";
import { budgetsOf, letsAllGo, urnsWithBudgets } from "../evidence/budgets";
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
    "Looks, for each workload of more than one pod, for a PodDisruptionBudget in its namespace whose selector picks " +
    "its pods, and computes that not all of them may go at once. A daemon set is not asked: a drain leaves it.",
  fix: {
    text: "Add a disruption budget.",
    snippet: 'new kubernetes.policy.v1.PodDisruptionBudget("login", { spec: { maxUnavailable: 1, selector } });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const several = (fact: SchedulingFact) => fact.onEveryNode !== true && severalPods(fact) !== undefined;
    const bare = workloadsWhere(context, (fact) => several(fact) && budgetsOf(context.estate, fact).length === 0);
    for (const { service, workloads, names } of bare) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        message: `${subject(service)} must have a disruption budget in each cluster, and none covers ${names}.`,
      };
    }
    const free = workloadsWhere(context, (fact) => several(fact) && letsAllGo(context.estate, fact));
    for (const { service, workloads, names } of free) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsWithBudgets(context.estate, workloads),
        properties: ["spec.minAvailable", "spec.maxUnavailable"],
        message:
          `${subject(service)} must keep pods while a node is drained, and the disruption budget lets all go ` +
          `at once of ${names}.`,
      };
    }
  },
};
