/** MemoryDB: shards with replicas over the zones of a subnet group, alone or joined over regions. */
import { known, mapKnown, unknown } from "../../../model";
import { membersBy } from "../../members";
import type { Reader } from "../../reader";
import { amountAt, propertyPath } from "../../values";
import { placeInZones } from "../placing";

const clusterTypes = ["aws:memorydb/cluster:Cluster"] as const;
const subnetGroupTypes = ["aws:memorydb/subnetGroup:SubnetGroup"] as const;
const multiRegionTypes = ["aws:memorydb/multiRegionCluster:MultiRegionCluster"] as const;

export const memoryDbClusters: Reader = {
  gives: "shards with replicas in the zones of the subnet group",
  types: clusterTypes,
  read(resource, into, context) {
    const { aws } = context;
    const all =
      aws.zonesOfGroup(resource, "subnetGroupName", subnetGroupTypes) ??
      unknown(propertyPath(resource, "subnetGroupName"));
    const replicas = amountAt(resource, ["numReplicasPerShard"], 1);
    const shards = amountAt(resource, ["numShards"], 1);
    // Without a replica each shard has one node, and the zone that it stands in takes its part of the data out of
    // service.
    const zones = replicas.known && replicas.value === 0 ? mapKnown(all, (list) => list.slice(0, 1)) : all;
    const units = shards.known ? mapKnown(replicas, (count) => shards.value * (count + 1)) : shards;
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units }, into, context);
    // Every write is first kept in a log over several zones: a lost node loses nothing.
    if (!into.replications.has(resource.urn)) {
      into.replications.set(resource.urn, { mode: "synchronous", rpoSeconds: known(0), multiWriter: false });
    }
  },
};

/** Joins the clusters of several regions: each takes writes, and the others follow, usually within a second. */
export const multiRegionClusters: Reader = {
  gives: "which clusters copy each other over regions",
  types: multiRegionTypes,
  read(resource, into, { stack }) {
    const members = membersBy(stack, clusterTypes, "multiRegionClusterName", multiRegionTypes).get(resource) ?? [];
    const [first, ...others] = members;
    into.attach(resource);
    if (first === undefined) return;
    for (const other of others) into.copy(first.urn, other.urn);
    if (others.length > 0) {
      into.replications.set(first.urn, { mode: "asynchronous", rpoSeconds: known(1), multiWriter: true });
    }
  },
};
