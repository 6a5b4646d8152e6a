/** Aurora: subnet groups, global clusters, clusters and their instances. */
import { Refusal } from "../errors";
import type { CloudView, Making, Refuse, ResourceType } from "../engine/resourceType";
import { text, texts, type Properties, type Value } from "../engine/values";
import type { CloudObject } from "../store/object";
import {
  arn,
  awsType,
  given,
  hostName,
  oneOf,
  referred,
  refuseProtected,
  regionalName,
  usersOfType,
  within,
} from "./awsType";
import { anyKey, serviceKeys } from "./keys";
import { subnetType } from "./network";
import { zoneOf, zonesOf } from "./regions";
import { securityGroupType } from "./securityGroups";

export const subnetGroupType = "aws:rds/subnetGroup:SubnetGroup";
const globalClusterType = "aws:rds/globalCluster:GlobalCluster";
const clusterType = "aws:rds/cluster:Cluster";

const groupName = regionalName("name", 255, {
  pattern: /^[a-z0-9 ._-]+$/,
  patternText: "lower-case letters, digits, spaces and ._-",
  lowerCase: true,
});

const subnetGroup = awsType({
  token: subnetGroupType,
  id: (making) => given(making, "name"),
  naming: groupName,
  replaceOn: ["name", "namePrefix"],
  defaults: { description: "Managed by Pulumi" },
  sets: ["subnetIds"],
  references: [{ path: "subnetIds[]", to: [subnetType], bond: "holds" }],
  admit: (making) => {
    const zones = new Set(
      texts(making.inputs["subnetIds"]).map((id) => referred(making, [subnetType], id)?.state["availabilityZoneId"]),
    );
    if (zones.size >= 2) return;
    throw new Refusal(
      "invalid",
      `${making.urn}: DBSubnetGroupDoesNotCoverEnoughAZs: the subnets stand in ${zones.size} zone, and must in 2 ` +
        "at least.",
    );
  },
  outputs: {
    arn: (making) => arn(making, "rds", `subgrp:${given(making, "name")}`),
    supportedNetworkTypes: () => ["IPV4"],
    vpcId: (making) => referred(making, [subnetType], texts(making.inputs["subnetIds"])[0])?.state["vpcId"],
  },
});

export const identifier = {
  pattern: /^[a-z](?:-?[a-z0-9])*$/,
  patternText: "lower-case letters, digits and single inner hyphens, beginning with a letter",
  lowerCase: true,
} as const;

const globalCluster = awsType({
  token: globalClusterType,
  id: (making) => given(making, "globalClusterIdentifier"),
  // One name over all regions, though it is asked for in one: clusters in any region refer to it.
  everywhere: true,
  naming: regionalName("globalClusterIdentifier", 63, { ...identifier, space: () => "account", automatic: false }),
  replaceOn: ["globalClusterIdentifier", "databaseName", "storageEncrypted"],
  references: [{ path: "sourceDbClusterIdentifier", to: [clusterType], bond: "needs", crossesRegions: true }],
  defaults: { deletionProtection: false },
  check: (inputs, refuse) => oneOf(inputs, refuse, "engine", ["aurora", "aurora-mysql", "aurora-postgresql"]),
  mayDelete: (target) => {
    if (target.inputs["deletionProtection"] === true) refuseProtected(target, "deletionProtection");
  },
  outputs: {
    arn: (making) => arn({ place: "global" }, "rds", `global-cluster:${making.id}`),
    endpoint: (making) => hostName(`${making.id}.global-${making.hex(12)}`, "global", "rds"),
    globalClusterResourceId: (making) => `cluster-${making.hex(16)}`,
    engine: () => "aurora-postgresql",
    engineVersion: ({ inputs }) => newestVersion(text(inputs["engine"])),
    engineVersionActual: ({ inputs }) => text(inputs["engineVersion"]) ?? newestVersion(text(inputs["engine"])),
    storageEncrypted: () => false,
    globalClusterMembers: () => [],
  },
  refreshed: (found, cloud) => ({ globalClusterMembers: members(found, cloud) }),
});

/** Clusters that have joined since; the first is the writer. */
function members(found: CloudObject, cloud: CloudView): Value {
  return [...usersOfType(cloud, found, clusterType)]
    .sort((left, right) => left.serial - right.serial)
    .map((each, index) => ({ dbClusterArn: each.state["arn"] ?? "", isWriter: index === 0, readers: [] }));
}

function newestVersion(engine: string | undefined): string {
  return engine === "aurora-mysql" ? "8.0.mysql_aurora.3.08.0" : "16.6";
}

const cluster = awsType({
  token: clusterType,
  id: (making) => given(making, "clusterIdentifier"),
  naming: regionalName("clusterIdentifier", 63, { ...identifier, prefixPath: "clusterIdentifierPrefix" }),
  replaceOn: [
    ...[
      "clusterIdentifier",
      "clusterIdentifierPrefix",
      "engine",
      "databaseName",
      "masterUsername",
      "dbSubnetGroupName",
    ],
    ...["kmsKeyId", "storageEncrypted", "availabilityZones", "snapshotIdentifier", "sourceRegion"],
  ],
  secrets: ["masterPassword"],
  defaults: { skipFinalSnapshot: false, copyTagsToSnapshot: false, backtrackWindow: 0 },
  sets: ["availabilityZones", "vpcSecurityGroupIds", "enabledCloudwatchLogsExports", "iamRoles"],
  zonePaths: ["availabilityZones[]"],
  references: [
    { path: "dbSubnetGroupName", to: [subnetGroupType], bond: "holds" },
    { path: "vpcSecurityGroupIds[]", to: [securityGroupType], bond: "holds" },
    { path: "globalClusterIdentifier", to: [globalClusterType], bond: "holds", crossesRegions: true },
    { path: "kmsKeyId", to: anyKey, bond: "needs", except: serviceKeys },
  ],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "engine", ["aurora-mysql", "aurora-postgresql", "mysql", "postgres"]);
    within(inputs, refuse, "backupRetentionPeriod", 1, 35);
    checkFinalSnapshot(inputs, refuse);
  },
  admit: admitCluster,
  mayDelete: (target) => {
    if (target.inputs["deletionProtection"] === true) refuseProtected(target, "deletionProtection");
  },
  outputs: {
    arn: (making) => arn(making, "rds", `cluster:${making.id}`),
    clusterResourceId: (making) => `cluster-${making.hex(26).toUpperCase()}`,
    endpoint: (making) => clusterHost(making, "cluster"),
    readerEndpoint: (making) => clusterHost(making, "cluster-ro"),
    hostedZoneId: (making) => `Z${making.place.toUpperCase().replace(/-/g, "")}RDS`,
    port: ({ inputs }) => (text(inputs["engine"])?.includes("mysql") ? 3306 : 5432),
    engineMode: () => "provisioned",
    engineVersion: ({ inputs }) => newestVersion(text(inputs["engine"])),
    engineVersionActual: ({ inputs }) => text(inputs["engineVersion"]) ?? newestVersion(text(inputs["engine"])),
    availabilityZones: (making) =>
      zonesOf(making.place)
        .slice(0, 3)
        .map((zone) => zone.name),
    backupRetentionPeriod: () => 1,
    preferredBackupWindow: () => "17:00-17:30",
    preferredMaintenanceWindow: () => "sun:18:00-sun:18:30",
    storageEncrypted: () => false,
    clusterMembers: () => [],
    masterUserSecrets: () => [],
    networkType: () => "IPV4",
  },
});

function clusterHost(making: Making, kind: string): string {
  return hostName(`${making.id}.${kind}-${making.hex(12)}`, making.place, "rds");
}

export function checkFinalSnapshot(inputs: Properties, refuse: Refuse): void {
  if (inputs["skipFinalSnapshot"] === false && inputs["finalSnapshotIdentifier"] === "") {
    refuse(
      "finalSnapshotIdentifier",
      "finalSnapshotIdentifier may not be empty. Give a name, or skipFinalSnapshot: true.",
    );
  }
}

/** A cluster that is not the first of a global one has no writer of its own: it takes no master user. */
function admitCluster(making: Making): void {
  const { inputs } = making;
  const global = referred(making, [globalClusterType], inputs["globalClusterIdentifier"]);
  const credentials = ["masterPassword", "manageMasterUserPassword", "masterPasswordWo"].some(
    (key) => inputs[key] !== undefined,
  );
  const isRestored = ["snapshotIdentifier", "replicationSourceIdentifier", "restoreToPointInTime", "s3Import"].some(
    (key) => inputs[key] !== undefined,
  );
  const others = global
    ? making.cloud.users(global).filter(({ user }) => user.type === clusterType && user.id !== making.id)
    : [];
  if (others.length === 0 && !(inputs["masterUsername"] !== undefined && credentials) && !isRestored) {
    throw new Refusal(
      "invalid",
      `${making.urn}: InvalidParameterValue: the cluster has no masterUsername with masterPassword or ` +
        `manageMasterUserPassword, and is not a secondary of a global cluster that has a primary. Give them.`,
    );
  }
}

const clusterInstance = awsType({
  token: "aws:rds/clusterInstance:ClusterInstance",
  id: (making) => given(making, "identifier"),
  naming: regionalName("identifier", 63, { ...identifier, prefixPath: "identifierPrefix" }),
  replaceOn: ["identifier", "identifierPrefix", "clusterIdentifier", "engine", "availabilityZone", "dbSubnetGroupName"],
  defaults: { autoMinorVersionUpgrade: true, promotionTier: 0, monitoringInterval: 0, copyTagsToSnapshot: false },
  zonePaths: ["availabilityZone"],
  references: [{ path: "clusterIdentifier", to: [clusterType], bond: "holds" }],
  zone: (making) => zoneOf(making.place, given(making, "availabilityZone"))?.id,
  check: checkInstanceClass,
  outputs: {
    arn: (making) => arn(making, "rds", `db:${making.id}`),
    dbiResourceId: (making) => `db-${making.hex(26).toUpperCase()}`,
    endpoint: (making) => clusterHost(making, making.hex(12)),
    availabilityZone: (making) => pickedZone(making),
    engineVersion: ({ inputs }) => newestVersion(text(inputs["engine"])),
    engineVersionActual: ({ inputs }) => text(inputs["engineVersion"]) ?? newestVersion(text(inputs["engine"])),
    port: ({ inputs }) => (text(inputs["engine"])?.includes("mysql") ? 3306 : 5432),
    networkType: () => "IPV4",
    publiclyAccessible: () => false,
    storageEncrypted: (making) =>
      referred(making, [clusterType], making.inputs["clusterIdentifier"])?.state["storageEncrypted"] ?? false,
    // The first instance of a cluster writes.
    writer: (making) => {
      const owner = referred(making, [clusterType], making.inputs["clusterIdentifier"]);
      return !owner || making.cloud.users(owner).every(({ user }) => user.id === making.id);
    },
  },
});

export function pickedZone(making: Making): string {
  const zones = zonesOf(making.place);
  return zones[parseInt(making.hex(4, "zone"), 16) % zones.length]?.name ?? "";
}

export function checkInstanceClass(inputs: Properties, refuse: Refuse): void {
  const found = text(inputs["instanceClass"]);
  if (found !== undefined && !found.startsWith("db.")) {
    refuse("instanceClass", `instanceClass must begin with "db.", such as db.r6g.large, and is "${found}".`);
  }
  within(inputs, refuse, "promotionTier", 0, 15);
}

export const auroraTypes: readonly ResourceType[] = [subnetGroup, globalCluster, cluster, clusterInstance];
