/** Managed clusters: their nodes stand in the zones of their node groups, wherever the control plane could have them. */
import { known, unknown, type DomainId, type Known } from "../../model";
import { membersOf } from "../members";
import type { Reader } from "../reader";
import type { Resource } from "../resource";
import type { Stack } from "../stack";
import { amountAt, at, byCode, field, propertyPath, textAt } from "../values";
import { stateEgress } from "./egress";
import { placeInZones } from "./placing";
import { stateSpot } from "./spot";
import type { AwsPlaces, Zones } from "./region";

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
  if (hosts.length > 0) return together(hosts.map((host) => zonesOf(host, aws)));
  const config = field(cluster.properties, "vpcConfig");
  const subnets = typeof config === "symbol" ? config : at(config, "subnetIds");
  return aws.zonesOfSubnets(cluster, "vpcConfig", subnets) ?? unknown(propertyPath(cluster, "vpcConfig", "subnetIds"));
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
  return known([...zones].sort(byCode));
}

function holdsObjects(cluster: Resource, stack: Stack): boolean {
  const names = [cluster.name, textAt(cluster, "name"), textAt(cluster, "arn")];
  return stack
    .ofType("pulumi:providers:kubernetes")
    .some(
      (provider) =>
        stack.edges(provider, "kubeconfig", clusterTypes).includes(cluster) ||
        [textAt(provider, "context"), textAt(provider, "cluster")].some(
          (name) => name !== undefined && names.includes(name),
        ),
    );
}
