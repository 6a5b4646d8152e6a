/** A database of Aurora over regions: one takes the writes, the others serve reads and pass writes on to it. */
import * as ec2 from "@pulumi/aws/ec2";
import * as kms from "@pulumi/aws/kms";
import * as rds from "@pulumi/aws/rds";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { CloudSite } from "../../model";
import { type ServiceIdentity, awsTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Network } from "../network/network";
import { createDatabaseUser } from "./databaseUser";

/** A region of the database. */
export interface AuroraSite {
  readonly site: CloudSite;
  readonly network: Network;
}

export interface DatabaseArgs {
  /** Name of the database. A change replaces it. @default app */
  readonly databaseName?: string;
  /**
   * Version of Aurora PostgreSQL, 16.1 or newer: older ones pass no writes on. A newer one is taken in place. @default
   * 16.6
   */
  readonly engineVersion?: string;
  /** Class of the instances. In place, one after another. @default db.r7g.large */
  readonly instanceClass?: string;
  /** Instances per region, over different zones, 2 to 15. In place. @default 2 */
  readonly instances?: number;
}

export interface AuroraParts {
  readonly identity: ServiceIdentity;
  /** The first one takes the writes. */
  readonly sites: readonly AuroraSite[];
  readonly database: DatabaseArgs;
  readonly deletionProtection: boolean;
}

/** What units of one region connect to. */
export interface DatabaseEndpoint {
  /** Take writes, to be tried in this order: the region's own writer, which all but the first have once promoted. */
  readonly writerHosts: readonly pulumi.Output<string>[];
  readonly readerHost: pulumi.Output<string>;
  readonly port: number;
  readonly databaseName: string;
  /** User without a password: a unit signs in by its role. */
  readonly user: string;
  /** Resource of the right to sign in as that user. */
  readonly userArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
}

export interface AuroraGlobal {
  readonly global: rds.GlobalCluster;
  /** By the site's name. */
  readonly endpoints: Readonly<Record<string, DatabaseEndpoint>>;
}

const engine = rds.EngineType.AuroraPostgresql;
const databasePort = 5432;
const owner = "duplex";
const unitUser = "app";
const defaults = { databaseName: "app", engineVersion: "16.6", instanceClass: "db.r7g.large", instances: 2 };

/** Creates the database: the writer's region first, the others after it. */
export function createAurora(parent: pulumi.ComponentResource, name: string, parts: AuroraParts): AuroraGlobal {
  const { identity, sites, deletionProtection } = parts;
  const database = { ...defaults, ...parts.database };
  const [home, ...others] = sites;
  if (!home) throw new Error(`${name} stands in no region.`);
  const full = physicalName(name, 50);
  const global = new rds.GlobalCluster(
    name,
    {
      region: home.site.region,
      globalClusterIdentifier: full,
      engine,
      engineVersion: database.engineVersion,
      storageEncrypted: true,
      deletionProtection,
      tags: awsTags(identity),
    },
    { parent },
  );
  const login = createLogin(parent, name, identity, sites);
  const first = createRegion(parent, name, { ...parts, database }, home, global, [], login);
  createDatabaseUser(parent, name, {
    ...{ identity, site: home.site, clusterArn: first.cluster.arn, secretArn: login.secretArn },
    ...{ databaseName: database.databaseName, user: unitUser, after: first.instances },
  });
  const made = [first];
  for (const site of others) {
    // A region that follows can join only when those before it are up.
    const after = made.flatMap(({ instances }) => instances);
    made.push(createRegion(parent, name, { ...parts, database }, site, global, after));
  }
  return {
    global,
    endpoints: Object.fromEntries(
      made.map(({ site, cluster, groupId }, index) => [
        site.name,
        {
          // The writer of a region that follows answers nobody until it is promoted; until then readers pass writes on.
          writerHosts: index === 0 ? [cluster.endpoint] : [cluster.endpoint, cluster.readerEndpoint],
          readerHost: cluster.readerEndpoint,
          port: databasePort,
          databaseName: database.databaseName,
          user: unitUser,
          userArn: userArnOf(cluster),
          securityGroupId: groupId,
        },
      ]),
    ),
  };
}

interface Login {
  readonly password: pulumi.Output<string>;
  readonly secretArn: pulumi.Output<string>;
}

/**
 * The owner's password, in a secret with a copy in each region: nobody but the one who makes the units' user reads it.
 * Secrets Manager cannot manage the password of a cluster that belongs to a global database (docs/decisions/0002).
 */
function createLogin(
  parent: pulumi.ComponentResource,
  name: string,
  identity: ServiceIdentity,
  sites: readonly AuroraSite[],
): Login {
  const [home, ...others] = sites.map(({ site }) => site.region);
  const password = new random.RandomPassword(name, { length: 40, special: false }, { parent });
  const secret = new secretsmanager.Secret(
    `${name}-owner`,
    {
      region: home,
      name: physicalName(`${name}-owner`, 255),
      description: `Owner of the database of ${identity.service}`,
      replicas: others.map((region) => ({ region })),
      tags: awsTags(identity),
    },
    { parent },
  );
  const version = new secretsmanager.SecretVersion(
    `${name}-owner`,
    {
      region: home,
      secretId: secret.id,
      secretString: pulumi.jsonStringify({ username: owner, password: password.result }),
    },
    { parent },
  );
  // The secret is of use once it holds something.
  return { password: password.result, secretArn: pulumi.all([secret.arn, version.versionId]).apply(([arn]) => arn) };
}

type Whole = AuroraParts & { readonly database: Required<DatabaseArgs> };

function createRegion(
  parent: pulumi.ComponentResource,
  name: string,
  { identity, deletionProtection, database }: Whole,
  { site, network }: AuroraSite,
  global: rds.GlobalCluster,
  after: readonly pulumi.Resource[],
  login?: Login,
) {
  const full = `${name}-${site.name}`;
  const common = { region: site.region, tags: awsTags(identity, site.name) };
  const key = new kms.Key(
    full,
    { ...common, description: `Data of ${identity.service} in ${site.name}`, enableKeyRotation: true },
    { parent },
  );
  const subnetIds = network.zones.map((zone) => zone.privateSubnetId);
  const subnets = new rds.SubnetGroup(full, { ...common, name: physicalName(full, 255), subnetIds }, { parent });
  // Opened to those units alone that say that they reach it.
  const group = new ec2.SecurityGroup(
    `${full}-store`,
    { ...common, vpcId: network.vpcId, description: "Database" },
    { parent },
  );
  const identifier = physicalName(full, 50);
  const { engineVersion, databaseName } = database;
  const cluster = new rds.Cluster(
    full,
    {
      ...common,
      ...(login
        ? { masterUsername: owner, masterPassword: login.password, databaseName, enableHttpEndpoint: true }
        : { enableGlobalWriteForwarding: true }),
      clusterIdentifier: identifier,
      globalClusterIdentifier: global.id,
      engine,
      engineVersion,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [group.id],
      storageEncrypted: true,
      kmsKeyId: key.arn,
      iamDatabaseAuthenticationEnabled: true,
      enabledCloudwatchLogsExports: ["postgresql"],
      backupRetentionPeriod: 35,
      copyTagsToSnapshot: true,
      deletionProtection,
      finalSnapshotIdentifier: `${identifier}-final`,
    },
    { parent, dependsOn: [...after] },
  );
  const instances = Array.from({ length: database.instances }, (_, index) => {
    const zone = network.zones[index % network.zones.length];
    return new rds.ClusterInstance(
      `${full}-${index + 1}`,
      {
        ...common,
        identifier: `${identifier}-${index + 1}`,
        clusterIdentifier: cluster.id,
        engine,
        engineVersion,
        instanceClass: database.instanceClass,
        ...(zone?.availabilityZone === undefined ? {} : { availabilityZone: zone.availabilityZone }),
        publiclyAccessible: false,
        performanceInsightsEnabled: true,
      },
      { parent },
    );
  });
  return { site, cluster, instances, groupId: group.id };
}

/**
 * `arn:aws:rds-db:<region>:<account>:dbuser:<resource>/<user>` (Amazon Aurora User Guide, "IAM policy for IAM database
 * access").
 */
function userArnOf({ arn, clusterResourceId }: rds.Cluster): pulumi.Output<string> {
  return pulumi.all([arn, clusterResourceId]).apply(([of, resource]) => {
    const [, partition = "", , region = "", account = ""] = of.split(":");
    return `arn:${partition}:rds-db:${region}:${account}:dbuser:${resource}/${unitUser}`;
  });
}
