/** Groups of virtual machines, kept at a number of units and spread over the zones of their subnets. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { each, replicasOf } from "../../spread";
import { amountAt, at, field, items, propertyPath, textAt } from "../../values";
import { forwardToTarget } from "../balancing/hops";
import { groupTarget } from "../balancing/units";
import { stateEgress } from "../network/egress";
import { launchTemplateOf } from "./launchTemplate";
import { groupTypes, scaleOfGroup } from "./scaling";
import { spotShareOfGroup, stateSpot } from "./spot";
import { stateUnitSize } from "../quotas/quotas";
import type { Zones } from "../region";

const placementTypes = ["aws:ec2/placementGroup:PlacementGroup"] as const;
const targetGroup = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"] as const;

export const autoscalingGroups: Reader = {
  gives:
    "units that policies and schedules leave, in the zones of its subnets, bounds of its scaling, a warm pool, " +
    "what Spot gives of it, " +
    "the NAT gateways of its subnets",
  types: groupTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    const region = aws.regionOf(resource);
    const minimum = amountAt(resource, ["minSize"], 0);
    const maximum = amountAt(resource, ["maxSize"], 0);
    const { sure: desired, wakes } = scaleOfGroup(resource, context);
    const places = each(zonesOfMachines(resource, context));
    const isEmpty = desired.known && desired.value === 0;
    // A group at zero is nothing, unless a policy raises it, or somebody says that it is held as a standby.
    const dark = isEmpty && (wakes || context.identities.claim(resource, "role") === "standby");
    const standing = dark
      ? ({
          units: maximum,
          places,
          role: "standby",
          startNeeds: region.known ? [aws.controlPlane("autoscaling", region.value)] : [],
        } as const)
      : { units: desired, places };
    into.place({
      resource,
      layer: "compute",
      sharing: "service",
      scope: region.known ? region.value : (resource.provider ?? ""),
      workload: resource.name,
      replicas: wakes
        ? replicasOf(resource, standing, context)
        : replicasOf(resource, standing, context).map((replica) =>
            dark ? { ...replica, startsByHand: true } : replica,
          ),
    });
    into.state({ kind: "autoscaling", urn: resource.urn, minimum, maximum });
    const spotShare = spotShareOfGroup(resource, dark ? maximum : desired, context);
    stateUnitSize(resource, spotShare, into, context);
    stateSpot(resource, spotShare, into);
    stateEgress(resource, "vpcZoneIdentifiers", field(resource.properties, "vpcZoneIdentifiers"), into, context);
    const pool = field(resource.properties, "warmPool");
    if (pool !== undefined && pool !== null) {
      const placement = zonesOfMachines(resource, context);
      into.state({
        kind: "reserve",
        urn: resource.urn,
        mechanism: "warmPool",
        placement,
        units: warm(resource, desired, maximum),
      });
    }
    for (const property of ["targetGroupArns", "trafficSources"]) {
      const value = field(resource.properties, property);
      const named = property === "trafficSources" ? items(value).map((source) => field(source, "identifier")) : value;
      const groups = stack.references(resource, property, targetGroup, named);
      for (const group of groups.resources) forwardToTarget(group, groupTarget(resource, context), into, context);
    }
  },
};

/** Zones in which the machines of a group stand. */
export function zonesOfMachines(resource: Resource, context: ReadContext): Zones {
  const { aws } = context;
  const { properties } = resource;
  const ofGroup =
    aws.zonesOfSubnets(resource, "vpcZoneIdentifiers", field(properties, "vpcZoneIdentifiers")) ??
    aws.zonesNamed(resource, field(properties, "availabilityZones")) ??
    unknown<readonly DomainId[]>(propertyPath(resource, "vpcZoneIdentifiers"));
  const all = withinTemplate(ofGroup, launchTemplateOf(resource, context), context);
  // A cluster placement group lies in one zone, that of its first machine: the others' launches fail elsewhere.
  return isInOneRack(resource, context) ? mapKnown(all, (zones) => zones.slice(0, 1)) : all;
}

/** A template may name one zone for every machine that is launched from it: in the others launches fail. */
function withinTemplate(zones: Zones, template: Resource | undefined, { aws }: ReadContext): Zones {
  const named = template && field(field(template.properties, "placement"), "availabilityZone");
  const one = template && typeof named === "string" && named !== "" ? aws.zonesNamed(template, [named]) : undefined;
  if (one === undefined || !one.known || !zones.known) return zones;
  return known(zones.value.filter((zone) => one.value.includes(zone)));
}

/** Whether the group or its launch template names a placement group of one zone. */
function isInOneRack(group: Resource, context: ReadContext): boolean {
  const { stack } = context;
  const used = launchTemplateOf(group, context);
  const groups = [
    ...stack.references(group, "placementGroup", placementTypes, field(group.properties, "placementGroup")).resources,
    ...["groupName", "groupId"].flatMap((key) =>
      used === undefined
        ? []
        : stack.references(used, "placement", placementTypes, at(used.properties, "placement", key)).resources,
    ),
  ];
  return groups.some((one) => textAt(one, "strategy") === "cluster");
}

/**
 * Instances kept warm: those prepared up to `maxGroupPreparedCapacity` (the group's maximum unless set) beyond the
 * desired ones.
 */
function warm(resource: Resource, desired: Known<number>, maximum: Known<number>): Known<number> {
  const prepared = at(resource.properties, "warmPool", "maxGroupPreparedCapacity");
  const unlimited = prepared === undefined || prepared === null || prepared === -1;
  const ceiling = unlimited ? maximum : amountAt(resource, ["warmPool", "maxGroupPreparedCapacity"], 0);
  if (!desired.known) return desired;
  return mapKnown(ceiling, (count) => Math.max(0, count - desired.value));
}

/** Ties a group to a target group by a resource of its own. */
export const autoscalingAttachments: Reader = {
  gives: "the way from a target group to a group",
  types: ["aws:autoscaling/attachment:Attachment"],
  read(resource, into, context) {
    const { stack } = context;
    const { properties } = resource;
    const groups = stack.references(
      resource,
      "autoscalingGroupName",
      autoscalingGroups.types,
      field(properties, "autoscalingGroupName"),
    );
    const targets = stack.references(resource, "lbTargetGroupArn", targetGroup, field(properties, "lbTargetGroupArn"));
    for (const target of targets.resources) {
      for (const group of groups.resources) forwardToTarget(target, groupTarget(group, context), into, context);
    }
  },
};

export const capacityReservations: Reader = {
  gives: "capacity held in a zone",
  types: ["aws:ec2/capacityReservation:CapacityReservation"],
  read(resource, into, { aws }) {
    const zone = aws.ownZone(resource) ?? unknown(propertyPath(resource, "availabilityZoneId"));
    const placement = zone.known ? known([zone.value]) : zone;
    const units = amountAt(resource, ["instanceCount"], 1);
    into.state({ kind: "reserve", urn: resource.urn, mechanism: "capacityReservation", placement, units });
    into.attach(resource);
  },
};
