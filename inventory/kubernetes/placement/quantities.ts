/** Quantities of Kubernetes, and what a pod asks for. */
import { quantityOf } from "../../../lib/quantity";
import { UNKNOWN, type Value } from "../../resource";
import { at, entries, field, items } from "../../values";

/** A quantity such as `500m` or `1Gi` as a number (API reference, Quantity); undefined of anything else. */
export function quantity(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? quantityOf(value) : undefined;
}

/** A list of resources by name; what is no quantity is left out. */
export function amountsIn(list: Value): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [name, value] of entries(list)) {
    const amount = quantity(value);
    if (amount !== undefined) found.set(name, amount);
  }
  return found;
}

/** What a limit range gives to containers that say nothing. */
export interface Defaults {
  readonly requests: ReadonlyMap<string, number>;
  readonly limits: ReadonlyMap<string, number>;
}

export const noDefaults: Defaults = { requests: new Map(), limits: new Map() };

export type Asked = "requests" | "limits";

/**
 * What one pod asks for: the sum of its containers and of the sidecars that go on beside them, or what one of its other
 * init containers needs, whichever is more; what the pod says for itself goes before both, and its overhead on top
 * (Kubernetes, "Resource Management for Pods and Containers").
 */
export function podAsks(spec: Value, asked: Asked, defaults: Defaults = noDefaults): ReadonlyMap<string, number> {
  const all = items(field(spec, "initContainers"));
  const sidecars = all.filter((one) => field(one, "restartPolicy") === "Always");
  const first = all.filter((one) => !sidecars.includes(one));
  const asks = (one: Value) => containerAsks(one, asked, defaults);
  const total = sumOf([...items(field(spec, "containers")), ...sidecars].map(asks));
  for (const one of first.map(asks))
    for (const [name, amount] of one) total.set(name, Math.max(total.get(name) ?? 0, amount));
  const own = field(spec, "resources");
  for (const [name, amount] of amountsIn(field(own, "limits")))
    if (asked === "requests" && !isAskedBy(spec, name)) total.set(name, amount);
  for (const [name, amount] of amountsIn(field(own, asked))) total.set(name, amount);
  return sumOf([total, amountsIn(field(spec, "overhead"))]);
}

function isAskedBy(spec: Value, name: string): boolean {
  return items(field(spec, "containers")).some((one) => at(one, "resources", "requests", name) !== undefined);
}

/** A limit without a request is the request. */
function containerAsks(container: Value, asked: Asked, defaults: Defaults): ReadonlyMap<string, number> {
  const resources = field(container, "resources");
  const limits = amountsIn(field(resources, "limits"));
  if (asked === "limits") return new Map([...defaults.limits, ...limits]);
  const isSaid = (name: string) => limits.has(name) || at(resources, "requests", name) !== undefined;
  const given = [...defaults.limits, ...defaults.requests].filter(([name]) => !isSaid(name));
  return new Map([...given, ...limits, ...amountsIn(field(resources, "requests"))]);
}

function sumOf(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const map of maps) for (const [name, amount] of map) total.set(name, (total.get(name) ?? 0) + amount);
  return total;
}

/** True where a pod takes a port of its node, so that no other like it fits beside it. */
export function takesPort(spec: Value): boolean {
  const isOnHost = field(spec, "hostNetwork") === true;
  return [...items(field(spec, "containers")), ...items(field(spec, "initContainers"))].some((container) =>
    items(field(container, "ports")).some((port) => {
      const host = field(port, isOnHost ? "containerPort" : "hostPort");
      return host !== undefined && host !== UNKNOWN && host !== 0;
    }),
  );
}
