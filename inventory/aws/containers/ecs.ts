/** Container services of ECS: tasks spread over the zones of their subnets. */
import type { Reader } from "../../reader";
import { at, field } from "../../values";
import { forwardToTarget } from "../balancing/hops";
import { spotShareOfTasks, stateSpot } from "../compute/spot";
import { stateEgress } from "../network/egress";
import { placeInZones } from "../placing";
import { stateTaskSize } from "../quotas/quotas";
import { zonesOfTasks } from "./hosts";
import { serviceTypes, sureTasks } from "./taskScaling";
import { tasksBehind } from "./taskTargets";

export const ecsServices: Reader = {
  gives:
    "tasks that policies and schedules leave, in the zones of its subnets or machines, what Spot gives of them, " +
    "the NAT gateways of the subnets",
  types: serviceTypes,
  read(resource, into, context) {
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
    for (const { group, target } of tasksBehind(resource, context)) forwardToTarget(group, target, into, context);
  },
};
