/** State exports as people have them who have never heard of Duplex: no tags of ours, keys and log buckets in between. */

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs: object;
  readonly outputs: object;
  readonly sourcePosition: string;
}

const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;

function resource(type: string, name: string, line: number, properties: object): StateResource {
  const id = `${name}-id`;
  return {
    ...{ urn: urnOf(type, name), type, custom: true, id, inputs: properties },
    ...{ outputs: { id, ...properties }, sourcePosition: `project:///index.ts#${line},3` },
  };
}

const region = "eu-west-1";
const arn = (rest: string) => `arn:aws:${rest}`;

function network(): readonly StateResource[] {
  const subnet = (letter: string, line: number) =>
    resource("aws:ec2/subnet:Subnet", `private-${letter}`, line, {
      ...{
        vpcId: "net-id",
        availabilityZone: `${region}${letter}`,
        availabilityZoneId: `euw1-az${letter === "a" ? 1 : 2}`,
      },
      ...{ region, cidrBlock: `10.0.${line}.0/24` },
    });
  return [resource("aws:ec2/vpc:Vpc", "net", 4, { cidrBlock: "10.0.0.0/16", region }), subnet("a", 8), subnet("b", 12)];
}

/** A group in one zone with its database, key, secret and bucket. */
function service(name: string, line: number): readonly StateResource[] {
  return [
    resource("aws:autoscaling/group:Group", name, line, {
      ...{ minSize: 2, maxSize: 4, desiredCapacity: 2, vpcZoneIdentifiers: ["private-a-id"], region },
      tags: [{ key: "service", value: name, propagateAtLaunch: true }],
    }),
    resource("aws:rds/instance:Instance", `${name}-db`, line + 10, {
      ...{ engine: "postgres", multiAz: false, availabilityZone: `${region}a`, instanceClass: "db.t3.medium", region },
      ...{ backupRetentionPeriod: 0, kmsKeyId: arn(`kms:${region}:1:key/${name}-key-id`) },
    }),
    resource("aws:kms/key:Key", `${name}-key`, line + 20, { description: "data", region }),
    resource("aws:secretsmanager/secret:Secret", `${name}-password`, line + 24, { name: `${name}/password`, region }),
    resource("aws:s3/bucket:Bucket", `${name}-logs`, line + 28, { bucket: `${name}-logs`, region }),
  ];
}

/** @param services each has five resources, beside the three of the network and the stack */
export function strangersState(services: number) {
  const resources = Array.from({ length: services }, (_, index) => service(`app${index}`, 20 + 40 * index)).flat();
  const stack = { urn: urnOf("pulumi:pulumi:Stack", "shop-prod"), type: "pulumi:pulumi:Stack", custom: false };
  return { version: 3, deployment: { manifest: {}, resources: [stack, ...network(), ...resources] } };
}
