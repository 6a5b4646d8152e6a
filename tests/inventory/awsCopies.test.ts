/** Copies of stores in AWS: of the whole or of a part, in every form in which they are said. */
import { readEstate } from "../../inventory";
import type { Properties } from "../../inventory/resource";
import type { Service } from "../../model";
import { createSurvival } from "../../survival";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const here = "eu-west-1";
const far = "eu-central-1";
const third = "eu-north-1";

describe("bucket", () => {
  /** How two buckets are kept alike, with this written on the source, or beside it. */
  const copying = (source: Properties, beside?: Properties, old = false, more: Properties = {}) => {
    const type = old ? "aws:s3/bucketV2:BucketV2" : "aws:s3/bucket:Bucket";
    const stack = new StackBuilder();
    const versions = old ? { versionings: [{ enabled: true }] } : { versioning: { enabled: true } };
    stack.add(type, "copy", { region: far, bucket: "copy", arn: "arn:aws:s3:::copy", ...versions });
    const docs = stack.add(type, "docs", { region: here, bucket: "docs", ...versions, ...source });
    if (beside !== undefined) {
      stack.add("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "docs", {
        region: here,
        bucket: output(docs),
        rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" }, ...beside }],
      });
    }
    for (const [kind, given] of Object.entries(more)) {
      stack.add(kind, "docs", { region: here, bucket: output(docs), ...(given as Properties) });
    }
    const found = readEstate(stack.resources).services.find(({ urns }) => urns.includes(docs.urn));
    return found?.replication?.mode;
  };
  const rule = { status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } };

  it.each<[string, Properties, string]>([
    ["every object", {}, "asynchronous"],
    ["an empty prefix", { filter: { prefix: "" } }, "asynchronous"],
    ["no tags", { filter: { tags: {} } }, "asynchronous"],
    ["a prefix", { filter: { prefix: "public/" } }, "none"],
    ["a prefix of the first version", { prefix: "public/" }, "none"],
    ["a tag", { filter: { tag: { key: "copy", value: "yes" } } }, "none"],
    ["a prefix and tags", { filter: { and: { prefix: "", tags: { copy: "yes" } } } }, "none"],
    ["a rule that is off", { status: "Disabled" }, "none"],
  ])("copied by %s", (_name, given, mode) => {
    expect(copying({}, given)).toBe(mode);
  });

  it("is copied by a rule for a part beside one for the whole", () => {
    const rules = [{ ...rule, filter: { prefix: "public/" } }, rule];
    expect(copying({ replicationConfiguration: { rules } })).toBe("asynchronous");
  });

  it.each<[string, Properties, boolean, string]>([
    ["its own argument", { replicationConfiguration: { rules: [rule] } }, false, "asynchronous"],
    [
      "its own argument for a part",
      { replicationConfiguration: { rules: [{ ...rule, prefix: "a/" }] } },
      false,
      "none",
    ],
    [
      "the argument of the older type",
      {
        replicationConfigurations: [
          { rules: [{ status: "Enabled", destinations: [{ bucket: "arn:aws:s3:::copy" }] }] },
        ],
      },
      true,
      "asynchronous",
    ],
    [
      "the argument of the older type for a part",
      {
        replicationConfigurations: [
          {
            rules: [
              { status: "Enabled", filters: [{ tags: { a: "b" } }], destinations: [{ bucket: "arn:aws:s3:::copy" }] },
            ],
          },
        ],
      },
      true,
      "none",
    ],
    [
      "an argument, its versions switched off",
      { replicationConfiguration: { rules: [rule] }, versioning: { enabled: false } },
      false,
      "none",
    ],
  ])("copied by %s", (_name, source, old, mode) => {
    expect(copying(source, undefined, old)).toBe(mode);
  });

  it("under a key of KMS is copied only by a rule that asks for it", () => {
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const withKey = { [encryption]: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] } };
    const plain = { [encryption]: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] } };
    const asks = { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } } };
    expect(copying({}, {}, false, withKey)).toBe("none");
    expect(copying({}, asks, false, withKey)).toBe("asynchronous");
    expect(copying({}, {}, false, plain)).toBe("asynchronous");
  });

  it.each<[string, string, Properties, readonly boolean[]]>([
    ["an argument", "aws:s3/bucket:Bucket", { versioning: { enabled: true } }, [false]],
    ["an argument of the older type", "aws:s3/bucketV2:BucketV2", { versionings: [{ enabled: true }] }, [false]],
    [
      "an argument, and locked by another",
      "aws:s3/bucket:Bucket",
      {
        versioning: { enabled: true },
        objectLockConfiguration: { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
      },
      [true],
    ],
    ["nothing", "aws:s3/bucket:Bucket", { versioning: { enabled: false } }, []],
  ])("keeps versions by %s", (_name, type, given, expected) => {
    const stack = new StackBuilder();
    stack.add(type, "docs", { region: here, ...given });
    const backups = readEstate(stack.resources).services.flatMap((one) => one.backups);
    expect(backups.map(({ immutable }) => immutable)).toEqual(expected.map((value) => ({ known: true, value })));
  });
});

describe("table", () => {
  const survives = (given: Properties, lost: string) => {
    const stack = new StackBuilder();
    stack.add("aws:dynamodb/table:Table", "carts", { region: here, tags: tags({ service: "carts" }), ...given });
    return createSurvival(readEstate(stack.resources)).outcome("carts", [`region:${lost}`]).status;
  };
  const strong = [{ regionName: far, consistencyMode: "STRONG" }];

  it("with a witness outlives either region, and the witness", () => {
    const given = { replicas: strong, globalTableWitness: { regionName: third } };
    expect([here, far, third].map((lost) => survives(given, lost))).toEqual(["up", "up", "up"]);
  });

  it("of two regions that must agree outlives neither", () => {
    expect([here, far].map((lost) => survives({ replicas: strong }, lost))).toEqual(["down", "down"]);
  });

  it("has its copies wherever the URN of a replica sorts", () => {
    const replication = ["aaa", "zzz"].map((name) => {
      const stack = new StackBuilder();
      const parent = stack.component("app:index:Data", name);
      const own = tags({ service: "carts" });
      const table = stack.add(
        "aws:dynamodb/table:Table",
        "carts",
        { region: here, arn: "arn:t", tags: own },
        { parent },
      );
      stack.add("aws:dynamodb/tableReplica:TableReplica", "carts", {
        region: far,
        globalTableArn: output(table, "arn"),
        tags: own,
      });
      return readEstate(stack.resources).services[0]?.replication;
    });
    expect(replication[0]).toMatchObject({ mode: "asynchronous", multiWriter: true });
    expect(replication[1]).toEqual(replication[0]);
  });
});

describe("cluster of a database", () => {
  const zones = ["euw1-az1", "euw1-az2", "euw1-az3"];
  const read = (given: Properties, instances: number): Service | undefined => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", here, zones);
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "net", {
      region: here,
      name: "net",
      subnetIds: subnets.map((subnet) => output(subnet)),
    });
    const cluster = stack.add("aws:rds/cluster:Cluster", "db", {
      region: here,
      dbSubnetGroupName: output(group, "name"),
      tags: tags({ service: "db" }),
      ...given,
    });
    for (let index = 0; index < instances; index++) {
      stack.add("aws:rds/clusterInstance:ClusterInstance", `db-${index}`, {
        region: here,
        clusterIdentifier: output(cluster),
      });
    }
    return readEstate(stack.resources).services.find(({ id }) => id === "db");
  };

  it("that RDS keeps in three zones has a writer and two standbys", () => {
    const found = read({ dbClusterInstanceClass: "db.r6gd.large", engine: "postgres" }, 0);
    expect(found?.replicas.map(({ role, placement }) => [role, placement])).toEqual([
      ["active", { known: true, value: ["zone:euw1-az1"] }],
      ["standby", { known: true, value: ["zone:euw1-az2"] }],
      ["standby", { known: true, value: ["zone:euw1-az3"] }],
    ]);
    expect(found?.replication).toMatchObject({ mode: "synchronous" });
  });

  it("of one instance keeps its data in the region", () => {
    expect(read({}, 1)?.replication).toMatchObject({ mode: "none", inRegion: true });
  });

  it("without instances serves nobody until somebody makes one", () => {
    expect(read({}, 0)?.replicas.map(({ role, startsByHand }) => [role, startsByHand])).toEqual([["standby", true]]);
  });
});

describe("region", () => {
  it("is told by the zones and ARNs of what the same provider makes", () => {
    const stack = new StackBuilder();
    stack.add("aws:ec2/subnet:Subnet", "net", { availabilityZone: "us-west-2b" });
    stack.add("aws:sqs/queue:Queue", "jobs");
    const places = readEstate(stack.resources).services.flatMap(({ replicas }) => replicas.map((one) => one.placement));
    expect(places).toEqual([{ known: true, value: ["region:us-west-2"] }]);
  });

  it("is not known where these contradict each other", () => {
    const stack = new StackBuilder();
    stack.add("aws:ec2/subnet:Subnet", "net", { availabilityZone: "us-west-2b" });
    stack.add("aws:sns/topic:Topic", "news", { arn: "arn:aws:sns:us-east-1:1:news" });
    stack.add("aws:sqs/queue:Queue", "jobs");
    const jobs = readEstate(stack.resources).services.find(({ id }) => id === "jobs");
    expect(jobs?.replicas[0]?.placement.known).toBe(false);
  });

  it("of a local zone is its parent's", () => {
    const stack = new StackBuilder();
    stack.add("aws:ec2/instance:Instance", "edge", { availabilityZone: "us-west-2-lax-1a" });
    const estate = readEstate(stack.resources);
    expect(estate.domains).toContainEqual(
      expect.objectContaining({ id: "zone:us-west-2-lax-1a", within: ["operator:aws", "region:us-west-2"] }),
    );
  });
});

describe("selection of AWS Backup", () => {
  const arn = "arn:aws:dynamodb:eu-west-1:1:table/carts";
  const keeps = (given: Properties, table: Properties = {}) => {
    const stack = new StackBuilder();
    const own = { region: here, arn, tags: { app: "shop", stage: "live" } };
    stack.add("aws:dynamodb/table:Table", "carts", { ...own, ...table });
    const vault = stack.add("aws:backup/vault:Vault", "vault", { region: here, name: "vault" });
    const plan = stack.add("aws:backup/plan:Plan", "plan", {
      region: here,
      rules: [{ ruleName: "daily", schedule: "cron(0 5 ? * * *)", targetVaultName: vault.properties["name"] }],
    });
    stack.add("aws:backup/selection:Selection", "all", { region: here, planId: output(plan), ...given });
    return readEstate(stack.resources).services.flatMap(({ backups }) => backups).length === 1;
  };
  const tag = (key: string, value: string) => [{ key: `aws:ResourceTag/${key}`, value }];

  it.each<[string, Properties, boolean]>([
    ["its ARN", { resources: [arn] }, true],
    ["everything", { resources: ["*"] }, true],
    ["a pattern of its service", { resources: ["arn:aws:dynamodb:*:*:table/*"] }, true],
    ["a pattern of another service", { resources: ["arn:aws:rds:*:*:db:*"] }, false],
    ["everything but it", { resources: ["*"], notResources: [arn] }, false],
    ["everything but another service", { resources: ["*"], notResources: ["arn:aws:rds:*:*:db:*"] }, true],
    ["a tag that it has", { selectionTags: [{ type: "STRINGEQUALS", key: "app", value: "shop" }] }, true],
    ["a tag that it has not", { selectionTags: [{ type: "STRINGEQUALS", key: "app", value: "blog" }] }, false],
    ["a condition that holds", { resources: ["*"], conditions: [{ stringEquals: tag("stage", "live") }] }, true],
    ["a condition that does not", { resources: ["*"], conditions: [{ stringEquals: tag("stage", "test") }] }, false],
    ["a condition against it", { resources: ["*"], conditions: [{ stringNotEquals: tag("app", "shop") }] }, false],
    ["a pattern of a tag", { resources: ["*"], conditions: [{ stringLikes: tag("app", "sh*") }] }, true],
    ["a pattern against it", { resources: ["*"], conditions: [{ stringNotLikes: tag("app", "sh*") }] }, false],
    ["nothing", {}, false],
  ])("by %s", (_name, given, expected) => {
    expect(keeps(given)).toBe(expected);
  });

  it("reaches no store of another region", () => {
    const selectionTags = [{ type: "STRINGEQUALS", key: "app", value: "shop" }];
    expect(keeps({ selectionTags }, { region: far, arn: "arn:aws:dynamodb:eu-central-1:1:table/carts" })).toBe(false);
  });
});

it.each([
  ["without a filter", [], 1],
  ["whose prefix it has", [{ filter: "shop/", filterType: "PREFIX_MATCH" }], 1],
  ["whose prefix it has not", [{ filter: "blog/", filterType: "PREFIX_MATCH" }], 0],
])("images are copied by a rule %s", (_name, repositoryFilters, copies) => {
  const stack = new StackBuilder();
  const provider = stack.awsProvider("main", here);
  stack.add("aws:ecr/repository:Repository", "web", { name: "shop/web" }, { provider });
  const rules = [{ destinations: [{ region: far, registryId: "1" }], repositoryFilters }];
  const type = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
  stack.add(type, "all", { replicationConfiguration: { rules } }, { provider });
  const placed = readEstate(stack.resources).services.flatMap(({ replicas }) => replicas);
  expect(placed.filter(({ placement }) => placement.known && placement.value.join() === `region:${far}`)).toHaveLength(
    copies,
  );
});
