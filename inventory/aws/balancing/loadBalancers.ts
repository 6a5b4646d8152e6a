/** Load balancers, their listeners and target groups: what arrives where, and how a dead target is noticed. */
import { known, unknown, type HealthCheck } from "../../../model";
import type { Draft } from "../../draft";
import { closedBy, tightest, undecidedBy, type Gate } from "../../gate";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { membersOf } from "../../members";
import type { Stack } from "../../stack";
import { amount, amountAt, at, entries, field, items, propertyPath, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { balancerTypes as loadBalancerTypes } from "../entrances";
import {
  groupsOfActions,
  listenerTypes,
  ownAnswer,
  priorityOf,
  ruleBefore,
  ruleTypes,
  sendsToNobody,
  targetGroupTypes,
} from "./actions";
import { balancerTarget, clientGate, closedSubnets, forwardToTarget, portOf, schemeGate } from "./hops";
import { certificateGate } from "./certificates";
import { namesOf } from "./names";
import { instanceTarget, type Target } from "./units";

const addressTypes = ["aws:ec2/eip:Eip"] as const;
const instanceTypes = ["aws:ec2/instance:Instance"] as const;

export const loadBalancers: Reader = {
  gives: "a front in the zones of its subnets, a route, and protection against deletion",
  types: loadBalancerTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    const { properties } = resource;
    const mappings = items(field(properties, "subnetMappings")).map((mapping) => field(mapping, "subnetId"));
    const zones =
      aws.zonesOfSubnets(resource, "subnets", field(properties, "subnets")) ??
      aws.zonesOfSubnets(resource, "subnetMappings", mappings.length > 0 ? mappings : undefined) ??
      aws.zonesNamed(resource, field(properties, "availabilityZones")) ??
      unknown(propertyPath(resource, "subnets"));
    into.fronts.push({ resource, zones });
    // A fixed address of a network load balancer: a name that leads to it leads here.
    const allocated = items(field(properties, "subnetMappings")).map((mapping) => field(mapping, "allocationId"));
    for (const address of stack.references(resource, "subnetMappings", addressTypes, allocated).resources) {
      into.forward(address.urn, resource.urn, schemeGate(resource));
    }
    into.attach(resource);
    // The classic kind knows no such protection.
    if (!resource.type.startsWith("aws:elb/")) stateDeletion(resource, deletionGuards.loadBalancer, into);
    // A classic load balancer names its instances itself.
    const instances = stack.references(resource, "instances", instanceTypes, field(properties, "instances"));
    for (const instance of instances.resources) into.forward(resource.urn, instance.urn);
  },
};

/** A listener or a rule of one: from its load balancer to the target groups of its actions. */
export const listeners: Reader = {
  gives: "the way from a load balancer to target groups, past its security groups, subnets and rules before it",
  types: [...listenerTypes, ...ruleTypes],
  read(resource, into, context) {
    const { stack } = context;
    const isRule = resource.type.endsWith(":ListenerRule");
    const [upward, actions] = isRule ? ["listenerArn", "actions"] : ["loadBalancerArn", "defaultActions"];
    const types = isRule ? listenerTypes : loadBalancerTypes;
    const above = stack.references(resource, upward, types, field(resource.properties, upward)).resources;
    for (const one of above) {
      const gate = isRule
        ? beforeRule(resource, one, stack)
        : tightest([clientGate(one, portOf(resource), context), certificateGate(resource, one, context)]);
      into.forward(one.urn, resource.urn, gate);
      if (!isRule && gate === undefined) stateClosedSubnets(one, resource, into, context);
    }
    const { groups, open, count } = groupsOfActions(resource, actions, stack);
    const names = isRule ? [] : above.flatMap((one) => namesOf(one, stack));
    const first = isRule ? undefined : ruleBefore(resource, undefined, stack, names);
    const taken = sendsToNobody(resource, actions)
      ? undecidedBy(resource, actions, `each target group of "${resource.name}" has weight 0`)
      : first && closedBy(first, "conditions", takenBy(first));
    for (const group of groups) into.forward(resource.urn, group.urn, taken);
    const answer = ownAnswer(resource, actions);
    if (answer !== undefined) into.endAt(resource.urn, closedBy(resource, actions, answer));
    else if (groups.length === 0 && open && count > 0 && typeof field(resource.properties, actions) !== "symbol") {
      const why = `"${resource.name}" forwards to a target group that is not in the stack`;
      into.endAt(resource.urn, undecidedBy(resource, actions, why));
    }
    into.attach(resource);
  },
};

function beforeRule(rule: Resource, listener: Resource, stack: Stack): Gate | undefined {
  const first = ruleBefore(listener, priorityOf(rule), stack);
  return first === undefined || first === rule ? undefined : closedBy(first, "conditions", takenBy(first));
}

function takenBy(rule: Resource): string {
  const answer = ownAnswer(rule, "actions") ?? `"${rule.name}" sends them elsewhere`;
  return `the rule of priority ${priorityOf(rule) ?? "?"} takes every request first: ${answer}`;
}

/** Clients whom the name leads to a zone in which they do not get in, while they do in others. */
function stateClosedSubnets(balancer: Resource, listener: Resource, into: Draft, context: ReadContext): void {
  for (const { urn, property, open, why } of closedSubnets(balancer, portOf(listener), context)) {
    into.state({ kind: "wayIn", urn, property, open, why, over: [balancer.urn, listener.urn] }, balancer.urn);
  }
}

export const targetGroups: Reader = {
  gives: "how a dead target is noticed, and that nothing is behind it where nothing is registered",
  types: targetGroupTypes,
  read(resource, into, { stack }) {
    // Only functions can go unchecked, and with nothing that checks nobody leaves what is dead.
    if (at(resource.properties, "healthCheck", "enabled") !== false)
      into.checks.set(resource.urn, targetCheck(resource));
    // A cluster's controller registers pods by their addresses, and says so in the cluster alone.
    const why = `nothing of the stack is registered in the target group "${resource.name}"`;
    const isByController = stack.ofType("aws:eks/cluster:Cluster").length > 0;
    const gate = isByController ? undecidedBy(resource, "targets", why) : closedBy(resource, "targets", why);
    into.endAt(resource.urn, gate);
    into.attach(resource);
  },
};

/** One target of a group, given by a resource of its own. */
export const targetGroupAttachments: Reader = {
  gives: "the way from a target group to a target",
  types: ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "aws:alb/targetGroupAttachment:TargetGroupAttachment"],
  read(resource, into, context) {
    const { stack } = context;
    const { properties } = resource;
    const groups = stack.references(resource, "targetGroupArn", targetGroupTypes, field(properties, "targetGroupArn"));
    const targets = stack.references(
      resource,
      "targetId",
      [...instanceTypes, ...loadBalancerTypes, "aws:lambda/function:Function"],
      field(properties, "targetId"),
    );
    const port = field(properties, "port");
    for (const group of groups.resources) {
      // An address, or something of another stack, is registered all the same.
      into.forward(group.urn, resource.urn);
      for (const target of targets.resources) {
        if (loadBalancerTypes.some((type) => type === target.type)) {
          forwardToBalancer(group, target, port ?? field(group.properties, "port"), resource, into, context);
        } else if (target.type !== instanceTypes[0]) into.forward(group.urn, target.urn);
        else {
          const led: Target = { ...instanceTarget(target, context), ...(port === undefined ? {} : { port }) };
          forwardToTarget(group, led, into, context);
        }
      }
    }
  },
};

/** A load balancer behind another one is asked on one port: only what listens there is led to. */
function forwardToBalancer(
  group: Resource,
  balancer: Resource,
  port: Value,
  attachment: Resource,
  into: Draft,
  context: ReadContext,
): void {
  const all = membersOf(context.stack, balancer, listenerTypes, "loadBalancerArn", loadBalancerTypes);
  const asked = amount(port);
  const listening = all.filter((one) => amount(field(one.properties, "port")) === asked);
  if (all.length === 0 || asked === undefined) into.forward(group.urn, balancer.urn);
  else if (listening.length === 0) {
    const why = `asks port ${asked}, on which "${balancer.name}" does not listen`;
    into.forward(group.urn, balancer.urn, closedBy(attachment, "port", why));
  }
  for (const listener of listening) {
    forwardToTarget(group, { ...balancerTarget(balancer, context), resource: listener, port }, into, context);
  }
}

/** Defaults as the provider documents them: every 30 s, dead after 3 failures, `/` over HTTP. */
function targetCheck(resource: Resource): HealthCheck {
  const check = field(resource.properties, "healthCheck");
  const given = entries(check).length > 0 || typeof check === "symbol";
  const path = textAt(resource, "healthCheck", "path") ?? "/";
  const protocol = textAt(resource, "healthCheck", "protocol") ?? textAt(resource, "protocol") ?? "HTTP";
  return {
    urn: resource.urn,
    intervalSeconds: given ? amountAt(resource, ["healthCheck", "interval"], 30) : known(30),
    failureThreshold: given ? amountAt(resource, ["healthCheck", "unhealthyThreshold"], 3) : known(3),
    observers: [],
    kind: "target",
    shallow: path === "/" || !protocol.startsWith("HTTP"),
  };
}
