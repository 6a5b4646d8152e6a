/**
 * What databases with a subnet group have in common: their subnet group, their own backups, and how their copies are
 * kept alike.
 */
import { unknown, type Backup, type DomainId, type Known } from "../../../model";
import type { Draft } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amountAt, field, propertyPath } from "../../values";
import { keepBackups } from "../ownBackups";
import type { ClusterFamily } from "./families";

export const instanceTypes = ["aws:rds/instance:Instance"] as const;

/** A managed failover or a promotion of a global cluster's other region is documented in minutes. */
export const promotionSeconds = 300;

export function zonesOf(
  resource: Resource,
  { subnetGroupProperty, subnetGroups }: Pick<ClusterFamily, "subnetGroupProperty" | "subnetGroups">,
  context: ReadContext,
): Known<readonly DomainId[]> {
  return (
    context.aws.zonesOfGroup(resource, subnetGroupProperty, subnetGroups) ??
    context.aws.zonesNamed(resource, field(resource.properties, "availabilityZones")) ??
    unknown(propertyPath(resource, subnetGroupProperty))
  );
}

/**
 * Daily snapshots with the log in between: five minutes may be missing (RDS documentation); they stay in the region.
 */
export function automatedBackup(
  resource: Resource,
  into: Draft,
  placement: Backup["placement"],
  defaultDays: number,
): void {
  const days = amountAt(resource, ["backupRetentionPeriod"], defaultDays);
  keepBackups(resource, { placement, intervalSeconds: 300, days }, into);
}
