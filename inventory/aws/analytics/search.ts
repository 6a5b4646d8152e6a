/**
 * OpenSearch: domains, whose data nodes are in one zone unless zone awareness spreads them, and serverless collections.
 */
import { known, mapKnown, unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, at, field, flagAt, propertyPath } from "../../values";
import { placeInZones } from "../placing";
import { alone, synchronous } from "../replication";

export const searchDomains: Reader = {
  gives: "data nodes in one zone or several, quorum",
  types: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  read(resource, into, context) {
    const { aws } = context;
    const aware = flagAt(resource, "clusterConfig", "zoneAwarenessEnabled") === true;
    const count = amountAt(resource, ["clusterConfig", "zoneAwarenessConfig", "availabilityZoneCount"], 2);
    const options = field(resource.properties, "vpcOptions");
    const subnets = at(options, "subnetIds");
    // Outside of a network of one's own AWS picks the zones: several are as good as the region, one nobody can name.
    const all =
      aws.zonesOfSubnets(resource, "vpcOptions", subnets) ??
      (aware ? aws.regional(resource) : unknown(propertyPath(resource, "clusterConfig", "zoneAwarenessEnabled")));
    const wanted = aware ? count : known(1);
    const zones = wanted.known ? mapKnown(all, (list) => list.slice(0, wanted.value)) : wanted;
    const masters = flagAt(resource, "clusterConfig", "dedicatedMasterEnabled") === true;
    placeInZones(
      resource,
      {
        layer: "store",
        sharing: "copy",
        zones,
        units: amountAt(resource, ["clusterConfig", "instanceCount"], 1),
        // Dedicated masters are kept over three zones; without them the data nodes have to elect one of themselves.
        ...(aware && !masters ? { quorum: "majority" as const } : {}),
      },
      into,
      context,
    );
    into.replications.set(resource.urn, {
      mode: aware ? "synchronous" : "none",
      rpoSeconds: known(0),
      multiWriter: false,
    });
  },
};

/** Without standby replicas a collection is in one zone, of which nobody can say which. */
export const searchCollections: Reader = {
  gives: "a store in its region, or in one zone without standby replicas",
  types: ["aws:opensearch/serverlessCollection:ServerlessCollection"],
  read(resource, into, context) {
    const standby = field(resource.properties, "standbyReplicas") ?? "ENABLED";
    const path = propertyPath(resource, "standbyReplicas");
    const zones = standby === "ENABLED" ? context.aws.regional(resource) : unknown<readonly DomainId[]>(path);
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, standby === "ENABLED" ? synchronous : alone);
  },
};
