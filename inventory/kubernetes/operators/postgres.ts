/** Clusters of PostgreSQL that CloudNativePG keeps: a primary and standbys that stream from it. */
import { known, unknown, type Known, type Placement, type Replica } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { replicasOf } from "../../spread";
import { amount, amountAt, at, field, propertyPath, text } from "../../values";
import { placeInCluster, placesOfPods } from "../workloads/pods";

/** WAL files are archived every five minutes at the latest (CloudNativePG's documentation, "WAL archiving"). */
const archiveSeconds = 300;

export const postgresClusters: Reader = {
  gives: "a primary and its standbys where their cluster stands and must spread, its archive",
  types: ["kubernetes:postgresql.cnpg.io/v1:Cluster"],
  read(resource, into, context) {
    const { properties } = resource;
    const instances = amountAt(resource, ["spec", "instances"], 1);
    const replicas = pairedReplicas(resource, instances, placesOfPods(resource, podsOf(resource), context), context);
    placeInCluster(resource, { layer: "store", sharing: "copy", replicas }, into, context);
    const isSynchronous =
      at(properties, "spec", "postgresql", "synchronous") !== undefined ||
      (amount(at(properties, "spec", "minSyncReplicas")) ?? 0) > 0;
    into.replications.set(resource.urn, {
      mode: instances.known && instances.value < 2 ? "none" : isSynchronous ? "synchronous" : "asynchronous",
      // The lag of streaming replication has no bound.
      rpoSeconds:
        isSynchronous || (instances.known && instances.value < 2)
          ? known(0)
          : unknown(propertyPath(resource, "spec", "postgresql", "synchronous")),
      multiWriter: false,
    });
    if (at(properties, "spec", "backup", "barmanObjectStore") === undefined) return;
    const days = /^(\d+)d$/.exec(text(at(properties, "spec", "backup", "retentionPolicy")) ?? "")?.[1];
    into.backups.push({
      of: resource.urn,
      backup: {
        urn: resource.urn,
        placement: unknown(propertyPath(resource, "spec", "backup", "barmanObjectStore", "destinationPath")),
        intervalSeconds: known(archiveSeconds),
        ...(days === undefined ? {} : { retentionSeconds: known(Number(days) * 86_400) }),
        immutable: known(false),
      },
    });
  },
};

/** The rules by which the operator spreads the instances, written as those of a pod. */
function podsOf({ properties }: Resource): Value {
  const affinity = at(properties, "spec", "affinity");
  const isHard =
    field(affinity, "podAntiAffinityType") === "required" && field(affinity, "enablePodAntiAffinity") !== false;
  const key: Value = field(affinity, "topologyKey") ?? "kubernetes.io/hostname";
  const required: readonly Value[] = isHard ? [{ topologyKey: key }] : [];
  return {
    topologySpreadConstraints: at(properties, "spec", "topologySpreadConstraints"),
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  };
}

/** So many are told apart; more of them change nothing about the loss of a place. */
const mostInstances = 9;

/** The first writes, the others take over: the operator promotes one of them, by the control plane of the cluster. */
function pairedReplicas(
  resource: Resource,
  instances: Known<number>,
  places: Known<readonly Placement[]>,
  context: ReadContext,
): readonly Replica[] {
  const startNeeds = [context.clusters.of(resource).controlPlane];
  const one = (index: number): Replica[] => {
    const place = places.known ? places.value[index % Math.max(1, places.value.length)] : undefined;
    const standing = { units: known(1), places: places.known ? known(place === undefined ? [] : [place]) : places };
    const role = index === 0 ? ("active" as const) : ("standby" as const);
    const [replica] = replicasOf(resource, { ...standing, role, startNeeds }, context);
    return replica === undefined ? [] : [{ ...replica, id: index === 0 ? replica.id : `${resource.urn}#${index}` }];
  };
  const count = instances.known ? Math.min(instances.value, mostInstances) : 1;
  return Array.from({ length: Math.max(1, Math.floor(count)) }, (_, index) => one(index)).flat();
}
