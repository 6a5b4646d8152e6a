/** Budgets of disruption: what a drain may take of the pods that they pick. */
import { known, unknown, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, entries, field, propertyPath } from "../../values";
import { neighbours, neighboursAt } from "../neighbours";
import { templateOf } from "../placement/others";
import { labelsIn, picks, type Match } from "../placement/selectors";
import { workloadTypes } from "./types";

export const disruptionBudgets: Reader = {
  gives: "what a drain may take",
  types: ["kubernetes:policy/v1:PodDisruptionBudget"],
  read(resource, into, context) {
    const limit = (key: string): Known<number | string> | undefined => {
      const value = at(resource.properties, "spec", key);
      if (value === undefined || value === null) return undefined;
      return typeof value === "number" || typeof value === "string"
        ? known(value)
        : unknown(propertyPath(resource, "spec", key));
    };
    const [minAvailable, maxUnavailable] = [limit("minAvailable"), limit("maxUnavailable")];
    const covered = coveredBy(resource, context);
    const workloads = covered.map(({ urn }) => urn);
    for (const workload of covered) {
      into.state(
        {
          kind: "disruptionBudget",
          urn: resource.urn,
          cluster: context.clusters.of(resource).name,
          workloads,
          ...(minAvailable === undefined ? {} : { minAvailable }),
          ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
        },
        workload.urn,
      );
    }
  },
};

/**
 * The workloads whose pods a budget picks; where it is sure of none, those that it may pick. A selector that is empty
 * picks every pod of the namespace, one that is not there none (API reference, PodDisruptionBudgetSpec).
 */
function coveredBy(budget: Resource, context: ReadContext): readonly Resource[] {
  const selector = at(budget.properties, "spec", "selector");
  const matches = candidates(budget, selector, context).map((workload): readonly [Resource, Match] => [
    workload,
    picks(selector, labelsIn(templateOf(workload).labels)),
  ]);
  const of = (wanted: Match) => matches.flatMap(([workload, match]) => (match === wanted ? [workload] : []));
  return of("yes").length > 0 ? of("yes") : of("maybe");
}

/** By a label that all must have, where the selector names one and all labels are known. */
function candidates(budget: Resource, selector: Value, context: ReadContext): readonly Resource[] {
  const here = neighbours(budget, workloadTypes, context);
  const [pair] = entries(field(selector, "matchLabels"));
  if (pair === undefined || typeof pair[1] !== "string") return here;
  const [key, value] = pair;
  const found = neighboursAt(here, `label ${key}`, value, (workload) => field(templateOf(workload).labels, key));
  return found.length > 0 ? found : here;
}
