/** Elastic clusters of DocumentDB: shards, each of one instance or several, over the zones of their subnets. */
import { mapKnown } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt } from "../../values";
import { placeInZones, zonesOfListed } from "../placing";
import { alone, synchronous } from "../replication";
import { automatedBackup } from "./common";

/** Instances of a shard where nothing is said: a writer and a reader in another zone (the provider's documentation). */
const defaultInstances = 2;

export const elasticClusters: Reader = {
  gives: "shards over the zones of their subnets, or in one where each has one instance, automated backups",
  types: ["aws:docdb/elasticCluster:ElasticCluster"],
  read(resource, into, context) {
    const { aws } = context;
    const all = zonesOfListed(resource, "subnetIds", context);
    const instances = amountAt(resource, ["shardInstanceCount"], defaultInstances);
    const shards = amountAt(resource, ["shardCount"], 1);
    // With one instance a shard is gone with its zone until it is made anew elsewhere.
    const single = instances.known && instances.value < 2;
    const zones = single ? mapKnown(all, (list) => list.slice(0, 1)) : all;
    const units = shards.known ? mapKnown(instances, (count) => shards.value * count) : shards;
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units }, into, context);
    into.replications.set(resource.urn, single ? alone : synchronous);
    automatedBackup(resource, into, aws.regional(resource), 1);
  },
};
