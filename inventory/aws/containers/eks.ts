/**
 * Managed clusters: their nodes stand in the zones of their node groups, wherever the control plane could have them.
 */
import { known, topologyKeys, unknown, type DomainId } from "../../../model";
import { membersOf } from "../../members";
import type { Reader } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import {
  amount,
  amountAt,
  at,
  entries,
  field,
  flagAt,
  items,
  propertyPath,
  sortedUnique,
  text,
  textAt,
} from "../../values";
import { managedClusterTypes, providersOf } from "../../kubernetes/cluster/managedCluster";
import type { ManagedPool } from "../../kubernetes/cluster/managedPool";
import { nodePoolTypes } from "../../kubernetes/cluster/nodePools";
import { workloadTypes } from "../../kubernetes/workloads/types";
import { stateEgress } from "../network/egress";
import { placeInZones } from "../placing";
import { stateSpot } from "../compute/spot";
import type { AwsPlaces, Zones } from "../region";
import { memoize } from "../../../lib/memo";

const clusterTypes = managedClusterTypes;
const nodeGroupTypes = ["aws:eks/nodeGroup:NodeGroup"] as const;
const fargateTypes = ["aws:eks/fargateProfile:FargateProfile"] as const;

/** A cluster and its profiles run nothing by themselves: what they say is read with the workloads of the cluster. */
export const managedClusters: Reader = {
  gives: "where the pods of a cluster can stand",
  types: [...clusterTypes, ...fargateTypes],
  read: (resource, into) => into.attach(resource),
};

/**
 * Nodes of a cluster whose workloads are not in the stack: then the nodes stand for what runs on them. Where workloads
 * are there, the nodes only say where pods can be: counting both would count one capacity twice.
 */
export const nodeGroups: Reader = {
  gives: "zones of the nodes; units where the workloads of the cluster are not in the stack",
  types: nodeGroupTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    into.attach(resource);
    const cluster = stack.references(resource, "clusterName", clusterTypes, field(resource.properties, "clusterName"))
      .resources[0];
    if (cluster !== undefined && holdsWorkloads(cluster, stack)) return;
    const minimum = amountAt(resource, ["scalingConfig", "minSize"], 0);
    placeInZones(
      resource,
      {
        layer: "compute",
        sharing: "service",
        zones: zonesOf(resource, aws),
        units: amountAt(resource, ["scalingConfig", "desiredSize"], undefined) ?? minimum,
      },
      into,
      context,
    );
    stateSpot(resource, known(textAt(resource, "capacityType") === "SPOT" ? 1 : 0), into);
    stateEgress(resource, "subnetIds", field(resource.properties, "subnetIds"), into, context);
    const maximum = amountAt(resource, ["scalingConfig", "maxSize"], 0);
    into.state({ kind: "autoscaling", urn: resource.urn, minimum, maximum });
  },
};

/**
 * What makes the nodes of a cluster: its groups and profiles, Karpenter's pools, and AWS itself in Auto Mode; nothing
 * where the stack has none of them, for its nodes are then made elsewhere.
 */
export function poolsOfManagedCluster(cluster: Resource, aws: AwsPlaces, stack: Stack): readonly ManagedPool[] {
  const hosts = (types: readonly string[]) => membersOf(stack, cluster, types, "clusterName", clusterTypes);
  return [
    ...hosts(nodeGroupTypes).map((group) => poolOfGroup(group, aws)),
    ...hosts(fargateTypes).map((profile): ManagedPool => ({ ...unlabelled, zones: zonesOf(profile, aws) })),
    ...poolsOf(cluster, stack).map((pool) => poolOfKarpenter(pool, cluster, aws)),
    // In Auto Mode AWS makes nodes in the cluster's own subnets, beside those of the groups.
    ...(flagAt(cluster, "computeConfig", "enabled") === true ? [{ ...unlabelled, zones: ownZones(cluster, aws) }] : []),
  ];
}

const unlabelled = { labels: {}, isOpen: true, taints: [], isUp: true } as const;

function ownZones(cluster: Resource, aws: AwsPlaces): Zones {
  return (
    aws.zonesOfSubnets(cluster, "vpcConfig", at(cluster.properties, "vpcConfig", "subnetIds")) ??
    unknown<readonly DomainId[]>(propertyPath(cluster, "vpcConfig", "subnetIds"))
  );
}

/** How taints are written in the API of EKS, and by Kubernetes. */
const taintEffects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** A group's labels and taints are those of its nodes (Amazon EKS User Guide, "Managed node groups"). */
function poolOfGroup(group: Resource, aws: AwsPlaces): ManagedPool {
  const { properties } = group;
  const word = (taint: Value, key: string) => text(field(taint, key)) ?? "";
  const wanted =
    amountAt(group, ["scalingConfig", "desiredSize"], undefined) ?? amountAt(group, ["scalingConfig", "minSize"], 1);
  return {
    zones: zonesOf(group, aws),
    labels: {
      ...Object.fromEntries(entries(field(properties, "labels"))),
      "eks.amazonaws.com/nodegroup": textAt(group, "nodeGroupName") ?? UNKNOWN,
      "eks.amazonaws.com/capacityType": textAt(group, "capacityType") ?? "ON_DEMAND",
    },
    // User data of a launch template can label nodes as well.
    isOpen: field(properties, "launchTemplate") !== undefined || field(properties, "labels") === UNKNOWN,
    taints: items(field(properties, "taints")).map((taint) => ({
      key: word(taint, "key"),
      value: word(taint, "value"),
      effect: taintEffects[word(taint, "effect")] ?? word(taint, "effect"),
    })),
    isUp: !wanted.known || wanted.value > 0,
  };
}

/** Labels and taints of a pool are those of its nodes; its requirements leave open what is not required. */
function poolOfKarpenter(pool: Resource, cluster: Resource, aws: AwsPlaces): ManagedPool {
  const template = at(pool.properties, "spec", "template");
  return {
    zones: zonesOfPool(pool, cluster, aws),
    labels: {
      ...Object.fromEntries(entries(at(template, "metadata", "labels"))),
      "karpenter.sh/nodepool": textAt(pool, "metadata", "name") ?? pool.name,
    },
    isOpen: items(at(template, "spec", "requirements")).length > 0,
    taints: items(at(template, "spec", "taints")).map((taint) => ({
      key: text(field(taint, "key")) ?? "",
      value: text(field(taint, "value")) ?? "",
      effect: text(field(taint, "effect")) ?? "",
    })),
    // A limit of nothing is how a pool is switched off.
    isUp: amount(at(pool.properties, "spec", "limits", "cpu")) !== 0,
  };
}

function zonesOf(host: Resource, aws: AwsPlaces): Zones {
  return (
    aws.zonesOfSubnets(host, "subnetIds", field(host.properties, "subnetIds")) ??
    unknown(propertyPath(host, "subnetIds"))
  );
}

/** True where pods of a cluster are judged by their own workloads, which then stand where its nodes stand. */
function holdsWorkloads(cluster: Resource, stack: Stack): boolean {
  const urns = new Set(providersOf(cluster, stack).map(({ urn }) => urn));
  return urns.size > 0 && providersOfWorkloads(stack).some((urn) => urns.has(urn));
}

const providersOfWorkloads = memoize((stack: Stack): readonly string[] => {
  const all = workloadTypes.flatMap((type) => stack.ofType(type));
  return sortedUnique(all.flatMap((one) => stack.providerOf(one)?.urn ?? []));
});

/** The pools by which Karpenter makes nodes in a cluster. */
function poolsOf(cluster: Resource, stack: Stack): readonly Resource[] {
  const pools = nodePoolTypes.flatMap((type) => stack.ofType(type));
  if (pools.length === 0) return pools;
  const providers = providersOf(cluster, stack).map(({ urn }) => urn);
  return pools.filter(({ provider }) => provider !== undefined && providers.includes(provider));
}

/**
 * The zones that a pool requires; without a requirement its node class decides, by selectors that only AWS resolves.
 */
function zonesOfPool(pool: Resource, cluster: Resource, aws: AwsPlaces): Zones {
  const path = ["spec", "template", "spec", "requirements"] as const;
  const required = items(at(pool.properties, ...path)).filter(
    (one) => field(one, "key") === topologyKeys.zone && field(one, "operator") === "In",
  );
  return aws.zonesNamed(cluster, field(required[0], "values")) ?? unknown(propertyPath(pool, ...path));
}
