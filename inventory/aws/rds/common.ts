/** What databases of RDS have in common: their subnet group, their own backups, and how their copies are kept alike. */
import { known, mapKnown, unknown, type Backup, type DomainId, type Known, type Replication } from "../../../model";
import type { Draft } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amountAt, field, propertyPath } from "../../values";

export const clusterTypes = ["aws:rds/cluster:Cluster"] as const;
export const instanceTypes = ["aws:rds/instance:Instance"] as const;
export const memberTypes = ["aws:rds/clusterInstance:ClusterInstance"] as const;
export const globalTypes = ["aws:rds/globalCluster:GlobalCluster"] as const;
const subnetGroupTypes = ["aws:rds/subnetGroup:SubnetGroup"] as const;

/** A managed failover or a promotion of a global cluster's other region is documented in minutes. */
export const promotionSeconds = 300;

export const synchronous: Replication = { mode: "synchronous", rpoSeconds: known(0), multiWriter: false };
export const alone: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false };

export function zonesOf(resource: Resource, { aws, stack }: ReadContext): Known<readonly DomainId[]> {
  const { properties } = resource;
  const group = stack.references(
    resource,
    "dbSubnetGroupName",
    subnetGroupTypes,
    field(properties, "dbSubnetGroupName"),
  );
  const [first] = group.resources;
  const ofGroup = first && aws.zonesOfSubnets(first, "subnetIds", field(first.properties, "subnetIds"));
  return (
    ofGroup ??
    aws.zonesNamed(resource, field(properties, "availabilityZones")) ??
    unknown(propertyPath(resource, "dbSubnetGroupName"))
  );
}

/** Daily snapshots with the log in between: five minutes may be missing (RDS documentation); they stay in the region. */
export function automatedBackup(resource: Resource, into: Draft, placement: Backup["placement"]): void {
  const days = amountAt(resource, ["backupRetentionPeriod"], resource.type === clusterTypes[0] ? 1 : 0);
  if (days.known && days.value === 0) return;
  into.backups.push({
    of: resource.urn,
    backup: {
      urn: resource.urn,
      placement,
      intervalSeconds: mapKnown(days, () => 300),
      retentionSeconds: mapKnown(days, (count) => count * 86_400),
      immutable: known(false),
    },
  });
}
