/** What stands before a Service and between it and the pods that it picks. */
import { closedBy, tightest, undecidedBy, widest, type Gate } from "../../gate";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text, texts } from "../../values";
import { clientsIn } from "../../aws/network/ipRanges";
import { neighbours, neighboursAt } from "../neighbours";
import { picked, picksNone } from "../workloads/selected";
import { addressesOf } from "./addresses";
import { admissionGate, type Client } from "./networkPolicies";
import { podPortOf, probeGate } from "./ports";

const endpointTypes = ["kubernetes:core/v1:Endpoints", "kubernetes:discovery.k8s.io/v1:EndpointSlice"] as const;

/** Whether requests from outside get to a Service at all. */
export function serviceGate(service: Resource): Gate | undefined {
  const spec = field(service.properties, "spec");
  if (field(spec, "type") !== "LoadBalancer") return undefined;
  const addresses = addressesOf(service);
  const balancer = at(service.properties, "status", "loadBalancer");
  // Only what an API server has answered has a version; a rendered manifest may have an empty status as well.
  const isObserved = text(at(service.properties, "metadata", "resourceVersion")) !== undefined;
  if (isObserved && addresses.length === 0 && typeof balancer === "object") {
    return undecidedBy(service, "status.loadBalancer", `the Service "${service.name}" has no address yet`);
  }
  return addresses.some(isPublic) ? rangesGate(service, rangesOf(service)) : undefined;
}

const rangesKey = "service.beta.kubernetes.io/load-balancer-source-ranges";

function rangesOf({ properties }: Resource): readonly string[] {
  const given = texts(at(properties, "spec", "loadBalancerSourceRanges"));
  if (given.length > 0) return given;
  const annotated = text(at(properties, "metadata", "annotations", rangesKey));
  return annotated?.split(",").map((range) => range.trim()) ?? [];
}

function rangesGate(service: Resource, ranges: readonly string[]): Gate | undefined {
  if (ranges.length === 0 || ranges.includes("::/0")) return undefined;
  const clients = clientsIn(ranges);
  const [property, name] = ["spec.loadBalancerSourceRanges", `the Service "${service.name}"`];
  if (clients === "all") return undefined;
  return clients === "none"
    ? closedBy(service, property, `${name} has a public address and admits private ones alone`)
    : undecidedBy(service, property, `${name} admits ${ranges.join(", ")} alone`);
}

/** An address that clients of the internet can ask; a host name is one unless its load balancer is internal. */
function isPublic(address: string): boolean {
  if (/^[\d.]+$/.test(address)) return clientsIn([address]) !== "none";
  return !address.includes(":") && !address.startsWith("internal-");
}

/** True for a Service that has no address outside of its cluster. */
export function isInCluster(entrance: Resource | undefined): boolean {
  return entrance?.type === "kubernetes:core/v1:Service" && !isOutside(entrance);
}

/** Whether a Service is reached from outside of its cluster. */
export function isOutside({ properties }: Resource): boolean {
  const spec = field(properties, "spec");
  const type = text(field(spec, "type"));
  return type === "LoadBalancer" || type === "NodePort" || texts(field(spec, "externalIPs")).length > 0;
}

/**
 * What stands between a Service and the pods of a workload that it picks: some port of it has to lead to one of theirs.
 *
 * @param wanted the one port that is asked for, by name or number @default any
 */
export function podGate(
  service: Resource,
  workload: Resource,
  context: ReadContext,
  client: Client = isOutside(service) ? "outside" : "inside",
  wanted?: number | string,
): Gate | undefined {
  const spec = field(service.properties, "spec");
  const ports = portsOf(service).filter((port) => wanted === undefined || isPort(port, wanted));
  const probed = probeGate(workload, field(spec, "publishNotReadyAddresses") !== true);
  if (ports.length === 0) return probed;
  const byPort = ports.map((port) => {
    const { pod, gate } = podPortOf(service, port, workload);
    return tightest([gate, admissionGate(workload, pod, client, context)]);
  });
  return tightest([widest(byPort), probed]);
}

function portsOf({ properties }: Resource): readonly Value[] {
  return items(at(properties, "spec", "ports"));
}

function isPort(port: Value, wanted: number | string): boolean {
  return typeof wanted === "string" ? field(port, "name") === wanted : amount(field(port, "port")) === wanted;
}

/**
 * What stands between a controller and the pods behind one port of a Service; a port that the Service does not have
 * leads nowhere.
 */
export function backendGate(
  from: Resource,
  property: string,
  service: Resource,
  port: number | string | undefined,
  context: ReadContext,
): Gate | undefined {
  const ports = portsOf(service);
  if (port !== undefined && ports.length > 0 && !ports.some((one) => isPort(one, port))) {
    const written = typeof port === "number" ? String(port) : `"${port}"`;
    return closedBy(
      from,
      property,
      `"${from.name}" asks the port ${written}, which the Service "${service.name}" has not`,
    );
  }
  if (isOutside(service)) return undefined;
  const selector = at(service.properties, "spec", "selector");
  const behind = picked(service, selector, context);
  if (behind.length === 0) return undefined;
  return widest(behind.map((one) => podGate(service, one, context, "controller", port)));
}

/** A Service whose selector picks no pod, and that nobody gives other endpoints. */
export function selectsNothing(service: Resource, context: ReadContext): Gate | undefined {
  const { properties } = service;
  const selector = at(properties, "spec", "selector");
  if (field(field(properties, "spec"), "type") === "ExternalName" || !picksNone(service, selector, context)) {
    return undefined;
  }
  const here = neighbours(service, endpointTypes, context);
  const name = text(at(properties, "metadata", "name")) ?? service.name;
  if (neighboursAt(here, "service", name, servesFor).length > 0) return undefined;
  return closedBy(service, "spec.selector", `no pod has the labels that the Service "${service.name}" selects`);
}

function servesFor({ properties }: Resource): Value {
  return at(properties, "metadata", "labels", "kubernetes.io/service-name") ?? at(properties, "metadata", "name");
}
