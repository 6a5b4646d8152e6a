/** Brokers of MSK over the zones of their subnets, and streams of Kinesis. */
import { unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, at, field, propertyPath } from "../../values";
import { namedInside, placeInZones } from "../placing";
import { regional } from "../regional";

const brokerTypes = ["aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"] as const;

export const brokers: Reader = {
  gives: "brokers in the zones of their subnets, quorum",
  types: [brokerTypes[0]],
  read(resource, into, context) {
    const group = field(resource.properties, "brokerNodeGroupInfo");
    const subnets = at(group, "clientSubnets");
    const zones =
      context.aws.zonesOfSubnets(resource, "brokerNodeGroupInfo", subnets) ??
      unknown<readonly DomainId[]>(propertyPath(resource, "brokerNodeGroupInfo", "clientSubnets"));
    const units = amountAt(resource, ["numberOfBrokerNodes"], 1);
    // Over three zones MSK's own defaults are three copies of which two must have a write.
    const voting = zones.known && zones.value.length > 2;
    const quorum = voting ? { quorum: "majority" as const } : {};
    placeInZones(resource, { layer: "queue", sharing: "companion", zones, units, ...quorum }, into, context);
  },
};

/** Copies topics from one cluster to another; its lag has no documented bound. */
export const brokerReplicators: Reader = {
  gives: "which cluster's topics are copied to which",
  types: ["aws:msk/replicator:Replicator"],
  read(resource, into, context) {
    const ends = (key: string) =>
      namedInside(resource, "replicationInfoList", brokerTypes, (value) => at(value, key), context);
    const [sources, targets] = [ends("sourceKafkaClusterArn"), ends("targetKafkaClusterArn")];
    for (const source of sources) {
      for (const target of targets) if (target !== source) into.copy(source.urn, target.urn);
    }
    into.attach(resource);
  },
};

export const serverlessBrokers = regional("aws:msk/serverlessCluster:ServerlessCluster", "queue", "companion", [
  "clusterName",
]);
export const kinesisStreams = regional("aws:kinesis/stream:Stream", "queue", "companion");
export const deliveryStreams = regional(
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "queue",
  "companion",
);
