/**
 * Warehouses of Redshift: clusters in one zone or two, snapshots that are copied to another region, serverless ones.
 */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { amountAt, field, knownFlagAt, propertyPath, textAt } from "../../values";
import { keepBackups } from "../ownBackups";
import { named, placeInZones } from "../placing";
import { alone, synchronous } from "../replication";
import { placeInRegion } from "../regional";

const clusterTypes = ["aws:redshift/cluster:Cluster"] as const;
const subnetGroupTypes = ["aws:redshift/subnetGroup:SubnetGroup"] as const;
const namespaceTypes = ["aws:redshiftserverless/namespace:Namespace"] as const;

/** A snapshot every eight hours, or after 5 GB of changes on a node (Management Guide, "Automated snapshots"). */
const snapshotSeconds = 8 * 3_600;

/**
 * A relocation to another zone is not counted: Redshift does it where there is room, and promises nothing. Two zones
 * compute side by side on data that the region keeps.
 */
export const warehouses: Reader = {
  gives: "nodes in one zone, or in two that work together, automated snapshots",
  types: clusterTypes,
  read(resource, into, context) {
    const { aws } = context;
    const own = aws.ownZone(resource);
    const group = aws.zonesOfGroup(resource, "clusterSubnetGroupName", subnetGroupTypes);
    const several = knownFlagAt(resource, "multiAz");
    const missing = unknown<readonly DomainId[]>(propertyPath(resource, "clusterSubnetGroupName"));
    const firstOf = (all: Known<readonly DomainId[]>, count: number) => mapKnown(all, (list) => list.slice(0, count));
    const one = own?.known ? known([own.value]) : firstOf(group ?? missing, 1);
    const two = firstOf(group ?? aws.regional(resource), 2);
    const zones = !several.known ? several : several.value ? two : one;
    const nodes = amountAt(resource, ["numberOfNodes"], 1);
    // The number of nodes is that of each zone.
    const units = several.known && several.value ? mapKnown(nodes, (count) => 2 * count) : nodes;
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units }, into, context);
    into.replications.set(resource.urn, several.known && several.value ? synchronous : alone);
    const days = amountAt(resource, ["automatedSnapshotRetentionPeriod"], 1);
    keepBackups(resource, { placement: aws.regional(resource), intervalSeconds: snapshotSeconds, days }, into);
  },
};

export const snapshotCopies: Reader = {
  gives: "snapshots of a warehouse in another region",
  types: ["aws:redshift/snapshotCopy:SnapshotCopy"],
  read(resource, into, context) {
    const { aws } = context;
    const source = named(resource, "clusterIdentifier", clusterTypes, context);
    into.attach(resource);
    if (source === undefined) return;
    const region = textAt(resource, "destinationRegion");
    const placement =
      region === undefined ? unknown<never>(propertyPath(resource, "destinationRegion")) : known([aws.region(region)]);
    // Copies are kept for 7 days unless set (the provider's documentation).
    const days = amountAt(resource, ["retentionPeriod"], 7);
    keepBackups(source, { by: resource, placement, intervalSeconds: snapshotSeconds, days }, into);
  },
};

/** A recovery point every half an hour, kept for a day (Management Guide, "Snapshots and recovery points"). */
export const warehouseNamespaces: Reader = {
  gives: "a store in its region, and its recovery points",
  types: namespaceTypes,
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context, ["namespaceName"]);
    into.replications.set(resource.urn, alone);
    const placement = context.aws.regional(resource);
    keepBackups(resource, { placement, intervalSeconds: 1_800, days: known(1) }, into);
  },
};

/** Whoever goes by it needs it as much as the data, so it is a service of its own between the two. */
export const warehouseWorkgroups: Reader = {
  gives: "what computes, in the zones of its subnets, and its need of the data",
  types: ["aws:redshiftserverless/workgroup:Workgroup"],
  read(resource, into, context) {
    const { aws } = context;
    const zones =
      aws.zonesOfSubnets(resource, "subnetIds", field(resource.properties, "subnetIds")) ?? aws.regional(resource);
    placeInZones(resource, { layer: "cache", sharing: "companion", zones }, into, context);
    const data = named(resource, "namespaceName", namespaceTypes, context);
    if (data !== undefined) into.depend(resource.urn, data.urn, "hard", "namespaceName");
  },
};
