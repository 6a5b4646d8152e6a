/** The hops of a load balancer: from clients to a listener, and from a target group to its targets. */
import { closedBy, tightest, undecidedBy, widest, type Gate } from "../../gate";
import type { Draft } from "../../draft";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource } from "../../resource";
import type { Stack } from "../../stack";
import { amount, field, flagAt, items, text, textAt } from "../../values";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { balancerTypes } from "../entrances";
import { aclGate } from "../network/acls";
import { admission, type Peer, type Port } from "../network/admission";
import { networkOf, publicGate } from "../network/routes";
import { groupsNamed, type NamedGroups } from "../network/securityGroups";
import { groupsOfActions, listenerTypes, ruleTypes } from "./actions";
import { rangesOf, subnetsNamed, type Target } from "./units";

type Context = Pick<ReadContext, "stack">;

/** True where clients of the internet are to come to it; undefined where that is not known. */
function isPublic(balancer: Resource): boolean | undefined {
  const internal = field(balancer.properties, "internal");
  return internal === UNKNOWN ? undefined : internal !== true;
}

function isNetwork(balancer: Resource): boolean {
  return textAt(balancer, "loadBalancerType") === "network";
}

function groupsOfBalancer(balancer: Resource, context: Context): NamedGroups {
  return groupsNamed(balancer, "securityGroups", field(balancer.properties, "securityGroups"), context);
}

function subnetsOfBalancer(balancer: Resource, context: Context): readonly Resource[] {
  const { properties } = balancer;
  const listed = subnetsNamed(balancer, "subnets", field(properties, "subnets"), context);
  if (listed.length > 0) return listed;
  const mapped = field(properties, "subnetMappings");
  const ids = mapped === UNKNOWN ? mapped : items(mapped).map((one) => field(one, "subnetId"));
  return subnetsNamed(balancer, "subnetMappings", ids, context);
}

/** Whether clients get to a port of a load balancer: into its groups, its subnets and over their routes. */
export function clientGate(balancer: Resource, at: Port, context: Context): Gate | undefined {
  const internet = isPublic(balancer) === true;
  const six = textAt(balancer, "ipAddressType") === "dualstack-without-public-ipv4";
  const peer: Peer = internet ? { kind: "internet", six } : { kind: "inside" };
  const admitted = admission(balancer, groupsOfBalancer(balancer, context), "ingress", peer, at, context);
  const subnets = subnetsOfBalancer(balancer, context);
  if (!internet || subnets.length === 0) return admitted;
  const { protocol, port } = at;
  const ways = subnets.map((subnet) =>
    tightest([
      publicGate(subnet, context),
      port === undefined ? undefined : aclGate(subnet, { protocol, port, peer: "0.0.0.0/0" }, context),
    ]),
  );
  return tightest([admitted, widest(ways)]);
}

/** Subnets of a load balancer in which clients do not get to it, where they do in others. */
export function closedSubnets(balancer: Resource, at: Port, context: Context): readonly Gate[] {
  if (isPublic(balancer) !== true) return [];
  const { protocol, port } = at;
  return subnetsOfBalancer(balancer, context).flatMap(
    (subnet) =>
      tightest([
        publicGate(subnet, context),
        port === undefined ? undefined : aclGate(subnet, { protocol, port, peer: "0.0.0.0/0" }, context),
      ]) ?? [],
  );
}

/** The port of a listener; HTTP and HTTPS are TCP. */
export function portOf(resource: Resource): Port {
  const protocol = textAt(resource, "protocol");
  return { protocol: protocol === "UDP" ? "udp" : "tcp", port: amount(field(resource.properties, "port")) };
}

/** The load balancers that lead to each target group. */
const balancersByGroup = memoize((stack: Stack): ReadonlyMap<Resource, ReadonlySet<Resource>> => {
  const found = new Map<Resource, Set<Resource>>();
  const ofListener = new Map<Resource, Resource[]>();
  for (const listener of listenerTypes.flatMap((type) => stack.ofType(type))) {
    const value = field(listener.properties, "loadBalancerArn");
    for (const balancer of stack.references(listener, "loadBalancerArn", balancerTypes, value).resources) {
      addTo(ofListener, listener, balancer);
    }
  }
  const add = (above: readonly Resource[], group: Resource) => {
    let set = found.get(group);
    if (set === undefined) found.set(group, (set = new Set()));
    for (const listener of above) for (const balancer of ofListener.get(listener) ?? []) set.add(balancer);
  };
  for (const listener of ofListener.keys()) {
    for (const group of groupsOfActions(listener, "defaultActions", stack).groups) add([listener], group);
  }
  for (const rule of ruleTypes.flatMap((type) => stack.ofType(type))) {
    const above = stack.references(rule, "listenerArn", listenerTypes, field(rule.properties, "listenerArn")).resources;
    for (const group of groupsOfActions(rule, "actions", stack).groups) add(above, group);
  }
  return found;
});

/** What arrives at a target group goes on to a target, past what stands between the load balancer and it. */
export function forwardToTarget(group: Resource, target: Target, into: Draft, context: Context): void {
  into.forward(group.urn, target.resource.urn, targetGate(group, target, context));
}

function targetGate(group: Resource, target: Target, context: Context): Gate | undefined {
  const own = tightest([
    kindGate(group, target),
    checkGate(group),
    networkGate(group, target, context),
    listenGate(group, target),
  ]);
  const balancers = [...(balancersByGroup(context.stack).get(group) ?? [])];
  if (balancers.length === 0) return own;
  const gates = balancers.map((balancer) =>
    tightest([
      protocolGate(balancer, group),
      ...portsOf(group, target).map((at) => between(balancer, target, at, context)),
    ]),
  );
  return tightest([own, widest(gates)]);
}

/** The port that requests go to, and the one that the health check asks: what it never finds is never asked. */
function portsOf(group: Resource, { port }: Target): readonly Port[] {
  const protocol = textAt(group, "protocol") === "UDP" ? "udp" : "tcp";
  const own = amount(port ?? field(group.properties, "port"));
  const checked = amount(field(field(group.properties, "healthCheck"), "port"));
  const asked: Port = { protocol, port: own };
  return checked === undefined || checked === own ? [asked] : [asked, { protocol: "tcp", port: checked }];
}

function between(balancer: Resource, target: Target, at: Port, context: Context): Gate | undefined {
  const groups = groupsOfBalancer(balancer, context);
  const subnets = subnetsOfBalancer(balancer, context);
  const to: Peer = { kind: "member", groups: target.groups, cidrs: rangesOf(target.subnets) };
  const from: Peer = { kind: "member", groups, cidrs: rangesOf(subnets) };
  const out = admission(balancer, groups, "egress", to, at, context);
  const { resource } = target;
  const intoTarget = admission(resource, target.groups, "ingress", from, at, context);
  // A network load balancer hands on where its clients come from, if its targets are machines.
  const asClients = isNetwork(balancer)
    ? admission(
        resource,
        target.groups,
        "ingress",
        isPublic(balancer) === true ? { kind: "internet" } : { kind: "inside" },
        at,
        context,
      )
    : intoTarget;
  return tightest([out, widest([intoTarget, asClients]), ...aclsBetween(subnets, target, at, context)]);
}

/** Between two subnets both ACLs are asked; within one, none. */
function aclsBetween(
  subnets: readonly Resource[],
  target: Target,
  at: Port,
  context: Context,
): readonly (Gate | undefined)[] {
  const { protocol, port } = at;
  const peers = rangesOf(subnets);
  if (port === undefined || peers === undefined) return [];
  const ways = target.subnets.map((subnet) =>
    widest(peers.map((peer) => aclGate(subnet, { protocol, port, peer }, context))),
  );
  return ways.length === 0 ? [] : [widest(ways)];
}

const takes: Readonly<Record<string, string>> = {
  ip: "addresses",
  lambda: "functions",
  alb: "load balancers",
};

/** A group of machines registers machines. */
function kindGate(group: Resource, { isMachine, resource }: Target): Gate | undefined {
  const kind = takes[textAt(group, "targetType") ?? "instance"];
  if (!isMachine || kind === undefined || !resource.type.startsWith("aws:autoscaling/")) return undefined;
  return closedBy(group, "targetType", `the target group "${group.name}" takes ${kind}, and machines are registered`);
}

/** On one port a target speaks one of both: asked the other, no check ever finds it healthy. */
function checkGate(group: Resource): Gate | undefined {
  const check = field(group.properties, "healthCheck");
  const [spoken, asked] = [textAt(group, "protocol"), text(field(check, "protocol"))];
  const port = field(check, "port");
  const isSame =
    port === undefined || port === "traffic-port" || amount(port) === amount(field(group.properties, "port"));
  const web = ["HTTP", "HTTPS"];
  if (!isSame || spoken === asked || ![spoken, asked].every((one) => one !== undefined && web.includes(one))) {
    return undefined;
  }
  const why = `the check of target group "${group.name}" speaks ${asked} to a port that speaks ${spoken}`;
  return undecidedBy(group, "healthCheck", why);
}

function networkGate(group: Resource, target: Target, context: Context): Gate | undefined {
  const own = networkOf(group, context);
  const others = target.subnets.map((subnet) => networkOf(subnet, context));
  if (own === undefined || others.length === 0 || others.some((other) => other === undefined || other === own)) {
    return undefined;
  }
  return closedBy(group, "vpcId", `the target group "${group.name}" is of another network than its targets`);
}

function listenGate(group: Resource, { listensOn, port, resource }: Target): Gate | undefined {
  if (listensOn === undefined) return undefined;
  const asked = amount(port);
  const checked = amount(field(field(group.properties, "healthCheck"), "port"));
  const deaf = [asked, checked].find((one) => one !== undefined && !listensOn.includes(one));
  if (deaf === undefined) return undefined;
  return closedBy(resource, "loadBalancers", `asks port ${deaf}, on which no container of "${resource.name}" listens`);
}

const ofConnections: ReadonlySet<string> = new Set(["TCP", "TLS", "UDP", "TCP_UDP"]);

/** An application load balancer speaks HTTP to its targets, a network load balancer hands on connections. */
function protocolGate(balancer: Resource, group: Resource): Gate | undefined {
  const protocol = textAt(group, "protocol");
  const kind = textAt(balancer, "loadBalancerType");
  if (protocol === undefined || (kind !== "network" && kind !== "application")) return undefined;
  if ((kind === "network") === ofConnections.has(protocol)) return undefined;
  const why = `the target group "${group.name}" speaks ${protocol}, which no load balancer of type "${kind}" does`;
  return closedBy(group, "protocol", why);
}

/** Whether a load balancer's name is asked by clients who can get to it. */
export function schemeGate(balancer: Resource): Gate | undefined {
  if (isPublic(balancer) !== false || !flagAt(balancer, "internal")) return undefined;
  const name = text(field(balancer.properties, "name")) ?? balancer.name;
  return closedBy(balancer, "internal", `the load balancer "${name}" is internal: its name leads to private addresses`);
}
