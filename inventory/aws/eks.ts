/** Managed clusters: their nodes stand in the zones of the subnets. */
import { unknown, type DomainId, type Known } from "../../model";
import type { Resource } from "../resource";
import { at, field, propertyPath } from "../values";
import type { AwsPlaces } from "./region";

/** Zones in which the nodes of an EKS cluster can stand. */
export function zonesOfManagedCluster(cluster: Resource, aws: AwsPlaces): Known<readonly DomainId[]> {
  const config = field(cluster.properties, "vpcConfig");
  const subnets = typeof config === "symbol" ? config : at(config, "subnetIds");
  return aws.zonesOfSubnets(cluster, "vpcConfig", subnets) ?? unknown(propertyPath(cluster, "vpcConfig", "subnetIds"));
}
