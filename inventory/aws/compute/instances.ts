/** A single virtual machine. */
import { known, unknown } from "../../../model";
import type { Reader } from "../../reader";
import { each, replicasOf } from "../../spread";
import { field, propertyPath } from "../../values";
import { stateEgress } from "../network/egress";
import { stateUnitSize } from "../quotas/quotas";
import { asksForSpot, stateSpot } from "./spot";

const spotRequest = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";

export const instances: Reader = {
  gives: "one unit in the zone of its subnet",
  types: ["aws:ec2/instance:Instance", spotRequest],
  read(resource, into, context) {
    const { aws } = context;
    const ofSubnet = aws.zonesOfSubnets(resource, "subnetId", field(resource.properties, "subnetId"));
    const own = aws.ownZone(resource);
    // After an update the instance itself says its zone; in a preview only its subnet can.
    const zone = own?.known
      ? known([own.value])
      : (ofSubnet ?? (own === undefined ? unknown(propertyPath(resource, "subnetId")) : own));
    into.place({
      resource,
      layer: "compute",
      sharing: "service",
      scope: resource.urn,
      workload: resource.name,
      replicas: replicasOf(resource, { units: known(1), places: each(zone), isEachInOnePlace: true }, context),
    });
    const spotShare = known(resource.type === spotRequest || asksForSpot(resource) ? 1 : 0);
    stateUnitSize(resource, spotShare, into, context);
    stateSpot(resource, spotShare, into);
    stateEgress(resource, "subnetId", field(resource.properties, "subnetId"), into, context);
  },
};
