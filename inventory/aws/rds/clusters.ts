/** Aurora clusters with readers, and global clusters over regions. */
import { known, unknown, type DomainId, type Known, type Replica } from "../../../model";
import { membersBy, membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { each, replicasOf } from "../../spread";
import { field, flagAt, propertyPath, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import {
  alone,
  automatedBackup,
  clusterTypes,
  globalTypes,
  memberTypes,
  promotionSeconds,
  synchronous,
  zonesOf,
} from "./common";

/** Aurora's change to a reader takes under 60 s, mostly 30 (its documentation). */
const readerSeconds = 60;

export const clusters: Reader = {
  gives: "writer and readers in their zones, automated backups, protection against deletion",
  types: clusterTypes,
  read(resource, into, context) {
    const { aws } = context;
    const region = aws.regionOf(resource);
    const members = instancesOf(resource, context);
    const secondary = isSecondary(resource, context);
    const zones = zonesOf(resource, context);
    const promotion = region.known ? [aws.controlPlane("rds", region.value)] : [];
    const replicas = members.map((member, index): Replica => {
      const role = index === 0 && !secondary ? ("active" as const) : ("standby" as const);
      const [replica] = replicasOf(
        member,
        {
          units: known(1),
          places: each(zoneOfMember(member, index, zones, context)),
          role,
          startSeconds: secondary ? promotionSeconds : readerSeconds,
          startNeeds: secondary ? promotion : [],
        },
        context,
      );
      return replica as Replica;
    });
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: region.known ? region.value : "",
      workload: resource.name,
      replicas: replicas.length > 0 ? replicas : storageOnly(resource, secondary, promotion, context),
    });
    if (!into.replications.has(resource.urn))
      into.replications.set(resource.urn, replicas.length > 1 ? synchronous : alone);
    stateDeletion(resource, deletionGuards.database, into);
    automatedBackup(resource, into, aws.regional(resource));
  },
};

/** A cluster without instances keeps its data in the region and serves nothing until an instance is made. */
function storageOnly(
  resource: Resource,
  secondary: boolean,
  promotion: readonly DomainId[],
  context: ReadContext,
): readonly Replica[] {
  const standing = { units: known(1), places: each(context.aws.regional(resource)) };
  // Multi-AZ clusters (not Aurora) have their three instances inside.
  if (textAt(resource, "dbClusterInstanceClass") !== undefined && !secondary) {
    const zones = zonesOf(resource, context);
    return replicasOf(resource, { units: known(3), places: each(zones) }, context);
  }
  return replicasOf(
    resource,
    { ...standing, role: "standby", startSeconds: 2 * promotionSeconds, startNeeds: promotion },
    context,
  );
}

/** Ties the clusters of one global cluster: one writes, the others follow, usually within a second (Aurora's documentation). */
export const globalClusters: Reader = {
  gives: "which clusters follow which",
  types: globalTypes,
  read(resource, into, context) {
    const members = globalIndex(context).get(resource) ?? [];
    const primary = members.find((member) => !isSecondary(member, context)) ?? members[0];
    if (primary === undefined) return;
    for (const member of members) if (member !== primary) into.copy(primary.urn, member.urn);
    if (members.length > 1) {
      into.replications.set(primary.urn, { mode: "asynchronous", rpoSeconds: known(1), multiWriter: false });
    }
    stateDeletion(resource, deletionGuards.database, into, primary);
    into.attach(resource);
  },
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
function isSecondary(resource: Resource, context: ReadContext): boolean {
  if (textAt(resource, "sourceRegion") !== undefined || textAt(resource, "replicationSourceIdentifier") !== undefined)
    return true;
  if (flagAt(resource, "enableGlobalWriteForwarding") === true) return true;
  for (const [, members] of globalIndex(context)) {
    if (!members.includes(resource)) continue;
    const others = members.filter((member) => member !== resource);
    const follows = (one: Resource, other: Resource): boolean =>
      one.dependencies.some((urn) => urn === other.urn || isMemberOf(urn, other, context));
    if (others.some((other) => follows(resource, other))) return true;
    if (others.some((other) => follows(other, resource))) return false;
    const writers = members.filter((member) => field(member.properties, "masterUsername") !== undefined);
    return !(writers.length > 0 ? writers : members).slice(0, 1).includes(resource);
  }
  return false;
}

function isMemberOf(urn: string, cluster: Resource, context: ReadContext): boolean {
  return instancesOf(cluster, context).some((member) => member.urn === urn);
}

function instancesOf(cluster: Resource, { stack }: ReadContext): readonly Resource[] {
  return membersOf(stack, cluster, memberTypes, "clusterIdentifier", clusterTypes);
}

/** Clusters by their global cluster, sorted by URN. */
function globalIndex({ stack }: ReadContext): ReadonlyMap<Resource, readonly Resource[]> {
  return membersBy(stack, clusterTypes, "globalClusterIdentifier", globalTypes);
}
