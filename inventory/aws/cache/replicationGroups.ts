/** Caches: nodes over the zones of a subnet group, one group for each region. */
import { known, mapKnown, unknown } from "../../../model";
import type { Reader } from "../../reader";
import { each, replicasOf } from "../../spread";
import { amountAt, field, flagAt, propertyPath } from "../../values";

const subnetGroupTypes = ["aws:elasticache/subnetGroup:SubnetGroup"] as const;
const globalTypes = ["aws:elasticache/globalReplicationGroup:GlobalReplicationGroup"] as const;

export const replicationGroups: Reader = {
  gives: "nodes in the zones of its subnet group, joined over regions",
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  read(resource, into, context) {
    const { aws, stack } = context;
    const { properties } = resource;
    const region = aws.regionOf(resource);
    const zones =
      aws.zonesOfGroup(resource, "subnetGroupName", subnetGroupTypes) ??
      aws.zonesNamed(resource, field(properties, "preferredCacheClusterAzs")) ??
      unknown(propertyPath(resource, "subnetGroupName"));
    // Without Multi-AZ the nodes may share a zone, and nothing takes over by itself.
    const spread = flagAt(resource, "multiAzEnabled") === true ? zones : mapKnown(zones, (list) => list.slice(0, 1));
    const nodes = amountAt(resource, ["replicasPerNodeGroup"], undefined);
    const units =
      nodes === undefined ? amountAt(resource, ["numCacheClusters"], 1) : mapKnown(nodes, (replicas) => replicas + 1);
    into.place({
      resource,
      layer: "cache",
      sharing: "companion",
      scope: region.known ? region.value : "",
      workload: resource.name,
      replicas: replicasOf(resource, { units, places: each(spread) }, context),
    });
    const [global] = stack.references(
      resource,
      "globalReplicationGroupId",
      globalTypes,
      field(properties, "globalReplicationGroupId"),
    ).resources;
    if (global === undefined) return;
    const primary = stack.references(
      global,
      "primaryReplicationGroupId",
      replicationGroups.types,
      field(global.properties, "primaryReplicationGroupId"),
    );
    for (const first of primary.resources) {
      into.copy(first.urn, resource.urn);
      into.replications.set(first.urn, { mode: "asynchronous", rpoSeconds: known(1), multiWriter: false });
    }
  },
};

/** It holds nothing of its own: it joins the groups that name it with the one that it names. */
export const globalReplicationGroups: Reader = {
  gives: "which groups follow which, read with them",
  types: globalTypes,
  read: (resource, into) => into.attach(resource),
};
