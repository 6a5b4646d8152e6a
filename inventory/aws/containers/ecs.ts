/** Container services of ECS: tasks spread over the zones of their subnets. */
import type { Reader } from "../../reader";
import { at, field, items } from "../../values";
import { spotShareOfTasks, stateSpot } from "../compute/spot";
import { stateEgress } from "../network/egress";
import { placeInZones } from "../placing";
import { stateTaskSize } from "../quotas/quotas";
import { zonesOfTasks } from "./hosts";
import { serviceTypes, sureTasks } from "./taskScaling";

const targetGroup = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;

export const ecsServices: Reader = {
  gives:
    "tasks that policies and schedules leave, in the zones of its subnets or machines, what Spot gives of them, " +
    "the NAT gateways of the subnets",
  types: serviceTypes,
  read(resource, into, context) {
    const { stack } = context;
    const { properties } = resource;
    const network = field(properties, "networkConfiguration");
    const subnets = at(network, "subnets");
    const zones = zonesOfTasks(resource, context);
    const units = sureTasks(resource, context);
    placeInZones(resource, { layer: "compute", sharing: "service", zones, units }, into, context);
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
