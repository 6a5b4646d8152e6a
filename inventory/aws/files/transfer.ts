/** Servers of Transfer Family: files over SFTP, FTPS and AS2. */
import { unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { at, field, propertyPath } from "../../values";
import { placeInZones } from "../placing";

/**
 * An endpoint that is public stands in up to three zones of its region (User Guide, "Resilience"); one in a network, in
 * its subnets.
 */
export const transferServers: Reader = {
  gives: "a way in for files, in the zones of its subnets or in its region",
  types: ["aws:transfer/server:Server"],
  read(resource, into, context) {
    const { aws } = context;
    const details = field(resource.properties, "endpointDetails");
    const subnets = at(details, "subnetIds");
    const isPublic = (field(resource.properties, "endpointType") ?? "PUBLIC") === "PUBLIC";
    const zones = isPublic
      ? aws.regional(resource)
      : (aws.zonesOfSubnets(resource, "endpointDetails", subnets) ??
        unknown<readonly DomainId[]>(propertyPath(resource, "endpointDetails", "subnetIds")));
    placeInZones(resource, { layer: "compute", sharing: "service", zones }, into, context);
  },
};
