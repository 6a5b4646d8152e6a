import { memoize } from "../../lib/memo";
import type { DisruptionBudgetFact, Estate, SchedulingFact } from "../../model";
import { factsOf } from "./read";

type Covered = Pick<SchedulingFact, "service" | "cluster">;

const budgetsByWorkload = memoize((estate: Estate): ReadonlyMap<string, DisruptionBudgetFact> => {
  const budgets = factsOf(estate, "disruptionBudget");
  // Of several the first counts: a map keeps the last that it is given.
  return new Map([...budgets].reverse().map((budget) => [keyOf(budget), budget]));
});

/** The disruption budget that covers a workload: of the same service, in the same cluster. */
export function budgetOf(estate: Estate, workload: Covered): DisruptionBudgetFact | undefined {
  return budgetsByWorkload(estate).get(keyOf(workload));
}

function keyOf({ service, cluster }: Covered): string {
  return JSON.stringify([service, cluster]);
}

/**
 * How many of these pods a budget lets go; undefined where it cannot be told. Percentages round as Kubernetes does, up.
 */
export function evictable(budget: DisruptionBudgetFact, pods: number): number | undefined {
  const { maxUnavailable, minAvailable } = budget;
  if (maxUnavailable) return maxUnavailable.known ? amount(maxUnavailable.value, pods) : undefined;
  if (!minAvailable?.known) return undefined;
  const least = amount(minAvailable.value, pods);
  return least === undefined ? undefined : pods - least;
}

function amount(value: number | string, pods: number): number | undefined {
  if (typeof value === "number") return value;
  const share = /^(\d+)%$/.exec(value)?.[1];
  if (share !== undefined) return Math.ceil((Number(share) / 100) * pods);
  return /^\d+$/.test(value) ? Number(value) : undefined;
}
