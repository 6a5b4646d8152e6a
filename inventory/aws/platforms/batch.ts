/** What runs jobs: compute environments of Batch and clusters of EMR. */
import { known, mapKnown, unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, propertyPath, text } from "../../values";
import { placeInZones } from "../placing";
import { stateSpot } from "../compute/spot";

/** Jobs start in any zone of the environment: one that is lost takes what runs in it, and the others take the next job. */
export const batchEnvironments: Reader = {
  gives: "where jobs can run, and whether on Spot",
  types: ["aws:batch/computeEnvironment:ComputeEnvironment"],
  read(resource, into, context) {
    const property = "computeResources";
    const resources = field(resource.properties, property);
    const subnets = at(resources, "subnets");
    const zones =
      context.aws.zonesOfSubnets(resource, property, subnets) ??
      unknown<readonly DomainId[]>(propertyPath(resource, property, "subnets"));
    placeInZones(resource, { layer: "compute", sharing: "service", zones }, into, context);
    const kind = text(at(resources, "type"));
    stateSpot(resource, known(kind === "SPOT" || kind === "FARGATE_SPOT" ? 1 : 0), into);
  },
};

/** All nodes of a cluster are in one zone; of several subnets AWS takes one (Management Guide, "Configure networking"). */
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
}; // prettier-ignore
