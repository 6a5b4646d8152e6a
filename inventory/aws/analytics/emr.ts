/** Clusters of EMR. */
import { known, mapKnown, unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, propertyPath } from "../../values";
import { placeInZones } from "../placing";

/**
 * All nodes of a cluster are in one zone; of several subnets AWS takes one (Management Guide, "Configure networking").
 */
export const emrClusters: Reader = {
  gives: "a cluster in one zone",
  types: ["aws:emr/cluster:Cluster"],
  read(resource, into, context) {
    const property = "ec2Attributes";
    const attributes = field(resource.properties, property);
    const subnets = at(attributes, "subnetId") ?? at(attributes, "subnetIds");
    const all =
      context.aws.zonesOfSubnets(resource, property, subnets) ??
      unknown<readonly DomainId[]>(propertyPath(resource, property, "subnetId"));
    const zones = mapKnown(all, (list) => list.slice(0, 1));
    placeInZones(resource, { layer: "compute", sharing: "service", zones, units: known(1) }, into, context);
  },
};
