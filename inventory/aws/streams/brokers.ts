/** Brokers of MSK over the zones of their subnets, and buses of EventBridge joined over regions by an endpoint. */
import { domainId, known, unknown, type DomainId } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, at, field, items, propertyPath, textAt } from "../../values";
import { namedInside, placeInZones } from "../placing";
import { readCheck } from "../dns/healthCheck";

const brokerTypes = ["aws:msk/cluster:Cluster", "aws:msk/serverlessCluster:ServerlessCluster"] as const;
const busTypes = ["aws:cloudwatch/eventBus:EventBus"] as const;
const healthCheckTypes = ["aws:route53/healthCheck:HealthCheck"] as const;

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

/** A name for two buses: events go to the first, and to the second while a health check says so. */
export const eventEndpoints: Reader = {
  gives: "a route over two buses with its health check",
  types: ["aws:cloudwatch/eventEndpoint:EventEndpoint"],
  read(resource, into, context) {
    const { properties } = resource;
    const arns = items(field(properties, "eventBuses")).map((bus) => field(bus, "eventBusArn"));
    const buses = namedInside(resource, "eventBuses", busTypes, () => arns, context);
    const [first, second] = buses;
    into.attach(resource);
    if (first === undefined) return;
    if (second !== undefined) into.copy(first.urn, second.urn);
    const [check] = namedInside(
      resource,
      "routingConfig",
      healthCheckTypes,
      (value) => at(value, "failoverConfig", "primary", "healthCheck"),
      context,
    );
    const healthCheck = check && readCheck(check, context.stack);
    into.routes.push({
      id: `events:${resource.urn}`,
      urn: resource.urn,
      name: textAt(resource, "name") ?? resource.name,
      kind: "anycast",
      policy: "failover",
      ttlSeconds: known(60),
      provider: domainId("vendor", "eventbridge"),
      needsControlPlane: false,
      answers: buses.map((bus, index) => ({
        urn: resource.urn,
        leadsTo: [bus.urn],
        share: known(index === 0 ? 1 : 0),
        lastResort: index > 0,
        ...(healthCheck === undefined ? {} : { healthCheck }),
      })),
    });
  },
};
