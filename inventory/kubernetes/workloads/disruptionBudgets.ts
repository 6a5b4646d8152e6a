/** Budgets of disruption: what a drain may take of the pods that they pick. */
import { known, unknown, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { at, propertyPath } from "../../values";
import { picked, picksNone } from "./selected";

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
    const selector = at(resource.properties, "spec", "selector", "matchLabels");
    const [workload] = picked(resource, selector, context);
    // What its own words say does not help: the scheduler goes by the selector alone.
    if (workload === undefined && picksNone(resource, selector, context)) return;
    into.state(
      {
        kind: "disruptionBudget",
        urn: resource.urn,
        cluster: context.clusters.of(resource).name,
        ...(minAvailable === undefined ? {} : { minAvailable }),
        ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
      },
      workload?.urn ?? resource.urn,
    );
  },
};
