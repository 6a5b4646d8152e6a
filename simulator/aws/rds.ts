/** RDS database instances. */
import type { Making, ResourceType } from "../engine/resourceType";
import { number, text, type Properties } from "../engine/values";
import { checkFinalSnapshot, checkInstanceClass, identifier, pickedZone, subnetGroupType } from "./aurora";
import { arn, awsType, given, hostName, refuseProtected, regionalName, within } from "./awsType";
import { anyKey, serviceKeys } from "./keys";
import { zoneOf } from "./regions";
import { securityGroupType } from "./securityGroups";

const instance = awsType({
  token: "aws:rds/instance:Instance",
  id: (making) => `db-${making.hex(26).toUpperCase()}`,
  naming: regionalName("identifier", 63, { ...identifier, prefixPath: "identifierPrefix" }),
  replaceOn: [
    "identifierPrefix",
    "engine",
    "username",
    "availabilityZone",
    "kmsKeyId",
    "storageEncrypted",
    "dbName",
    "snapshotIdentifier",
  ],
  secrets: ["password"],
  defaults: { multiAz: false, publiclyAccessible: false, skipFinalSnapshot: false, autoMinorVersionUpgrade: true },
  sets: ["vpcSecurityGroupIds", "enabledCloudwatchLogsExports"],
  handles: ["arn", "identifier"],
  zonePaths: ["availabilityZone"],
  references: [
    { path: "dbSubnetGroupName", to: [subnetGroupType], bond: "holds" },
    { path: "vpcSecurityGroupIds[]", to: [securityGroupType], bond: "holds" },
    { path: "replicateSourceDb", to: ["aws:rds/instance:Instance"], bond: "needs", crossesRegions: true },
    { path: "kmsKeyId", to: anyKey, bond: "needs", except: serviceKeys },
  ],
  zone: (making) =>
    making.inputs["multiAz"] === true ? undefined : zoneOf(making.place, given(making, "availabilityZone"))?.id,
  check: (inputs, refuse) => {
    checkInstanceClass(inputs, refuse);
    checkFinalSnapshot(inputs, refuse);
    within(inputs, refuse, "backupRetentionPeriod", 0, 35);
    if (inputs["multiAz"] === true && inputs["availabilityZone"] !== undefined) {
      refuse("availabilityZone", "availabilityZone may not be given with multiAz. Remove one of them.");
    }
    if (
      ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime", "s3Import"].some(
        (key) => inputs[key] !== undefined,
      )
    )
      return;
    for (const key of ["engine", "allocatedStorage", "username"]) {
      if (inputs[key] === undefined) refuse(key, `${key} is required for a new database.`);
    }
    if (["password", "passwordWo", "manageMasterUserPassword"].every((key) => inputs[key] === undefined)) {
      refuse("password", "One of password, passwordWo and manageMasterUserPassword is required for a new database.");
    }
  },
  mayDelete: (target) => {
    if (target.inputs["deletionProtection"] === true) refuseProtected(target, "deletionProtection");
  },
  outputs: {
    arn: (making) => arn(making, "rds", `db:${given(making, "identifier")}`),
    address: instanceHost,
    endpoint: (making) => `${instanceHost(making)}:${portOf(making.inputs)}`,
    hostedZoneId: (making) => `Z${making.place.toUpperCase().replace(/-/g, "")}RDS`,
    port: ({ inputs }) => portOf(inputs),
    resourceId: (making) => making.id,
    status: () => "available",
    availabilityZone: (making) => pickedZone(making),
    backupRetentionPeriod: () => 0,
    engineVersion: ({ inputs }) => text(inputs["engineVersion"]) ?? "16.6",
    engineVersionActual: ({ inputs }) => text(inputs["engineVersion"]) ?? "16.6",
    storageType: () => "gp2",
    replicas: () => [],
  },
});

function instanceHost(making: Making): string {
  return hostName(`${given(making, "identifier")}.${making.hex(12)}`, making.place, "rds");
}

function portOf(inputs: Properties): number {
  return number(inputs["port"]) ?? (/mysql|mariadb/.test(text(inputs["engine"]) ?? "") ? 3306 : 5432);
}

export const rdsTypes: readonly ResourceType[] = [instance];
