/** File systems: EFS over a region or in one zone, and FSx in one zone or two. */
import { known, mapKnown, unknown, type DomainId, type Known, type Placement } from "../../../model";
import type { Draft } from "../../draft";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { each, replicasOf } from "../../spread";
import { amountAt, at, field, propertyPath, text, textAt } from "../../values";
import { keepBackups } from "../ownBackups";
import { alone, regionalCopy } from "../replication";
import { named, placeInZones, scopeOf } from "../placing";

const mountTargetTypes = ["aws:efs/mountTarget:MountTarget"] as const;
const efsTypes = ["aws:efs/fileSystem:FileSystem"] as const;

/**
 * RPO that EFS is designed for, and the time that turning a copy writable takes, both in minutes (its documentation).
 */
const efsLagSeconds = 900;
const promotionSeconds = 300;
/** FSx gives 60 s at most for the change to the other file server (Multi-AZ). */
const fsxStandbySeconds = 60;

export const elasticFileSystems: Reader = {
  gives: "a store over the region, or in the one zone that it is in or reached in",
  types: efsTypes,
  read(resource, into, context) {
    const { aws } = context;
    const zone = field(resource.properties, "availabilityZoneName");
    const zones =
      zone === undefined || zone === null || zone === ""
        ? reachedIn(resource, context)
        : (aws.zonesNamed(resource, typeof zone === "symbol" ? zone : [zone]) ?? aws.regional(resource));
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    const isOneZone = text(zone) !== undefined || typeof zone === "symbol";
    if (!into.replications.has(resource.urn)) {
      into.replications.set(resource.urn, isOneZone ? alone : regionalCopy);
    }
  },
};

/**
 * The data is in the region; it is reached by its mount targets. With all of them in one zone nobody reaches it once
 * that zone is lost.
 */
function reachedIn(resource: Resource, { aws, stack }: ReadContext): Known<readonly DomainId[]> {
  const targets = membersOf(stack, resource, mountTargetTypes, "fileSystemId", efsTypes);
  const zones = targets.map((target) => aws.zonesOfSubnets(target, "subnetId", field(target.properties, "subnetId")));
  const known = zones.flatMap((one) => (one?.known === true ? one.value : []));
  const isOne = targets.length > 0 && known.length === targets.length && new Set(known).size === 1;
  return isOne ? { known: true, value: known.slice(0, 1) } : aws.regional(resource);
}

/** Read with the file system that they lead to. */
export const mountTargets: Reader = {
  gives: "the zones in which a file system is reached",
  types: mountTargetTypes,
  read: (resource, into) => into.attach(resource),
};

/** Keeps a read-only copy in another region (or zone); serving from it needs a call that ends the replication. */
export const fileReplications: Reader = {
  gives: "a read-only copy that a call makes writable",
  types: ["aws:efs/replicationConfiguration:ReplicationConfiguration"],
  read(resource, into, context) {
    const { aws } = context;
    const source = named(resource, "sourceFileSystemId", efsTypes, context);
    const region =
      at(resource.properties, "destination", "region") ?? at(resource.properties, "destination", 0, "region");
    const code = text(region);
    const home = source && aws.regionOf(source);
    const target: Known<string> =
      code !== undefined
        ? known(code)
        : region === undefined && home !== undefined
          ? home
          : unknown(propertyPath(resource, "destination", "region"));
    const places: Known<readonly Placement[]> = mapKnown(target, (name) => [[aws.region(name)]]);
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: target.known ? target.value : scopeOf(resource, context),
      workload: source?.name ?? resource.name,
      replicas: replicasOf(
        resource,
        {
          units: known(1),
          places,
          role: "standby",
          startSeconds: promotionSeconds,
          startNeeds: target.known ? [aws.controlPlane("efs", target.value)] : [],
        },
        context,
      ),
    });
    if (source === undefined) return;
    into.copy(source.urn, resource.urn);
    into.replications.set(source.urn, { mode: "asynchronous", rpoSeconds: known(efsLagSeconds), multiWriter: false });
  },
};

/** AWS Backup's default plan: daily, kept for 35 days, in the region's default vault. */
export const fileBackups: Reader = {
  gives: "daily backups",
  types: ["aws:efs/backupPolicy:BackupPolicy"],
  read(resource, into, context) {
    const source = named(resource, "fileSystemId", efsTypes, context);
    const status = textAt(resource, "backupPolicy", "status");
    if (source === undefined || (status !== "ENABLED" && status !== "ENABLING")) return;
    daily(source, resource, known(35), into, context);
  },
};

export const fsxFileSystems: Reader = {
  gives: "a store in one zone or two, and its daily backups",
  types: [
    "aws:fsx/windowsFileSystem:WindowsFileSystem",
    "aws:fsx/ontapFileSystem:OntapFileSystem",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    "aws:fsx/lustreFileSystem:LustreFileSystem",
  ],
  read(resource, into, context) {
    const { aws } = context;
    const { properties } = resource;
    const several = textAt(resource, "deploymentType")?.startsWith("MULTI_AZ") === true;
    const zonesAt = (property: string): Known<readonly DomainId[]> | undefined => {
      const value: Value = field(properties, property);
      return aws.zonesOfSubnets(resource, property, value);
    };
    const all = zonesAt("subnetIds") ?? unknown<readonly DomainId[]>(propertyPath(resource, "subnetIds"));
    const preferred = several ? zonesAt("preferredSubnetId") : undefined;
    const first = preferred ?? mapKnown(all, (zones) => zones.slice(0, 1));
    const active = replicasOf(resource, { units: known(1), places: each(first), role: "active" }, context);
    const others = all.known && first.known ? known(all.value.filter((zone) => !first.value.includes(zone))) : all;
    const [standby] = several
      ? replicasOf(
          resource,
          { units: known(1), places: each(others), role: "standby", startSeconds: fsxStandbySeconds },
          context,
        )
      : [];
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: scopeOf(resource, context),
      workload: resource.name,
      replicas: standby === undefined ? active : [...active, { ...standby, id: `${resource.urn}#standby` }],
    });
    into.replications.set(resource.urn, {
      mode: several ? "synchronous" : "none",
      rpoSeconds: known(0),
      multiWriter: false,
    });
    const days = amountAt(resource, ["automaticBackupRetentionDays"], 0);
    daily(resource, resource, days, into, context);
  },
};

function daily(of: Resource, by: Resource, days: Known<number>, into: Draft, { aws }: ReadContext): void {
  keepBackups(of, { by, placement: aws.regional(of), intervalSeconds: 86_400, days }, into);
}
