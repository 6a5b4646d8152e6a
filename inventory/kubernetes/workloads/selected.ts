/** Workloads whose pods a selector picks. */
import { selects } from "../../identity";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, entries, field } from "../../values";
import { neighbours, neighboursAt } from "../neighbours";
import { workloadTypes } from "./types";

/** Workloads of the same cluster and namespace whose pods carry all labels of the selector. */
export function picked(resource: Resource, selector: Value, context: ReadContext): readonly Resource[] {
  const [[key, value] = []] = entries(selector);
  if (key === undefined || typeof value !== "string") return [];
  const here = neighbours(resource, workloadTypes, context);
  const candidates = neighboursAt(here, `label ${key}`, value, (workload) => field(podLabels(workload), key));
  return candidates.filter((workload) => selects(selector, podLabels(workload)));
}

/** True where a selector is known whole, workloads stand beside it, and what is known of their pods fits none of it. */
export function picksNone(resource: Resource, selector: Value, context: ReadContext): boolean {
  const wanted = entries(selector);
  const pods = neighbours(resource, workloadTypes, context).map(podLabels);
  return (
    wanted.length > 0 &&
    wanted.every(([, value]) => typeof value === "string") &&
    pods.length > 0 &&
    pods.every((labels) =>
      wanted.some(([key, value]) => {
        const found = field(labels, key);
        return typeof found !== "symbol" && found !== value;
      }),
    )
  );
}

function podLabels(workload: Resource): Value {
  return at(workload.properties, "spec", "template", "metadata", "labels");
}
