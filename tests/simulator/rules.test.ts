/** What the cloud refuses because of what else is in it. */
import type { Properties } from "../../simulator/engine/values";
import { startProvider, urnOf, type Answer, type Harness } from "./support/harness";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
let aws: Harness;

beforeEach(async () => {
  aws = await startProvider("aws");
});
afterEach(() => aws.stop());

/** Checks, as the engine does, then creates. */
async function make(token: string, name: string, given: Properties): Promise<Answer & { readonly inputs: Properties }> {
  const { inputs, failures } = await aws.check(urnOf(token, name), given);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return { inputs, ...(await aws.create(urnOf(token, name), inputs)) };
}

function remove(token: string, name: string, made: Answer): Promise<void> {
  return aws.delete(urnOf(token, name), made.id, made.state);
}

describe("address ranges", () => {
  test("a subnet must lie in its VPC and may not overlap another", async () => {
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16" });
    const a = await make(subnetType, "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    await expect(make(subnetType, "b", { vpcId: vpc.id, cidrBlock: "10.1.0.0/24" })).rejects.toThrow(
      /::b: .*InvalidSubnet.Range.*DPX509/,
    );
    await expect(make(subnetType, "b", { vpcId: vpc.id, cidrBlock: "10.0.0.128/25" })).rejects.toThrow(
      new RegExp(`overlaps 10.0.0.0/24 of ${a.id}.*DPX509`),
    );
    await make(subnetType, "b", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
    expect(aws.cloud.list(subnetType)).toHaveLength(2);
  });

  test("the same range is free in another VPC", async () => {
    for (const name of ["v", "w"]) {
      const vpc = await make(vpcType, name, { cidrBlock: "10.0.0.0/16" });
      await make(subnetType, name, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    }
    expect(aws.cloud.list(subnetType)).toHaveLength(2);
  });
});

describe("zones", () => {
  test("the name and the id of a zone are filled in from each other, and differ", async () => {
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16" });
    const byId = await make(subnetType, "a", {
      vpcId: vpc.id,
      cidrBlock: "10.0.0.0/24",
      availabilityZoneId: "apne2-az1",
    });
    expect(byId.state).toMatchObject({ availabilityZone: "ap-northeast-2c", availabilityZoneId: "apne2-az1" });
    const byName = await make(subnetType, "b", {
      vpcId: vpc.id,
      cidrBlock: "10.0.1.0/24",
      availabilityZone: "ap-northeast-2a",
    });
    expect(byName.state).toMatchObject({ availabilityZone: "ap-northeast-2a", availabilityZoneId: "apne2-az3" });
  });

  test("a lost zone takes no new capacity, while its region goes on", async () => {
    aws.cloud.lose("zone", "apne2-az3");
    const inputs = { instanceCount: 1, instancePlatform: "Linux/UNIX", instanceType: "m7g.large" };
    const token = "aws:ec2/capacityReservation:CapacityReservation";
    await expect(make(token, "a", { ...inputs, availabilityZone: "ap-northeast-2a" })).rejects.toThrow(
      /apne2-az3 is lost.*DPX513/,
    );
    expect((await make(token, "b", { ...inputs, availabilityZone: "ap-northeast-2b" })).id).toMatch(/^cr-0/);
  });
});

describe("regions", () => {
  test("a lost region leaves the others and, but for us-east-1, the global services alone", async () => {
    aws.cloud.lose("region", "ap-northeast-2");
    await expect(make(vpcType, "here", { cidrBlock: "10.0.0.0/16" })).rejects.toThrow(/ap-northeast-2 is lost/);
    await make(vpcType, "there", { cidrBlock: "10.0.0.0/16", region: "ap-northeast-1" });
    await make("aws:route53/zone:Zone", "z", { name: "example.com" });
    aws.cloud.lose("region", "us-east-1");
    await expect(make("aws:route53/zone:Zone", "y", { name: "example.org" })).rejects.toThrow(/us-east-1 is lost/);
    expect(aws.waited).toEqual([200, 200]);
  });

  test("a resource without a region is refused where the provider has none", async () => {
    const lonely = await startProvider("aws", { config: {} });
    const { failures } = await lonely.check(urnOf(vpcType, "v"), { cidrBlock: "10.0.0.0/16" });
    await lonely.stop();
    expect(failures).toEqual([expect.stringMatching(/^region: region is not given.*DPX504/)]);
  });
});

describe("names", () => {
  test("a bucket's name is taken in the whole world", async () => {
    await make("aws:s3/bucket:Bucket", "a", { bucket: "one-name" });
    await expect(make("aws:s3/bucket:Bucket", "b", { bucket: "one-name", region: "ap-northeast-1" })).rejects.toThrow(
      /::b: "one-name" is taken by aws:s3\/bucket:Bucket one-name in ap-northeast-2.*DPX507/,
    );
  });

  test("a queue's name is taken in its region only", async () => {
    await make("aws:sqs/queue:Queue", "a", { name: "q" });
    await make("aws:sqs/queue:Queue", "b", { name: "q", region: "ap-northeast-1" });
    await expect(make("aws:sqs/queue:Queue", "c", { name: "q" })).rejects.toThrow(/"q" is taken.*DPX507/);
  });

  test("a made-up name is kept, and a replacement gets another", async () => {
    const token = "aws:lb/targetGroup:TargetGroup";
    const urn = urnOf(token, "web");
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16" });
    const first = await make(token, "web", { vpcId: vpc.id, port: 80, protocol: "HTTP" });
    const changed = { vpcId: vpc.id, port: 81, protocol: "HTTP" };
    const kept = await aws.check(urn, changed, first.inputs);
    expect(kept.inputs["name"]).toBe(first.inputs["name"]);
    const diff = await aws.diff(urn, first.id, first.state, first.inputs, kept.inputs);
    expect(diff).toMatchObject({ replacesList: ["port"], diffsList: ["port"], deletebeforereplace: false });
    const fresh = await aws.check(urn, changed);
    expect(fresh.inputs["name"]).not.toBe(first.inputs["name"]);
    expect((await aws.create(urn, fresh.inputs)).id).not.toBe(first.id);
    expect(aws.cloud.ofUrn(urn)).toHaveLength(2);
  });

  test("with a name of the program's own, the old object goes before the new one comes", async () => {
    const token = "aws:lb/targetGroup:TargetGroup";
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16" });
    const first = await make(token, "web", { name: "web", vpcId: vpc.id, port: 80, protocol: "HTTP" });
    const news = { ...first.inputs, port: 81 };
    const diff = await aws.diff(urnOf(token, "web"), first.id, first.state, first.inputs, news);
    expect(diff).toMatchObject({ replacesList: ["port"], deletebeforereplace: true });
  });

  test("a killed run's object with another name is not left behind", async () => {
    const token = "aws:sqs/queue:Queue";
    await make(token, "q", { name: "before" });
    await make(token, "q", { name: "after" });
    expect(aws.cloud.list(token).map((each) => each.inputs["name"])).toEqual(["after"]);
  });
});

describe("references", () => {
  test("all that do not exist are named at once", async () => {
    const inputs = { subnets: ["subnet-1", "subnet-2"] };
    await expect(make("aws:lb/loadBalancer:LoadBalancer", "l", inputs)).rejects.toThrow(
      /subnets\[0\] names "subnet-1".*subnets\[1\] names "subnet-2".*DPX508/,
    );
  });

  test("an object of another region is none", async () => {
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16", region: "ap-northeast-1" });
    await expect(make(subnetType, "s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" })).rejects.toThrow(
      /exists in ap-northeast-2.*DPX508/,
    );
  });

  test("a replica key needs a multi-region primary in another region", async () => {
    const plain = await make("aws:kms/key:Key", "k", { region: "ap-northeast-1" });
    const token = "aws:kms/replicaKey:ReplicaKey";
    await expect(make(token, "r", { primaryKeyArn: plain.state["arn"] ?? "" })).rejects.toThrow(
      /is not a multi-region key.*DPX504/,
    );
    const primary = await make("aws:kms/key:Key", "m", { multiRegion: true, region: "ap-northeast-1" });
    const replica = await make(token, "r", { primaryKeyArn: primary.state["arn"] ?? "" });
    expect(replica.id).toBe(primary.id);
    expect(replica.state["arn"]).not.toBe(primary.state["arn"]);
  });

  test("a bucket takes part in a replication only with versions", async () => {
    const role = await make("aws:iam/role:Role", "r", { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
    const [from, to] = [
      await make("aws:s3/bucket:Bucket", "from", {}),
      await make("aws:s3/bucket:Bucket", "to", { region: "ap-northeast-1" }),
    ];
    const inputs = {
      bucket: from.id,
      role: role.state["arn"] ?? "",
      rules: [{ status: "Enabled", destination: { bucket: to.state["arn"] ?? "" } }],
    };
    await expect(make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "x", inputs)).rejects.toThrow(
      /versioning must be Enabled on from-/,
    );
    for (const [bucket, region] of [
      [from, "ap-northeast-2"],
      [to, "ap-northeast-1"],
    ] as const) {
      await make("aws:s3/bucketVersioning:BucketVersioning", bucket.id, {
        bucket: bucket.id,
        region,
        versioningConfiguration: { status: "Enabled" },
      });
    }
    expect((await make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "x", inputs)).id).toBe(from.id);
  });

  test("a secondary cluster needs a primary; a read of the global cluster shows both", async () => {
    const token = "aws:rds/cluster:Cluster";
    const global = await make("aws:rds/globalCluster:GlobalCluster", "g", {
      globalClusterIdentifier: "g",
      engine: "aurora-postgresql",
    });
    const secondary = { engine: "aurora-postgresql", globalClusterIdentifier: "g", region: "ap-northeast-1" };
    await expect(make(token, "second", secondary)).rejects.toThrow(
      /not a secondary of a global cluster that has a primary.*DPX504/,
    );
    await make(token, "first", {
      ...secondary,
      region: "ap-northeast-2",
      masterUsername: "admin1",
      masterPassword: "hush",
    });
    await make(token, "second", secondary);
    const seen = await aws.read(
      urnOf("aws:rds/globalCluster:GlobalCluster", "g"),
      global.id,
      global.state,
      global.inputs,
    );
    expect(seen?.state["globalClusterMembers"]).toMatchObject([{ isWriter: true }, { isWriter: false }]);
  });
});

describe("deletion", () => {
  test("is refused while something stands on the object", async () => {
    const vpc = await make(vpcType, "v", { cidrBlock: "10.0.0.0/16" });
    const subnet = await make(subnetType, "s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    await expect(remove(vpcType, "v", vpc)).rejects.toThrow(new RegExp(`${subnet.id}.*still uses it.*DPX510`));
    await remove(subnetType, "s", subnet);
    await remove(vpcType, "v", vpc);
    expect(aws.cloud.list()).toEqual([]);
  });

  test.each([
    [
      "aws:dynamodb/table:Table",
      "deletionProtectionEnabled",
      { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" },
    ],
    [
      "aws:rds/cluster:Cluster",
      "deletionProtection",
      { engine: "aurora-mysql", masterUsername: "a", masterPassword: "b" },
    ],
    [
      "aws:rds/instance:Instance",
      "deletionProtection",
      { instanceClass: "db.r7g.large", engine: "mysql", allocatedStorage: 20, username: "a", password: "b" },
    ],
    ["aws:rds/globalCluster:GlobalCluster", "deletionProtection", { globalClusterIdentifier: "g" }],
  ])("%s is kept by %s until that is switched off", async (token, property, inputs) => {
    const made = await make(token, "x", { ...inputs, [property]: true });
    await expect(remove(token, "x", made)).rejects.toThrow(new RegExp(`${property} protects it.*DPX511`));
    const state = await aws.update(urnOf(token, "x"), made.id, made.state, { ...made.inputs, [property]: false });
    await aws.delete(urnOf(token, "x"), made.id, state);
    expect(aws.cloud.list()).toEqual([]);
  });

  test("a bucket goes with its contents only by forceDestroy", async () => {
    const token = "aws:s3/bucket:Bucket";
    const bucket = await make(token, "b", {});
    await make("aws:s3/bucketObjectv2:BucketObjectv2", "o", { bucket: bucket.id, key: "k", content: "c" });
    await expect(remove(token, "b", bucket)).rejects.toThrow(/BucketNotEmpty: it holds 1 objects.*DPX510/);
    await aws.update(urnOf(token, "b"), bucket.id, bucket.state, { ...bucket.inputs, forceDestroy: true });
    await remove(token, "b", bucket);
    expect(aws.cloud.list()).toEqual([]);
  });
});

describe("what is not modelled", () => {
  test("a type is refused by name, with where to look", async () => {
    const { failures } = await aws.check(urnOf("aws:fsx/lustreFileSystem:LustreFileSystem", "x"), {});
    expect(failures).toEqual([
      expect.stringMatching(/does not model aws:fsx\/lustreFileSystem:LustreFileSystem.*docs\/simulator.md.*DPX505/),
    ]);
  });

  test("a function is refused by name, with those that there are", async () => {
    await expect(aws.invoke("aws:ec2/getAmi:getAmi", {})).rejects.toThrow(
      /does not model the function aws:ec2\/getAmi:getAmi.*getAvailabilityZones.*DPX506/,
    );
  });
});
