import { memoize } from "../../lib/memo";
import type { DisruptionBudgetFact, Estate, SchedulingFact, Urn } from "../../model";
import { factsOf } from "./read";
import { addTo } from "../../lib/lists";

type Covered = Pick<SchedulingFact, "urn" | "service" | "cluster">;

const budgetsByWorkload = memoize((estate: Estate): ReadonlyMap<string, readonly DisruptionBudgetFact[]> => {
  const found = new Map<string, DisruptionBudgetFact[]>();
  const seen = new Set<Urn>();
  for (const budget of factsOf(estate, "disruptionBudget")) {
    const { urn, workloads } = budget;
    if (workloads === undefined) addTo(found, homeOf(budget), budget);
    // Stated once for each workload that it picks.
    else if (!seen.has(urn)) for (const workload of workloads) addTo(found, workload, budget);
    if (workloads !== undefined) seen.add(urn);
  }
  return found;
});

const podsByWorkload = memoize(
  (estate: Estate): ReadonlyMap<string, number | undefined> =>
    new Map(
      factsOf(estate, "scheduling").map(({ urn, replicas }) => [urn, replicas.known ? replicas.value : undefined]),
    ),
);

/** The disruption budgets that cover a workload: more than one block every eviction. */
export function budgetsOf(estate: Estate, workload: Covered): readonly DisruptionBudgetFact[] {
  const found = budgetsByWorkload(estate);
  return found.get(workload.urn) ?? found.get(homeOf(workload)) ?? [];
}

function homeOf({ service, cluster }: Pick<Covered, "service" | "cluster">): string {
  return JSON.stringify([service, cluster]);
}

/** How many pods a budget counts: all that it picks; undefined where one of their numbers is not known. */
function countedBy(estate: Estate, budget: DisruptionBudgetFact, workload: SchedulingFact): number | undefined {
  const pods = podsByWorkload(estate);
  const counts = (budget.workloads ?? [workload.urn]).map((urn) => pods.get(urn));
  return counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
}

/**
 * How many of these pods a budget lets go; undefined where it cannot be told. Percentages round as Kubernetes does, up.
 * A budget without a limit asks for none to stay.
 */
function evictable(budget: DisruptionBudgetFact, pods: number): number | undefined {
  const { maxUnavailable, minAvailable } = budget;
  if (maxUnavailable) return maxUnavailable.known ? amount(maxUnavailable.value, pods) : undefined;
  if (!minAvailable) return pods;
  const least = minAvailable.known ? amount(minAvailable.value, pods) : undefined;
  return least === undefined ? undefined : pods - least;
}

/** True where a drain may take every pod of a workload at once, whatever its budget keeps of others. */
export function letsAllGo(estate: Estate, workload: SchedulingFact): boolean {
  const [budget, ...others] = budgetsOf(estate, workload);
  if (budget === undefined || others.length > 0 || !workload.replicas.known) return false;
  const counted = countedBy(estate, budget, workload);
  const free = counted === undefined ? undefined : evictable(budget, counted);
  return free !== undefined && free >= workload.replicas.value;
}

/** True where a drain may take no pod of a workload: its budget lets none go, or two of them block each other. */
export function letsNoneGo(estate: Estate, workload: SchedulingFact): boolean {
  const budgets = budgetsOf(estate, workload);
  // The eviction API answers 500 to a pod with several budgets ("API-initiated Eviction").
  if (budgets.length > 1) return true;
  const [budget] = budgets;
  const counted = budget && countedBy(estate, budget, workload);
  const free = budget && counted !== undefined ? evictable(budget, counted) : undefined;
  return free !== undefined && free <= 0;
}

/** Workloads, and the budgets that cover them, each once. */
export function urnsWithBudgets(
  estate: Estate,
  workloads: readonly { readonly fact: SchedulingFact }[],
): readonly Urn[] {
  const budgets = workloads.flatMap(({ fact }) => budgetsOf(estate, fact).map(({ urn }) => urn));
  return [...new Set([...budgets, ...workloads.map(({ fact }) => fact.urn)])];
}

function amount(value: number | string, pods: number): number | undefined {
  if (typeof value === "number") return value;
  const share = /^(\d+)%$/.exec(value)?.[1];
  if (share !== undefined) return Math.ceil((Number(share) / 100) * pods);
  return /^\d+$/.test(value) ? Number(value) : undefined;
}
