/** Clusters with readers (Aurora, DocumentDB, Neptune), and global clusters over regions. */
import { known, unknown, type DomainId, type Known, type Placement, type Replica } from "../../../model";
import { membersBy, membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { each, replicasOf } from "../../spread";
import { field, flagAt, propertyPath, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { namedInside } from "../placing";
import { regionalCopy, synchronous } from "../replication";
import { automatedBackup, promotionSeconds, zonesOf } from "./common";
import { aurora, documentDb, memberTypes, neptune, type ClusterFamily } from "./families";

/** "Typically under 35 seconds" (RDS User Guide, "Multi-AZ DB cluster deployments", "Failing over"). */
const multiAzSeconds = 35;

/** Each family keeps backups for a day where nothing is said (its documentation). */
const defaultRetentionDays = 1;

function clustersOf(family: ClusterFamily): Reader {
  return {
    gives: "writer and readers in their zones, automated backups, protection against deletion",
    types: family.clusters,
    read(resource, into, context) {
      const { aws } = context;
      const region = aws.regionOf(resource);
      const members = instancesOf(resource, family, context);
      const secondary = isSecondary(resource, family, context);
      const zones = zonesOf(resource, family, context);
      const promotion = region.known ? [aws.controlPlane(family.service, region.value)] : [];
      const replicas = members.map((member, index): Replica => {
        const role = index === 0 && !secondary ? ("active" as const) : ("standby" as const);
        const [replica] = replicasOf(
          member,
          {
            units: known(1),
            places: each(zoneOfMember(member, index, zones, context)),
            role,
            startSeconds: secondary ? promotionSeconds : family.readerSeconds,
            startNeeds: secondary ? promotion : [],
          },
          context,
        );
        return secondary ? { ...(replica as Replica), startsByHand: true } : (replica as Replica);
      });
      const standing =
        replicas.length > 0
          ? replicas
          : isMultiAz(resource)
            ? threeInstances(resource, zones, secondary ? promotion : undefined, context)
            : storageOnly(resource, promotion, context);
      into.place({
        resource,
        layer: "store",
        sharing: "copy",
        scope: region.known ? region.value : "",
        workload: resource.name,
        replicas: standing,
      });
      if (!into.replications.has(resource.urn))
        into.replications.set(resource.urn, standing.length > 1 ? synchronous : regionalCopy);
      stateDeletion(resource, deletionGuards.database, into);
      automatedBackup(resource, into, aws.regional(resource), defaultRetentionDays);
    },
  };
}

/** Multi-AZ DB clusters (not Aurora) name the class of the three instances that RDS makes inside of them. */
function isMultiAz(cluster: Resource): boolean {
  return field(cluster.properties, "dbClusterInstanceClass") !== undefined;
}

/**
 * A writer and two readable standbys in three zones; a write is acknowledged once one of them has it at least (RDS User
 * Guide, "Multi-AZ DB cluster deployments"). RDS picks the zones: the first three stand for them.
 */
function threeInstances(
  cluster: Resource,
  zones: Known<readonly DomainId[]>,
  promotion: readonly DomainId[] | undefined,
  context: ReadContext,
): readonly Replica[] {
  return [0, 1, 2].flatMap((index) => {
    const zone = zones.known ? zones.value[index] : undefined;
    const missing = zones.known ? propertyPath(cluster, "dbSubnetGroupName") : zones.missing;
    const [replica] = replicasOf(
      cluster,
      {
        units: known(1),
        places: zone === undefined ? unknown<readonly Placement[]>(missing) : known([[zone]]),
        role: index === 0 && promotion === undefined ? "active" : "standby",
        startSeconds: promotion === undefined ? multiAzSeconds : promotionSeconds,
        startNeeds: promotion ?? [],
      },
      context,
    );
    const id = index === 0 ? cluster.urn : `${cluster.urn}#standby-${index}`;
    return replica === undefined
      ? []
      : { ...replica, id, ...(promotion === undefined ? {} : { startsByHand: true as const }) };
  });
}

/** A cluster without instances keeps its data in the region and serves nothing until somebody makes an instance. */
function storageOnly(resource: Resource, promotion: readonly DomainId[], context: ReadContext): readonly Replica[] {
  const standing = { units: known(1), places: each(context.aws.regional(resource)) };
  return replicasOf(
    resource,
    { ...standing, role: "standby", startSeconds: 2 * promotionSeconds, startNeeds: promotion },
    context,
  ).map((replica) => ({ ...replica, startsByHand: true }));
}

/**
 * Ties the clusters of one global cluster: one writes, the others follow, usually within a second (each one's
 * documentation).
 */
function globalClustersOf(family: ClusterFamily): Reader {
  return {
    gives: "which clusters follow which",
    types: family.globals,
    read(resource, into, context) {
      const members = globalIndex(family, context).get(resource) ?? [];
      const primary = members.find((member) => !isSecondary(member, family, context)) ?? members[0];
      if (primary === undefined) return;
      for (const member of members) if (member !== primary) into.copy(primary.urn, member.urn);
      if (members.length > 1) {
        into.replications.set(primary.urn, { mode: "asynchronous", rpoSeconds: known(1), multiWriter: false });
      }
      stateDeletion(resource, deletionGuards.database, into, primary);
      into.attach(resource);
    },
  };
}

/** An instance stands for nothing without its cluster; its words are about the same service. */
export const clusterInstances: Reader = {
  gives: "an instance, read with its cluster",
  types: memberTypes,
  read: (resource, into) => into.attach(resource),
};

/** AWS spreads the instances of a cluster over the zones of its subnet group, where they do not name one themselves. */
function zoneOfMember(
  member: Resource,
  index: number,
  zones: Known<readonly DomainId[]>,
  { aws }: ReadContext,
): Known<readonly DomainId[]> {
  const own = aws.ownZone(member);
  if (own?.known) return known([own.value]);
  if (!zones.known) return zones;
  const zone = zones.value[index % Math.max(1, zones.value.length)];
  return zone === undefined ? unknown(propertyPath(member, "availabilityZone")) : known([zone]);
}

/** A cluster that follows another: it says so, or its siblings in the global cluster are the ones that can write. */
function isSecondary(resource: Resource, family: ClusterFamily, context: ReadContext): boolean {
  if (textAt(resource, "sourceRegion") !== undefined || textAt(resource, "replicationSourceIdentifier") !== undefined)
    return true;
  if (flagAt(resource, "enableGlobalWriteForwarding") === true) return true;
  for (const [global, members] of globalIndex(family, context)) {
    if (!members.includes(resource)) continue;
    const [source] = sourcesOf(global, family, context);
    if (source !== undefined) return resource !== source;
    const others = members.filter((member) => member !== resource);
    const follows = (one: Resource, other: Resource): boolean =>
      one.dependencies.some((urn) => urn === other.urn || isMemberOf(urn, other, family, context));
    if (others.some((other) => follows(resource, other))) return true;
    if (others.some((other) => follows(other, resource))) return false;
    const writers = members.filter((member) => field(member.properties, "masterUsername") !== undefined);
    return !(writers.length > 0 ? writers : members).slice(0, 1).includes(resource);
  }
  return false;
}

function isMemberOf(urn: string, cluster: Resource, family: ClusterFamily, context: ReadContext): boolean {
  return instancesOf(cluster, family, context).some((member) => member.urn === urn);
}

function instancesOf(cluster: Resource, { members, clusters }: ClusterFamily, { stack }: ReadContext) {
  return membersOf(stack, cluster, members, "clusterIdentifier", clusters);
}

/**
 * Clusters by their global cluster, sorted by URN; the one that it was made from, which does not name it, before them.
 */
function globalIndex(family: ClusterFamily, context: ReadContext): ReadonlyMap<Resource, readonly Resource[]> {
  const { clusters, globals } = family;
  const index = new Map(membersBy(context.stack, clusters, "globalClusterIdentifier", globals));
  for (const global of globals.flatMap((type) => context.stack.ofType(type))) {
    const members = [...sourcesOf(global, family, context), ...(index.get(global) ?? [])];
    if (members.length > 0) index.set(global, [...new Set(members)]);
  }
  return index;
}

/** The cluster that a global one was made from: it is the one that writes. */
function sourcesOf(global: Resource, { clusters }: ClusterFamily, context: ReadContext): readonly Resource[] {
  return namedInside(global, "sourceDbClusterIdentifier", clusters, (value) => value, context);
}

export const clusters = clustersOf(aurora);
export const globalClusters = globalClustersOf(aurora);
export const documentClusters = clustersOf(documentDb);
export const documentGlobalClusters = globalClustersOf(documentDb);
export const graphClusters = clustersOf(neptune);
export const graphGlobalClusters = globalClustersOf(neptune);
