/** DAX: a cache before a table. */
import { unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, at, propertyPath } from "../../values";
import { placeInZones } from "../placing";

export const tableCaches: Reader = {
  gives: "nodes in the zones of its subnet group",
  types: ["aws:dax/cluster:Cluster"],
  read(resource, into, context) {
    const { aws } = context;
    const zones =
      aws.zonesNamed(resource, at(resource.properties, "availabilityZones")) ??
      aws.zonesOfGroup(resource, "subnetGroupName", ["aws:dax/subnetGroup:SubnetGroup"]) ??
      unknown<readonly DomainId[]>(propertyPath(resource, "subnetGroupName"));
    const units = amountAt(resource, ["replicationFactor"], 1);
    placeInZones(resource, { layer: "cache", sharing: "companion", zones, units }, into, context);
  },
};
