/** What a namespace admits: quotas that all of its workloads share, and limits of what one may ask for. */
import { known, unknown, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amountAt, at, entries, field, items, propertyPath, text, texts } from "../../values";
import { neighbours } from "../neighbours";
import { daemonSet, workloadTypes } from "../workloads/types";
import { templateOf } from "./others";
import { amountsIn, noDefaults, podAsks, quantity, type Defaults } from "./quantities";
import { memoize } from "../../../lib/memo";

const quotaTypes = ["kubernetes:core/v1:ResourceQuota"] as const;
const rangeTypes = ["kubernetes:core/v1:LimitRange"] as const;

export const resourceQuotas: Reader = {
  gives: "how many pods a namespace admits, read with them",
  types: quotaTypes,
  read: () => undefined,
};

export const limitRanges: Reader = {
  gives: "what containers ask for that say nothing, and the most that a pod may ask for, read with them",
  types: rangeTypes,
  read: () => undefined,
};

/** Of these a quota refuses every pod that states none (Kubernetes, "Resource Quotas"). */
const mustBeStated: ReadonlySet<string> = new Set(["cpu", "memory"]);

/** How many of a workload's pods its namespace admits, where the others of it have been first. */
export function admittedOf(workload: Resource, pods: Known<number>, context: ReadContext): Known<number> {
  const ranges = neighbours(workload, rangeTypes, context);
  const { spec } = templateOf(workload);
  if (ranges.some((range) => refuses(range, spec, defaultsOf(ranges)))) return known(0);
  let least = pods;
  for (const quota of neighbours(workload, quotaTypes, context)) {
    if (!isInScope(quota, spec)) continue;
    for (const [name, value] of entries(at(quota.properties, "spec", "hard"))) {
      const hard = quantity(value);
      if (typeof value === "symbol") return unknown(propertyPath(quota, "spec", "hard", name));
      const use = hard === undefined ? undefined : usesOf(workload, name, ranges);
      if (hard === undefined || use === undefined) continue;
      if (use === "refused") return known(0);
      if (use === 0 || !least.known) continue;
      const others = othersUse(quota, name, workload, ranges, context);
      if (others === Infinity) return unknown(propertyPath(quota, "spec", "hard", name));
      const left = Math.max(0, Math.floor((hard - others) / use + 5e-7));
      if (left < least.value) least = known(left);
    }
  }
  return least;
}

/** What one pod takes of what a quota counts; undefined of what it does not count pods by. */
function usesOf(workload: Resource, name: string, ranges: readonly Resource[]): number | "refused" | undefined {
  if (name === "pods" || name === "count/pods") return 1;
  const [, kind, of = name] = /^(requests|limits)\.(.+)$/.exec(name) ?? [];
  if (kind === undefined && !mustBeStated.has(name) && name !== "ephemeral-storage") return undefined;
  const asks = podAsks(templateOf(workload).spec, kind === "limits" ? "limits" : "requests", defaultsOf(ranges));
  return asks.get(of) ?? (mustBeStated.has(of) ? "refused" : 0);
}

type Uses = Map<string, { readonly total: number; readonly own: ReadonlyMap<Resource, number> }>;
const usesByQuota = memoize((_context: ReadContext) => new Map<string, Uses>());

/** What all other workloads of the namespace take of a quota; Infinity where it is not known of one. */
function othersUse(
  quota: Resource,
  name: string,
  workload: Resource,
  ranges: readonly Resource[],
  context: ReadContext,
): number {
  const all = usesByQuota(context);
  const uses: Uses = all.get(quota.urn) ?? new Map<string, never>();
  all.set(quota.urn, uses);
  let found = uses.get(name);
  if (found === undefined) {
    const own = new Map<Resource, number>();
    for (const one of neighbours(quota, workloadTypes, context)) {
      if (!isInScope(quota, templateOf(one).spec)) continue;
      const use = usesOf(one, name, ranges);
      own.set(one, use === undefined || use === "refused" || use === 0 ? 0 : use * podsOf(one));
    }
    uses.set(name, (found = { total: [...own.values()].reduce((sum, one) => sum + one, 0), own }));
  }
  const mine = found.own.get(workload) ?? 0;
  if (mine !== Infinity) return found.total - mine;
  return [...found.own].reduce((sum, [one, use]) => (one === workload ? sum : sum + use), 0);
}

function podsOf(workload: Resource): number {
  if (workload.type === daemonSet) return Infinity;
  const pods = amountAt(workload, ["spec", "replicas"], 1);
  return pods.known ? pods.value : Infinity;
}

/** A quota of several scopes counts pods that are in all of them (Kubernetes, "Resource Quotas", Quota scopes). */
function isInScope(quota: Resource, spec: Value): boolean {
  const scopes = texts(at(quota.properties, "spec", "scopes")).map((name) => ({
    name,
    operator: "Exists",
    values: [],
  }));
  const selected = items(at(quota.properties, "spec", "scopeSelector", "matchExpressions")).map((one) => ({
    name: text(field(one, "scopeName")) ?? "",
    operator: text(field(one, "operator")) ?? "Exists",
    values: texts(field(one, "values")),
  }));
  return [...scopes, ...selected].every(({ name, operator, values }) => {
    switch (name) {
      case "Terminating":
        return false;
      case "BestEffort":
        return isBestEffort(spec);
      case "NotBestEffort":
        return !isBestEffort(spec);
      case "CrossNamespacePodAffinity":
        return false;
      case "PriorityClass":
        return isClassed(text(field(spec, "priorityClassName")), operator, values);
      default:
        return true;
    }
  });
}

function isClassed(name: string | undefined, operator: string, values: readonly string[]): boolean {
  const isOne = name !== undefined && values.includes(name);
  if (operator === "In") return isOne;
  if (operator === "NotIn") return !isOne;
  return (name !== undefined) === (operator === "Exists");
}

function isBestEffort(spec: Value): boolean {
  return podAsks(spec, "requests").size === 0 && podAsks(spec, "limits").size === 0;
}

function limitsOf(range: Resource, type: string): readonly Value[] {
  return items(at(range.properties, "spec", "limits")).filter((one) => field(one, "type") === type);
}

/** What ranges give to containers: a most without a default is the default of limits, and that the one of requests. */
function defaultsOf(ranges: readonly Resource[]): Defaults {
  if (ranges.length === 0) return noDefaults;
  const all = ranges.flatMap((range) => limitsOf(range, "Container"));
  const listed = (key: string) => all.flatMap((one) => [...amountsIn(field(one, key))]);
  const limits = new Map([...listed("max"), ...listed("default")]);
  return { limits, requests: new Map([...limits, ...listed("defaultRequest")]) };
}

/** True where a range refuses a pod for what it, or one of its containers, asks for. */
function refuses(range: Resource, spec: Value, defaults: Defaults): boolean {
  const containers = items(field(spec, "containers"));
  const isOutside = (limit: Value, part: Value) => {
    const asks = (asked: "requests" | "limits") => podAsks(part, asked, defaults);
    const isOver = [...amountsIn(field(limit, "max"))].some(([name, most]) =>
      [asks("requests"), asks("limits")].some((list) => (list.get(name) ?? 0) > most),
    );
    return (
      isOver || [...amountsIn(field(limit, "min"))].some(([name, least]) => (asks("requests").get(name) ?? 0) < least)
    );
  };
  return (
    limitsOf(range, "Container").some((limit) => containers.some((one) => isOutside(limit, { containers: [one] }))) ||
    limitsOf(range, "Pod").some((limit) => isOutside(limit, spec))
  );
}
