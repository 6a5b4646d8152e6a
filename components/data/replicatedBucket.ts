import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, componentTypes } from "../../model";
import { type PublishedReplication, type ServiceIdentity, awsTags, published } from "../common/identity";
import { physicalName } from "../common/names";
import { argumentMistake, refuseIfAny } from "../common/refuse";

export interface ReplicatedBucketArgs {
  /** The store as a service of its own, layer `store`. */
  readonly identity: ServiceIdentity;
  /** Exactly two regions; objects written to either are copied to the other. A change replaces that region's bucket. */
  readonly sites: readonly CloudSite[];
  /** False lets a bucket be deleted with the objects in it. @default true */
  readonly deletionProtection?: boolean;
}

/** What S3's replication time control promises for 99.9 % of objects. */
const replicationSeconds = 15 * 60;
const replicationMinutes = replicationSeconds / 60;

/** One region's part. */
interface Side {
  readonly site: CloudSite;
  readonly bucket: s3.Bucket;
  readonly versioning: s3.BucketVersioning;
}

/**
 * Two buckets in two regions that copy to each other: versioned, encrypted and closed to the public.
 *
 * Cost: everything is stored twice, and copied once between the regions.
 */
export class ReplicatedBucket extends pulumi.ComponentResource {
  /** By the site's name. */
  readonly buckets: Readonly<Record<string, s3.Bucket>>;

  constructor(name: string, args: ReplicatedBucketArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(replicatedBucketMistakes(name, args));
    const replication: PublishedReplication = {
      mode: "asynchronous",
      rpoSeconds: replicationSeconds,
      multiWriter: true,
    };
    const stated = { ...published(args.identity), sites: args.sites.map((site) => site.name), replication };
    super(componentTypes.replicatedBucket, name, stated, options);

    const sides = args.sites.map((site) => createSide(this, name, args, site));
    const role = createRole(this, name, args.identity, sides);
    for (const side of sides) {
      for (const other of sides) if (other !== side) replicate(this, name, side, other, role);
    }
    this.buckets = Object.fromEntries(sides.map((side) => [side.site.name, side.bucket]));
    this.registerOutputs(stated);
  }
}

/** All mistakes in the arguments. */
function replicatedBucketMistakes(name: string, { sites }: ReplicatedBucketArgs): readonly Mistake[] {
  const regions = new Set(sites.map((site) => site.region));
  if (sites.length === 2 && regions.size === 2) return [];
  return [
    argumentMistake(
      "DPX216",
      name,
      `sites must be exactly two in different regions, but there are ${sites.length} in ${regions.size} region(s).`,
      "Name two cloud sites.",
    ),
  ];
}

function createSide(parent: ReplicatedBucket, name: string, args: ReplicatedBucketArgs, site: CloudSite): Side {
  const full = `${name}-${site.name}`;
  const { region } = site;
  const options = { parent };
  const bucket = new s3.Bucket(
    full,
    { region, forceDestroy: args.deletionProtection === false, tags: awsTags(args.identity, site.name) },
    options,
  );
  const of = { region, bucket: bucket.id };
  const versioning = new s3.BucketVersioning(full, { ...of, versioningConfiguration: { status: "Enabled" } }, options);
  const encryption = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
  new s3.BucketServerSideEncryptionConfiguration(full, { ...of, rules: [encryption] }, options);
  const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  };
  new s3.BucketPublicAccessBlock(full, { ...of, ...closed }, options);
  return { site, bucket, versioning };
}

/** A role that may read each bucket's versions and write copies to the other, and nothing else. */
function createRole(parent: ReplicatedBucket, name: string, identity: ServiceIdentity, sides: readonly Side[]) {
  const role = new iam.Role(
    `${name}-replication`,
    {
      name: physicalName(`${name}-replication`, 64),
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "s3.amazonaws.com" } }],
      },
      tags: awsTags(identity),
    },
    { parent },
  );
  const buckets = sides.map(({ bucket }) => bucket.arn);
  const objects = sides.map(({ bucket }) => pulumi.interpolate`${bucket.arn}/*`);
  const read = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"];
  const write = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"];
  new iam.RolePolicy(
    `${name}-replication`,
    {
      role: role.id,
      policy: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"], Resource: buckets },
          { Effect: "Allow", Action: [...read, ...write], Resource: objects },
        ],
      },
    },
    { parent },
  );
  return role;
}

function replicate(parent: ReplicatedBucket, name: string, from: Side, to: Side, role: iam.Role): void {
  new s3.BucketReplicationConfig(
    `${name}-${from.site.name}`,
    {
      region: from.site.region,
      bucket: from.bucket.id,
      role: role.arn,
      rules: [
        {
          id: `to-${to.site.name}`,
          status: "Enabled",
          filter: { prefix: "" },
          deleteMarkerReplication: { status: "Enabled" },
          destination: {
            bucket: to.bucket.arn,
            metrics: { status: "Enabled", eventThreshold: { minutes: replicationMinutes } },
            replicationTime: { status: "Enabled", time: { minutes: replicationMinutes } },
          },
        },
      ],
    },
    // S3 takes the rule only when both buckets keep versions.
    { parent, dependsOn: [from.versioning, to.versioning] },
  );
}
