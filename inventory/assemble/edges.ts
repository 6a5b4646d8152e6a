/** What a resource was made from, through the resources that only carry settings. */
import type { Urn } from "../../model";
import type { Resource } from "../resource";
import type { Stack } from "../stack";

/** They run nothing and hold no data of their own: what they name, their user needs. */
export const carriers: ReadonlySet<string> = new Set([
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:secretsmanager/secretVersion:SecretVersion",
  "aws:kms/alias:Alias",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:Secret",
]);

/** A copy is made from its source, a claim from nothing else: these properties say no need. */
const noNeed: ReadonlySet<string> = new Set([
  "replicateSourceDb",
  "globalTableArn",
  "primaryKeyArn",
  "globalClusterIdentifier",
  "sourceDbClusterIdentifier",
  "replicationSourceIdentifier",
  "globalReplicationGroupId",
  "dataReplicationPrimaryBrokerArn",
]);

export interface Need {
  readonly target: Resource;
  readonly property: string;
}

/** The placed resources that this one's settings come from, and the property that says so. */
export function needsOf(resource: Resource, stack: Stack, isPlaced: (urn: Urn) => boolean): readonly Need[] {
  const needs: Need[] = [];
  for (const property of Object.keys(resource.propertyDependencies)) {
    if (noNeed.has(property)) continue;
    const seen = new Set<Resource>(stack.edges(resource, property));
    for (const target of seen) {
      if (target === resource) continue;
      if (isPlaced(target.urn)) needs.push({ target, property });
      else if (carriers.has(target.type)) {
        for (const key of Object.keys(target.propertyDependencies))
          for (const next of stack.edges(target, key)) seen.add(next);
      }
    }
  }
  return needs;
}
