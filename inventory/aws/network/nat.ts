/** The way out of a private network: one gateway in one zone, unless it is made regional. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { each, replicasOf } from "../../spread";
import { natTypes, placeOfGateway } from "./egress";

export const natGateways: Reader = {
  gives: "a way out in one zone, where it says whose it is",
  types: natTypes,
  read(resource, into, context) {
    const { aws, identities } = context;
    // A network's gateway belongs to the site, not to one service, unless it says so.
    if (identities.of(resource).claim === "derived") return;
    const region = aws.regionOf(resource);
    into.place({
      resource,
      layer: "routing",
      // Each zone goes out by its own.
      sharing: "service",
      scope: resource.urn,
      workload: `nat-${region.known ? region.value : resource.name}`,
      replicas: replicasOf(resource, { units: known(1), places: each(placeOfGateway(resource, context)) }, context),
    });
  },
};
