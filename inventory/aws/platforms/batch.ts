/** Compute environments of Batch, in which jobs run. */
import { known, unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, propertyPath, text } from "../../values";
import { placeInZones } from "../placing";
import { stateSpot } from "../compute/spot";

/**
 * Jobs start in any zone of the environment: one that is lost takes what runs in it, and the others take the next job.
 */
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
