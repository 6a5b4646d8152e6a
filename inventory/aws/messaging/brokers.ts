/** Brokers of Amazon MQ: a single one, a pair in two zones, or a cluster over three. */
import { known, mapKnown, unknown, type DomainId, type Known, type Replica } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { each, replicasOf } from "../../spread";
import { field, propertyPath } from "../../values";
import { named, pairIn, scopeOf } from "../placing";

const brokerTypes = ["aws:mq/broker:Broker"] as const;

/**
 * Taking the dead broker out of service takes "a short while", the change itself seconds (Developer Guide): a minute is
 * taken.
 */
const standbySeconds = 60;

/** A copy in another region has to be promoted by a call, which is documented in minutes. */
const promotionSeconds = 300;

export const messageBrokers: Reader = {
  gives: "one broker, a pair in two zones or a cluster over three, quorum, and whose copy it is",
  types: brokerTypes,
  read(resource, into, context) {
    const primary = named(resource, "dataReplicationPrimaryBrokerArn", brokerTypes, context);
    const replicas = placed(resource, context);
    const clustered = field(resource.properties, "deploymentMode") === "CLUSTER_MULTI_AZ";
    into.place({
      resource,
      layer: "queue",
      sharing: "companion",
      scope: scopeOf(resource, context),
      workload: resource.name,
      replicas: primary === undefined ? replicas : replicas.map((replica) => following(replica, resource, context)),
      // Queues elect a leader by a majority of the three nodes.
      ...(clustered && replicas.length > 2 ? { quorum: "majority" as const } : {}),
    });
    if (primary !== undefined && primary !== resource) into.copy(primary.urn, resource.urn);
  },
};

function placed(resource: Resource, context: ReadContext): readonly Replica[] {
  const { aws } = context;
  const zones = aws.zonesOfSubnets(resource, "subnetIds", field(resource.properties, "subnetIds"));
  const one = known(1);
  // The provider's default is a single broker.
  const mode = field(resource.properties, "deploymentMode") ?? "SINGLE_INSTANCE";
  switch (typeof mode === "string" ? mode : "") {
    case "SINGLE_INSTANCE": {
      const place: Known<readonly DomainId[]> = zones ?? unknown(propertyPath(resource, "subnetIds"));
      return replicasOf(resource, { units: one, places: each(mapKnown(place, (list) => list.slice(0, 1))) }, context);
    }
    // Where no subnets are named AWS takes zones of the default network: several are as good as the region.
    case "ACTIVE_STANDBY_MULTI_AZ":
      return zones === undefined
        ? replicasOf(resource, { units: one, places: each(aws.regional(resource)) }, context)
        : pairIn(resource, { zones, standbySeconds, property: "subnetIds" }, context);
    case "CLUSTER_MULTI_AZ":
      return replicasOf(resource, { units: known(3), places: each(zones ?? aws.regional(resource)) }, context);
    default:
      return replicasOf(resource, { units: one, places: unknown(propertyPath(resource, "deploymentMode")) }, context);
  }
}

function following(replica: Replica, resource: Resource, { aws }: ReadContext): Replica {
  const region = aws.regionOf(resource);
  const startNeeds = region.known ? [aws.controlPlane("mq", region.value)] : [];
  return { ...replica, role: "standby", startSeconds: promotionSeconds, startNeeds };
}
