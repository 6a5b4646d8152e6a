/** Container services of ECS: tasks spread over the zones of their subnets. */
import { unknown } from "../../../model";
import type { Reader } from "../../reader";
import { each, replicasOf } from "../../spread";
import { amountAt, at, field, items, propertyPath } from "../../values";
import { stateEgress } from "../network/egress";
import { stateTaskSize } from "../quotas/quotas";
import { spotShareOfTasks, stateSpot } from "../compute/spot";

const targetGroup = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;

export const ecsServices: Reader = {
  gives: "tasks in the zones of its subnets, what Spot gives of them, the NAT gateways of the subnets",
  types: ["aws:ecs/service:Service"],
  read(resource, into, context) {
    const { aws, stack } = context;
    const { properties } = resource;
    const region = aws.regionOf(resource);
    const network = field(properties, "networkConfiguration");
    const subnets = at(network, "subnets");
    const zones =
      aws.zonesOfSubnets(resource, "networkConfiguration", subnets) ??
      unknown(propertyPath(resource, "networkConfiguration", "subnets"));
    const units = amountAt(resource, ["desiredCount"], 1);
    into.place({
      resource,
      layer: "compute",
      sharing: "service",
      scope: region.known ? region.value : (resource.provider ?? ""),
      workload: resource.name,
      replicas: replicasOf(resource, { units, places: each(zones) }, context),
    });
    const spotShare = spotShareOfTasks(resource, units, context);
    stateTaskSize(resource, spotShare, into, context);
    stateSpot(resource, spotShare, into);
    stateEgress(resource, "networkConfiguration", subnets, into, context);
    const balancers = field(properties, "loadBalancers");
    const named = items(balancers).map((balancer) => field(balancer, "targetGroupArn"));
    const groups = stack.references(
      resource,
      "loadBalancers",
      targetGroup,
      typeof balancers === "symbol" ? balancers : named,
    );
    for (const group of groups.resources) into.forward(group.urn, resource.urn);
  },
};
