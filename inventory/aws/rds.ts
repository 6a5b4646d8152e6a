/** Relational databases: single instances with a standby, Aurora clusters with readers, global clusters over regions. */
import {
  known,
  mapKnown,
  unknown,
  type Backup,
  type DomainId,
  type Known,
  type Replica,
  type Replication,
} from "../../model";
import type { Draft } from "../draft";
import type { Reader, ReadContext } from "../reader";
import type { Resource } from "../resource";
import { each, replicasOf } from "../spread";
import { amountAt, byCode, field, flagAt, propertyPath, textAt } from "../values";

const clusterTypes = ["aws:rds/cluster:Cluster"] as const;
const instanceTypes = ["aws:rds/instance:Instance"] as const;
const memberTypes = ["aws:rds/clusterInstance:ClusterInstance"] as const;
const subnetGroupTypes = ["aws:rds/subnetGroup:SubnetGroup"] as const;
const globalTypes = ["aws:rds/globalCluster:GlobalCluster"] as const;

/** RDS documents 60 to 120 s for the change to the standby of another zone, and under 60 s (mostly 30) for Aurora. */
const standbySeconds = 120;
const readerSeconds = 60;
/** A managed failover or a promotion of a global cluster's other region is documented in minutes. */
const promotionSeconds = 300;

const synchronous: Replication = { mode: "synchronous", rpoSeconds: known(0), multiWriter: false };
const alone: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false };

export const databaseInstances: Reader = {
  types: instanceTypes,
  read(resource, into, context) {
    const { aws, stack } = context;
    const { properties } = resource;
    const region = aws.regionOf(resource);
    const source = stack.references(
      resource,
      "replicateSourceDb",
      instanceTypes,
      field(properties, "replicateSourceDb"),
    ).resources[0];
    const twoZones = flagOrUnknown(resource, "multiAz");
    const zones = mapZones(zonesOf(resource, context), aws.ownZone(resource));
    const places = zones.known && zones.value.length > 0
      ? known(zones.value.slice(0, 1).map((zone) => [zone]))
      : zones.known ? unknown<readonly DomainId[][]>(propertyPath(resource, "dbSubnetGroupName")) : zones; // prettier-ignore
    const promotion = region.known ? [aws.controlPlane("rds", region.value)] : [];
    const standing = source === undefined
      ? { units: known(1), places }
      : { units: known(1), places, role: "standby" as const, startSeconds: promotionSeconds, startNeeds: promotion }; // prettier-ignore
    const replicas: Replica[] = [...replicasOf(resource, standing, context)];
    if (!twoZones.known || twoZones.value) replicas.push(standbyOf(resource, zones, twoZones, context));
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: region.known ? region.value : "",
      workload: resource.name,
      replicas,
    });
    if (source !== undefined) {
      into.copy(source.urn, resource.urn);
      // The lag of an asynchronous replica has no documented bound.
      into.replications.set(source.urn, {
        mode: "asynchronous",
        rpoSeconds: unknown(`${resource.urn}.replicateSourceDb (its lag is not bounded by RDS)`),
        multiWriter: false,
      });
    } else if (!into.replications.has(resource.urn)) {
      into.replications.set(resource.urn, replicas.length > 1 ? synchronous : alone);
    }
    automatedBackup(resource, into, aws.regional(resource));
  },
};

/**
 * The other half of a Multi-AZ pair. AWS picks a zone of the subnet group other than the first; which one makes no
 * difference to the loss of any single zone, so the next in order stands for it.
 */
function standbyOf(
  resource: Resource,
  zones: Known<readonly DomainId[]>,
  twoZones: Known<boolean>,
  context: ReadContext,
): Replica {
  const second = zones.known ? zones.value[1] : undefined;
  const places: Known<readonly (readonly DomainId[])[]> = !twoZones.known
    ? twoZones
    : second === undefined
      ? unknown(zones.known ? propertyPath(resource, "dbSubnetGroupName") : zones.missing)
      : known([[second]]);
  const [replica] = replicasOf(
    resource,
    { units: known(1), places, role: "standby", startSeconds: standbySeconds },
    context,
  );
  return { ...(replica as Replica), id: `${resource.urn}#standby` };
}

export const clusters: Reader = {
  types: clusterTypes,
  read(resource, into, context) {
    const { aws } = context;
    const region = aws.regionOf(resource);
    const members = memberIndex(context).get(resource) ?? [];
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
  types: globalTypes,
  read(resource, into, context) {
    const members = globalIndex(context).get(resource) ?? [];
    const primary = members.find((member) => !isSecondary(member, context)) ?? members[0];
    if (primary === undefined) return;
    for (const member of members) if (member !== primary) into.copy(primary.urn, member.urn);
    if (members.length > 1) {
      into.replications.set(primary.urn, { mode: "asynchronous", rpoSeconds: known(1), multiWriter: false });
    }
    into.attach(resource);
  },
};

function zonesOf(resource: Resource, { aws, stack }: ReadContext): Known<readonly DomainId[]> {
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

/** The zone that a resource says of itself first, then the others that it may use. */
function mapZones(zones: Known<readonly DomainId[]>, own: Known<DomainId> | undefined): Known<readonly DomainId[]> {
  if (own === undefined || !own.known) return zones;
  return known([own.value, ...(zones.known ? zones.value.filter((zone) => zone !== own.value) : [])]);
}

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

function flagOrUnknown(resource: Resource, key: string): Known<boolean> {
  const value = field(resource.properties, key);
  if (value === undefined || value === null) return known(false);
  return typeof value === "boolean" ? known(value) : unknown(propertyPath(resource, key));
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
  return (memberIndex(context).get(cluster) ?? []).some((member) => member.urn === urn);
}

const memberIndexes = new WeakMap<ReadContext, ReadonlyMap<Resource, readonly Resource[]>>();
const globalIndexes = new WeakMap<ReadContext, ReadonlyMap<Resource, readonly Resource[]>>();

/** Instances by their cluster, sorted by URN. */
function memberIndex(context: ReadContext): ReadonlyMap<Resource, readonly Resource[]> {
  return indexed(memberIndexes, context, memberTypes, "clusterIdentifier", clusterTypes);
}

/** Clusters by their global cluster, sorted by URN. */
function globalIndex(context: ReadContext): ReadonlyMap<Resource, readonly Resource[]> {
  return indexed(globalIndexes, context, clusterTypes, "globalClusterIdentifier", globalTypes);
}

function indexed(
  cache: WeakMap<ReadContext, ReadonlyMap<Resource, readonly Resource[]>>,
  context: ReadContext,
  types: readonly string[],
  property: string,
  owners: readonly string[],
): ReadonlyMap<Resource, readonly Resource[]> {
  let index = cache.get(context);
  if (index === undefined) {
    const lists = new Map<Resource, Resource[]>();
    for (const resource of types.flatMap((type) => context.stack.ofType(type))) {
      const value = field(resource.properties, property);
      for (const owner of context.stack.references(resource, property, owners, value).resources) {
        lists.set(owner, [...(lists.get(owner) ?? []), resource]);
      }
    }
    for (const list of lists.values()) list.sort((a, b) => byCode(a.urn, b.urn));
    cache.set(context, (index = lists));
  }
  return index;
}

/** Daily snapshots with the log in between: five minutes may be missing (RDS documentation); they stay in the region. */
function automatedBackup(resource: Resource, into: Draft, placement: Backup["placement"]): void {
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
