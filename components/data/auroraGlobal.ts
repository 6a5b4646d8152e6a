import * as ec2 from "@pulumi/aws/ec2";
import * as kms from "@pulumi/aws/kms";
import * as rds from "@pulumi/aws/rds";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { CloudSite } from "../../model";
import { type ServiceIdentity, awsTags } from "../common/identity";
import type { SiteNetwork } from "../network/siteNetwork";

/** A region of the cluster. */
export interface AuroraSite {
  readonly site: CloudSite;
  readonly network: SiteNetwork;
}

export interface AuroraArgs {
  readonly identity: ServiceIdentity;
  /** The first one takes the writes; the others follow, and one of them is promoted when it is lost. */
  readonly sites: readonly AuroraSite[];
  readonly deletionProtection: boolean;
  /** Instances per region, over different zones. */
  readonly instances: number;
}

const engine = rds.EngineType.AuroraPostgresql;
const engineVersion = "16.6";
const instanceClass = "db.r7g.large";
const port = 5432;

/** Creates an Aurora global cluster: the writer's region first, the others after it. */
export function createAurora(parent: pulumi.ComponentResource, name: string, args: AuroraArgs): rds.GlobalCluster {
  const [home] = args.sites;
  const global = new rds.GlobalCluster(
    name,
    {
      region: home?.site.region,
      globalClusterIdentifier: name,
      engine,
      engineVersion,
      storageEncrypted: true,
      deletionProtection: args.deletionProtection,
      tags: awsTags(args.identity),
    },
    { parent },
  );
  // Secrets Manager cannot manage the password of a cluster that belongs to a global database (docs/decisions/0002).
  const password = new random.RandomPassword(name, { length: 40, special: false }, { parent });
  const created: rds.ClusterInstance[] = [];
  for (const [index, site] of args.sites.entries()) {
    const login = index === 0 ? { masterUsername: "duplex", masterPassword: password.result } : {};
    created.push(...createRegion(parent, name, args, site, global, login, [...created]));
  }
  return global;
}

function createRegion(
  parent: pulumi.ComponentResource,
  name: string,
  { identity, instances, deletionProtection }: AuroraArgs,
  { site, network }: AuroraSite,
  global: rds.GlobalCluster,
  login: Pick<rds.ClusterArgs, "masterUsername" | "masterPassword">,
  after: readonly pulumi.Resource[],
): readonly rds.ClusterInstance[] {
  const full = `${name}-${site.name}`;
  const common = { region: site.region, tags: awsTags(identity, site.name) };
  const key = new kms.Key(
    full,
    { ...common, description: `Data of ${identity.service} in ${site.name}`, enableKeyRotation: true },
    { parent },
  );
  const subnetIds = network.zones.map((zone) => zone.privateSubnet.id);
  const subnets = new rds.SubnetGroup(full, { ...common, subnetIds }, { parent });
  const firewall = new ec2.SecurityGroup(
    `${full}-store`,
    { ...common, vpcId: network.vpc.id, description: "Database" },
    { parent },
  );
  new vpc.SecurityGroupIngressRule(
    `${full}-store`,
    {
      ...common,
      securityGroupId: firewall.id,
      cidrIpv4: network.vpc.cidrBlock,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    },
    { parent },
  );
  const cluster = new rds.Cluster(
    full,
    {
      ...common,
      ...login,
      clusterIdentifier: full,
      globalClusterIdentifier: global.id,
      engine,
      engineVersion,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [firewall.id],
      storageEncrypted: true,
      kmsKeyId: key.arn,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: 35,
      deletionProtection,
      finalSnapshotIdentifier: `${full}-final`,
    },
    // A region that follows can join only when the writer's region is up.
    { parent, dependsOn: [...after] },
  );
  return Array.from({ length: instances }, (_, index) => {
    const zone = network.zones[index % network.zones.length];
    return new rds.ClusterInstance(
      `${full}-${index + 1}`,
      {
        ...common,
        clusterIdentifier: cluster.id,
        engine,
        engineVersion,
        instanceClass,
        availabilityZone: zone?.privateSubnet.availabilityZone,
        publiclyAccessible: false,
      },
      { parent },
    );
  });
}
