/**
 * Managed clusters: their nodes stand in the zones of their node groups, wherever the control plane could have them.
 */
import { known, topologyKeys, unknown, type DomainId, type Known } from "../../../model";
import { membersOf } from "../../members";
import type { Reader } from "../../reader";
import type { Resource } from "../../resource";
import type { Stack } from "../../stack";
import { amountAt, at, field, flagAt, items, propertyPath, textAt } from "../../values";
import { nodePoolTypes } from "../../kubernetes/cluster/nodePools";
import { stateEgress } from "../network/egress";
import { placeInZones } from "../placing";
import { stateSpot } from "../compute/spot";
import type { AwsPlaces, Zones } from "../region";
import { byText } from "../../../lib/order";

const clusterTypes = ["aws:eks/cluster:Cluster"] as const;
const nodeGroupTypes = ["aws:eks/nodeGroup:NodeGroup"] as const;
const fargateTypes = ["aws:eks/fargateProfile:FargateProfile"] as const;

/** A cluster and its profiles run nothing by themselves: what they say is read with the workloads of the cluster. */
export const managedClusters: Reader = {
  gives: "where the pods of a cluster can stand",
  types: [...clusterTypes, ...fargateTypes],
  read: (resource, into) => into.attach(resource),
};

/**
 * Nodes of a cluster whose objects are not in the stack: then the nodes stand for what runs on them. Where the objects
 * are there, the nodes only say where pods can be: counting both would count one capacity twice.
 */
export const nodeGroups: Reader = {
  gives: "zones of the nodes; units where the objects of the cluster are not in the stack",
  types: nodeGroupTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    into.attach(resource);
    const cluster = stack.references(resource, "clusterName", clusterTypes, field(resource.properties, "clusterName"))
      .resources[0];
    if (cluster !== undefined && holdsObjects(cluster, stack)) return;
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

/** Zones in which pods of a cluster can stand: those of its node groups and profiles, else those of the cluster. */
export function zonesOfManagedCluster(cluster: Resource, aws: AwsPlaces, stack: Stack): Known<readonly DomainId[]> {
  const hosts = [nodeGroupTypes, fargateTypes].flatMap((types) =>
    membersOf(stack, cluster, types, "clusterName", clusterTypes),
  );
  const config = field(cluster.properties, "vpcConfig");
  const subnets = at(config, "subnetIds");
  const own =
    aws.zonesOfSubnets(cluster, "vpcConfig", subnets) ??
    unknown<readonly DomainId[]>(propertyPath(cluster, "vpcConfig", "subnetIds"));
  const pools = poolsOf(cluster, stack);
  if (hosts.length === 0 && pools.length === 0) return own;
  const parts = [...hosts.map((host) => zonesOf(host, aws)), ...pools.map((pool) => zonesOfPool(pool, cluster, aws))];
  // In Auto Mode AWS makes nodes in the cluster's own subnets, beside those of the groups.
  return together(flagAt(cluster, "computeConfig", "enabled") === true ? [...parts, own] : parts);
}

function zonesOf(host: Resource, aws: AwsPlaces): Zones {
  return (
    aws.zonesOfSubnets(host, "subnetIds", field(host.properties, "subnetIds")) ??
    unknown(propertyPath(host, "subnetIds"))
  );
}

function together(all: readonly Zones[]): Zones {
  const zones = new Set<DomainId>();
  for (const one of all) {
    if (!one.known) return one;
    one.value.forEach((zone) => zones.add(zone));
  }
  return known([...zones].sort(byText));
}

function holdsObjects(cluster: Resource, stack: Stack): boolean {
  return providersOf(cluster, stack).length > 0;
}

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

function providersOf(cluster: Resource, stack: Stack): readonly Resource[] {
  const names = [cluster.name, textAt(cluster, "name"), textAt(cluster, "arn")];
  return stack
    .ofType("pulumi:providers:kubernetes")
    .filter(
      (provider) =>
        stack.edges(provider, "kubeconfig", clusterTypes).includes(cluster) ||
        [textAt(provider, "context"), textAt(provider, "cluster")].some(
          (name) => name !== undefined && names.includes(name),
        ),
    );
}
