/** Clusters of Kafka that Strimzi keeps. */
import { known, mapKnown, type Known } from "../../../model";
import type { Reader } from "../../reader";
import type { Value } from "../../resource";
import { replicasOf } from "../../spread";
import { amountAt, at, text } from "../../values";
import { neighbours } from "../neighbours";
import { placeInCluster, placesOfPods } from "../workloads/pods";

const nodePoolTypes = ["kubernetes:kafka.strimzi.io/v1beta2:KafkaNodePool"] as const;

export const kafkaClusters: Reader = {
  gives: "brokers where their cluster stands and must spread, quorum",
  types: ["kubernetes:kafka.strimzi.io/v1beta2:Kafka"],
  read(resource, into, context) {
    const name = text(at(resource.properties, "metadata", "name")) ?? resource.name;
    const own = neighbours(resource, nodePoolTypes, context).filter(
      (pool) => at(pool.properties, "metadata", "labels", "strimzi.io/cluster") === name,
    );
    const counts = own.map((pool) => amountAt(pool, ["spec", "replicas"], 1));
    const units = own.length === 0 ? amountAt(resource, ["spec", "kafka", "replicas"], 1) : sum(counts);
    const specs: readonly Value[] = [
      at(resource.properties, "spec", "kafka", "template", "pod"),
      ...own.map((pool) => at(pool.properties, "spec", "template", "pod")),
    ];
    // Awareness of racks places copies of a topic, and only prefers to place brokers: it proves nothing.
    const places = placesOfPods(
      resource,
      specs.find((spec) => spec !== undefined),
      context,
    );
    const replicas = replicasOf(resource, { units, places }, context);
    // Controllers vote, and a write waits for a majority of its copies (`min.insync.replicas` 2 of 3).
    const quorum = replicas.length > 2 ? { quorum: "majority" as const } : {};
    placeInCluster(resource, { layer: "queue", sharing: "companion", replicas, ...quorum }, into, context);
  },
};

/** Read with the cluster that they name. */
export const kafkaNodePools: Reader = {
  gives: "how many brokers a cluster has, read with it",
  types: nodePoolTypes,
  read: (resource, into) => into.attach(resource),
};

function sum(counts: readonly Known<number>[]): Known<number> {
  return counts.reduce((total, one) => (total.known ? mapKnown(one, (count) => total.value + count) : total), known(0));
}
