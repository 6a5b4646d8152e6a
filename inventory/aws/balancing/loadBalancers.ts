/** Load balancers, their listeners and target groups: what arrives where, and how a dead target is noticed. */
import { known, unknown, type HealthCheck } from "../../../model";
import type { Reader } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amountAt, entries, field, items, propertyPath, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { balancerTypes as loadBalancerTypes } from "../entrances";

const targetGroupTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;
const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"] as const;
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
      into.forward(address.urn, resource.urn);
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
  gives: "the way from a load balancer to target groups",
  types: [...listenerTypes, "aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"],
  read(resource, into, { stack }) {
    const { properties } = resource;
    const isRule = resource.type.endsWith(":ListenerRule");
    const [upward, actions] = isRule ? ["listenerArn", "actions"] : ["loadBalancerArn", "defaultActions"];
    const above = stack.references(
      resource,
      upward,
      isRule ? listenerTypes : loadBalancerTypes,
      field(properties, upward),
    );
    const list = field(properties, actions);
    const named = items(list).flatMap((action): readonly Value[] => [
      field(action, "targetGroupArn"),
      ...items(field(field(action, "forward"), "targetGroups")).map((group) => field(group, "arn")),
    ]);
    const present: readonly Value[] = named.filter((value) => value !== undefined && value !== null);
    const groups = stack.references(resource, actions, targetGroupTypes, typeof list === "symbol" ? list : present);
    for (const balancer of above.resources) into.forward(balancer.urn, resource.urn);
    for (const group of groups.resources) into.forward(resource.urn, group.urn);
    into.attach(resource);
  },
};

export const targetGroups: Reader = {
  gives: "how a dead target is noticed",
  types: targetGroupTypes,
  read(resource, into) {
    into.checks.set(resource.urn, targetCheck(resource));
    into.attach(resource);
  },
};

/** One target of a group, given by a resource of its own. */
export const targetGroupAttachments: Reader = {
  gives: "the way from a target group to a target",
  types: ["aws:lb/targetGroupAttachment:TargetGroupAttachment", "aws:alb/targetGroupAttachment:TargetGroupAttachment"],
  read(resource, into, { stack }) {
    const { properties } = resource;
    const groups = stack.references(resource, "targetGroupArn", targetGroupTypes, field(properties, "targetGroupArn"));
    const targets = stack.references(
      resource,
      "targetId",
      [...instanceTypes, ...loadBalancerTypes, "aws:lambda/function:Function"],
      field(properties, "targetId"),
    );
    for (const group of groups.resources) for (const target of targets.resources) into.forward(group.urn, target.urn);
  },
};

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
