/**
 * Caches without a replication group: nodes of Memcached or a single one of Redis, serverless caches, DAX before a
 * table.
 */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, field, propertyPath, text } from "../../values";
import { placeInZones } from "../placing";

const subnetGroupTypes = ["aws:elasticache/subnetGroup:SubnetGroup"] as const;

/** Each node holds a part of the keys: what a lost one held is gone, the others go on. */
export const cacheNodes: Reader = {
  gives: "nodes in one zone or over several; a node of a replication group is read with it",
  types: ["aws:elasticache/cluster:Cluster"],
  read(resource, into, context) {
    const { aws } = context;
    const { properties } = resource;
    const group = field(properties, "replicationGroupId");
    if (text(group) !== undefined || typeof group === "symbol") return into.attach(resource);
    const own = aws.ownZone(resource);
    const all: Known<readonly DomainId[]> =
      aws.zonesOfGroup(resource, "subnetGroupName", subnetGroupTypes) ??
      unknown(propertyPath(resource, "availabilityZone"));
    const single = own?.known ? known([own.value]) : mapKnown(all, (list) => list.slice(0, 1));
    const spread = field(properties, "azMode") === "cross-az" ? all : single;
    const zones = aws.zonesNamed(resource, field(properties, "preferredAvailabilityZones")) ?? spread;
    const units = amountAt(resource, ["numCacheNodes"], 1);
    placeInZones(resource, { layer: "cache", sharing: "companion", zones, units }, into, context);
  },
};

/** AWS keeps its data in several zones; it is reached in those of its subnets. */
export const serverlessCaches: Reader = {
  gives: "a cache in the zones of its subnets, else in its region",
  types: ["aws:elasticache/serverlessCache:ServerlessCache"],
  read(resource, into, context) {
    const { aws } = context;
    const zones =
      aws.zonesOfSubnets(resource, "subnetIds", field(resource.properties, "subnetIds")) ?? aws.regional(resource);
    placeInZones(resource, { layer: "cache", sharing: "companion", zones }, into, context);
  },
};
