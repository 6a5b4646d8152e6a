/** Container services of ECS: tasks spread over the zones of their subnets. */
import { unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, at, field, propertyPath } from "../../values";
import { forwardToTarget } from "../balancing/hops";
import { spotShareOfTasks, stateSpot } from "../compute/spot";
import { stateEgress } from "../network/egress";
import { placeInZones } from "../placing";
import { stateTaskSize } from "../quotas/quotas";
import { tasksBehind } from "./taskTargets";

export const ecsServices: Reader = {
  gives: "tasks in the zones of its subnets, what Spot gives of them, the NAT gateways of the subnets",
  types: ["aws:ecs/service:Service"],
  read(resource, into, context) {
    const { aws } = context;
    const { properties } = resource;
    const network = field(properties, "networkConfiguration");
    const subnets = at(network, "subnets");
    const zones =
      aws.zonesOfSubnets(resource, "networkConfiguration", subnets) ??
      unknown<readonly DomainId[]>(propertyPath(resource, "networkConfiguration", "subnets"));
    const units = amountAt(resource, ["desiredCount"], 1);
    placeInZones(resource, { layer: "compute", sharing: "service", zones, units }, into, context);
    const spotShare = spotShareOfTasks(resource, units, context);
    stateTaskSize(resource, spotShare, into, context);
    stateSpot(resource, spotShare, into);
    stateEgress(resource, "networkConfiguration", subnets, into, context);
    for (const { group, target } of tasksBehind(resource, context)) forwardToTarget(group, target, into, context);
  },
};
