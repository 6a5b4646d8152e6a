import * as k8s from "@pulumi/kubernetes";
import type { DatabaseArgs } from "../../../components/data/auroraGlobal";
import type { TableArgs } from "../../../components/data/globalTable";
import { GlobalDatabase } from "../../../components/data/globalDatabase";
import type { ServiceIdentity } from "../../../components/common/identity";
import { LockedBackups } from "../../../components/data/lockedBackups";
import { ReplicatedBucket } from "../../../components/data/replicatedBucket";
import type { CloudSite } from "../../../model";
import { ansan, codesIn, networkOf, seoul, tokyo } from "../../support/componentParts";
import { record } from "../../support/pulumiMocks";

const identity: ServiceIdentity = { service: "login-data", tier: "critical", layer: "store" };
const osaka: CloudSite = { ...tokyo, name: "osaka", region: "ap-northeast-3", zoneIds: ["apne3-az1"] };

/** Runs a program that may be refused; the codes, and the resources that exist nevertheless. */
async function refusal(program: () => unknown) {
  let codes: readonly string[] = [];
  const { resources } = await record(() => {
    try {
      program();
    } catch (error) {
      codes = codesIn(error);
    }
  });
  return { codes, resources: resources.length };
}

describe("GlobalDatabase as a global table", () => {
  const make = () =>
    record(() => {
      const provider = new k8s.Provider("ansan", { context: ansan.clusterContext });
      const image = "registry.{site}.example/follower:1";
      const followers = [{ site: ansan, image, priorityClass: "duplex-critical" }];
      const sites = [seoul, tokyo, osaka];
      new GlobalDatabase(
        "login-data",
        { mode: "dynamodb", identity, sites, followers },
        { clusters: { ansan: provider } },
      );
    });

  it("keeps a protected copy with point-in-time recovery in every region", async () => {
    const { inputs } = (await make()).one("aws:dynamodb/table:Table", "login-data");
    const copy = { pointInTimeRecovery: true, deletionProtectionEnabled: true };
    expect(inputs).toMatchObject({
      region: "ap-northeast-2",
      billingMode: "PAY_PER_REQUEST",
      streamEnabled: true,
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      replicas: [
        { regionName: "ap-northeast-1", ...copy },
        { regionName: "ap-northeast-3", ...copy },
      ],
      tags: { "duplex:service": "login-data", "duplex:layer": "store" },
    });
  });

  it("feeds a standby copy under another operator, and says how", async () => {
    const made = await make();
    const set = made.one("kubernetes:apps/v1:StatefulSet", "login-data-ansan");
    expect(set.provider).toContain("::ansan::");
    expect(set.inputs["metadata"]).toMatchObject({
      labels: { "duplex.dev/service": "login-data", "duplex.dev/layer": "store", "duplex.dev/role": "standby" },
      annotations: { "duplex.dev/replication": "asynchronous", "duplex.dev/start-seconds": "60" },
    });
    expect(set.inputs).toMatchObject({
      spec: {
        template: {
          spec: {
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }],
              },
            },
          },
        },
      },
    });
  });

  it("publishes where it stands and what may be lost", async () => {
    expect((await make()).published("duplex:data:GlobalDatabase", "login-data")).toMatchObject({
      service: "login-data",
      layer: "store",
      sites: ["seoul", "tokyo", "osaka", "ansan"],
      replication: { mode: "asynchronous", rpoSeconds: 60, multiWriter: true },
    });
  });

  it("refuses a copy in a cluster whose provider nobody gives", async () => {
    const followers = [{ site: ansan, image: "follower", priorityClass: "duplex-critical" }];
    const program = () =>
      new GlobalDatabase("login-data", { mode: "dynamodb", identity, sites: [seoul, tokyo], followers });
    expect(await refusal(program)).toEqual({ codes: ["DPX235"], resources: 0 });
  });

  it("refuses one region, and a region twice", async () => {
    const of = (sites: readonly CloudSite[]) =>
      refusal(() => new GlobalDatabase("login-data", { mode: "dynamodb", identity, sites }));
    expect(await of([seoul])).toEqual({ codes: ["DPX214"], resources: 0 });
    expect(await of([seoul, seoul])).toEqual({ codes: ["DPX214"], resources: 0 });
  });
});

describe("a table's keys and consistency", () => {
  const table = (said: TableArgs, sites: readonly CloudSite[] = [seoul, tokyo, osaka]) => ({
    mode: "dynamodb" as const,
    identity,
    sites,
    table: said,
  });

  it("are as they are said, with the index and the life of items in every region", async () => {
    const said: TableArgs = {
      hashKey: "user",
      rangeKey: "at",
      attributes: { at: "N" },
      indexes: [{ name: "by-room", hashKey: "room", rangeKey: "at" }],
      ttlAttribute: "expires",
    };
    const made = await record(() => new GlobalDatabase("login-data", table(said)));
    expect(made.one("aws:dynamodb/table:Table", "login-data").inputs).toMatchObject({
      hashKey: "user",
      rangeKey: "at",
      attributes: [
        { name: "at", type: "N" },
        { name: "room", type: "S" },
        { name: "user", type: "S" },
      ],
      globalSecondaryIndexes: [{ name: "by-room", hashKey: "room", rangeKey: "at", projectionType: "ALL" }],
      ttl: { enabled: true, attributeName: "expires" },
    });
  });

  it("strong ones lose nothing, over three regions or two and a witness", async () => {
    const three = await record(() => new GlobalDatabase("login-data", table({ consistency: "strong" })));
    const { inputs } = three.one("aws:dynamodb/table:Table", "login-data");
    expect(inputs["replicas"]).toMatchObject([{ consistencyMode: "STRONG" }, { consistencyMode: "STRONG" }]);
    expect(three.published("duplex:data:GlobalDatabase", "login-data")).toMatchObject({
      replication: { mode: "synchronous", rpoSeconds: 0, multiWriter: true },
    });
    const witnessed = table({ consistency: "strong", witness: osaka }, [seoul, tokyo]);
    const two = await record(() => new GlobalDatabase("login-data", witnessed));
    expect(two.one("aws:dynamodb/table:Table", "login-data").inputs).toMatchObject({
      replicas: [{ regionName: "ap-northeast-1", consistencyMode: "STRONG" }],
      globalTableWitness: { regionName: "ap-northeast-3" },
    });
  });

  const virginia: CloudSite = { ...tokyo, name: "virginia", region: "us-east-1", zoneIds: ["use1-az1"] };
  it.each<[string, TableArgs, readonly CloudSite[], readonly string[]]>([
    ["an attribute that is no key", { attributes: { name: "S" } }, [seoul, tokyo], ["DPX233"]],
    [
      "an index twice",
      {
        indexes: [
          { name: "one", hashKey: "a" },
          { name: "one", hashKey: "b" },
        ],
      },
      [seoul, tokyo],
      ["DPX233"],
    ],
    ["a witness of an eventual table", { witness: osaka }, [seoul, tokyo], ["DPX233"]],
    ["a strong table in two regions", { consistency: "strong" }, [seoul, tokyo], ["DPX234"]],
    ["a strong table over two sets of regions", { consistency: "strong" }, [seoul, tokyo, virginia], ["DPX234"]],
    ["a strong table whose items go", { consistency: "strong", ttlAttribute: "at" }, [seoul, tokyo, osaka], ["DPX234"]],
  ])("refuse %s", async (_, said, sites, codes) => {
    expect(await refusal(() => new GlobalDatabase("login-data", table(said, sites)))).toEqual({ codes, resources: 0 });
  });
});

describe("GlobalDatabase as an Aurora global database", () => {
  const make = (database?: DatabaseArgs) =>
    record(() => {
      const sites = [seoul, tokyo].map((site) => ({ site, network: networkOf(site) }));
      new GlobalDatabase("shop-data", { mode: "aurora", identity, sites, database });
    });

  it("runs two instances over two zones in each region, encrypted with that region's key", async () => {
    const made = await make();
    const instances = made.ofType("aws:rds/clusterInstance:ClusterInstance");
    expect(instances.map(({ inputs }) => [inputs["region"], inputs["availabilityZone"]]).sort()).toEqual([
      ["ap-northeast-1", "name of apne1-az1"],
      ["ap-northeast-1", "name of apne1-az2"],
      ["ap-northeast-2", "name of apne2-az1"],
      ["ap-northeast-2", "name of apne2-az2"],
    ]);
    for (const site of ["seoul", "tokyo"]) {
      expect(made.one("aws:rds/cluster:Cluster", `shop-data-${site}`).inputs).toMatchObject({
        clusterIdentifier: `duplex-test-shop-data-${site}`,
        storageEncrypted: true,
        kmsKeyId: `arn:shop-data-${site}`,
        deletionProtection: true,
        globalClusterIdentifier: "shop-data-id",
        iamDatabaseAuthenticationEnabled: true,
      });
    }
  });

  it("takes writes in the first region, which the other passes on", async () => {
    const made = await make();
    const cluster = (site: string) => made.one("aws:rds/cluster:Cluster", `shop-data-${site}`).inputs;
    expect(cluster("seoul")).toMatchObject({ masterUsername: "duplex", databaseName: "app", enableHttpEndpoint: true });
    expect(cluster("tokyo")["masterUsername"]).toBeUndefined();
    expect(cluster("tokyo")["enableGlobalWriteForwarding"]).toBe(true);
    expect(made.ofType("random:index/randomPassword:RandomPassword")).toHaveLength(1);
  });

  it("keeps the owner's password in every region, and lets in nobody by itself", async () => {
    const made = await make();
    expect(made.one("aws:secretsmanager/secret:Secret", "shop-data-owner").inputs).toMatchObject({
      region: "ap-northeast-2",
      replicas: [{ region: "ap-northeast-1" }],
    });
    expect(made.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).toEqual([]);
  });

  it("makes the units' user once the writer runs", async () => {
    const { inputs } = (await make()).one("aws:lambda/invocation:Invocation", "shop-data-user");
    expect(JSON.parse(String(inputs["input"]))).toMatchObject({ databaseName: "app", user: "app" });
  });

  it("takes the version, class and number that are said", async () => {
    const made = await make({ engineVersion: "17.4", instanceClass: "db.r8g.xlarge", instances: 3 });
    const instances = made.ofType("aws:rds/clusterInstance:ClusterInstance");
    expect(instances).toHaveLength(6);
    for (const { inputs } of instances)
      expect(inputs).toMatchObject({ engineVersion: "17.4", instanceClass: "db.r8g.xlarge" });
  });

  it.each([
    [1, ["DPX215"]],
    [2, []],
    [15, []],
    [16, ["DPX215"]],
  ])("takes or refuses %d instances", async (instances, codes) => {
    const found = await make({ instances }).then(
      () => [],
      (error: unknown) => codesIn(error),
    );
    expect(found).toEqual(codes);
  });
});

describe("ReplicatedBucket", () => {
  const make = () => record(() => new ReplicatedBucket("music-data", { identity, sites: [seoul, tokyo] }));

  it("copies in both directions", async () => {
    const made = await make();
    const copies = made.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    expect(copies.map(({ inputs }) => [inputs["region"], inputs["bucket"], inputs["rules"]])).toEqual(
      expect.arrayContaining([
        ["ap-northeast-2", "music-data-seoul-id", [expect.objectContaining({ id: "to-tokyo", status: "Enabled" })]],
        ["ap-northeast-1", "music-data-tokyo-id", [expect.objectContaining({ id: "to-seoul", status: "Enabled" })]],
      ]),
    );
    expect(copies).toHaveLength(2);
  });

  it("is versioned, encrypted and closed in both regions", async () => {
    const made = await make();
    for (const site of ["seoul", "tokyo"]) {
      const name = `music-data-${site}`;
      expect(made.one("aws:s3/bucketVersioning:BucketVersioning", name).inputs).toMatchObject({
        versioningConfiguration: { status: "Enabled" },
      });
      expect(made.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name).inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
  });

  it("lets the role reach these two buckets and nothing else", async () => {
    const { inputs } = (await make()).one("aws:iam/rolePolicy:RolePolicy", "music-data-replication");
    expect(JSON.stringify(inputs["policy"])).not.toMatch(/"Resource":\s*(\[)?"\*"/);
    expect(JSON.stringify(inputs["policy"])).toContain("arn:music-data-seoul/*");
  });

  it("refuses any number of regions but two", async () => {
    for (const sites of [[seoul], [seoul, seoul], [seoul, tokyo, osaka]]) {
      expect(await refusal(() => new ReplicatedBucket("music-data", { identity, sites }))).toEqual({
        codes: ["DPX216"],
        resources: 0,
      });
    }
  });
});

describe("LockedBackups", () => {
  const args = { stores: [seoul], copyTo: osaka, everySeconds: 3600, keepDays: 35 };

  it("locks both vaults for good, and copies every backup into the other region", async () => {
    const made = await record(() => new LockedBackups("backups", args));
    for (const site of ["seoul", "osaka"]) {
      expect(
        made.one("aws:backup/vaultLockConfiguration:VaultLockConfiguration", `backups-${site}`).inputs,
      ).toMatchObject({
        minRetentionDays: 35,
        changeableForDays: 3,
      });
    }
    expect(made.one("aws:backup/plan:Plan", "backups-seoul").inputs).toMatchObject({
      region: "ap-northeast-2",
      rules: [
        { targetVaultName: "duplex-test-backups-seoul", copyActions: [{ destinationVaultArn: "arn:backups-osaka" }] },
      ],
    });
    expect(made.one("aws:backup/selection:Selection", "backups-seoul").inputs).toMatchObject({
      selectionTags: [{ key: "duplex:layer", value: "store" }],
    });
  });

  it("restores the newest backup of every store once a month, by a role of its own", async () => {
    const made = await record(() => new LockedBackups("backups", args));
    expect(made.one("aws:backup/restoreTestingPlan:RestoreTestingPlan", "backups-seoul").inputs).toMatchObject({
      region: "ap-northeast-2",
      name: "duplex_test_backups_seoul",
      scheduleExpression: "cron(0 6 1 * ? *)",
      recoveryPointSelection: { algorithm: "LATEST_WITHIN_WINDOW", includeVaults: ["arn:backups-seoul"] },
    });
    for (const [part, type] of Object.entries({ tables: "DynamoDB", databases: "Aurora", buckets: "S3" })) {
      const selection = made.one("aws:backup/restoreTestingSelection:RestoreTestingSelection", `backups-seoul-${part}`);
      expect(selection.inputs).toMatchObject({
        restoreTestingPlanName: "duplex_test_backups_seoul",
        iamRoleArn: "arn:backups-restore",
        protectedResourceType: type,
        protectedResourceConditions: { stringEquals: [{ key: "aws:ResourceTag/duplex:layer", value: "store" }] },
      });
    }
  });

  it("leaves restore tests to others where it is told to", async () => {
    const made = await record(() => new LockedBackups("backups", { ...args, restoreTests: false }));
    expect(made.ofType("aws:backup/restoreTestingPlan:RestoreTestingPlan")).toEqual([]);
  });

  it("can be opened before everything is destroyed", async () => {
    const made = await record(() => new LockedBackups("backups", { ...args, locked: false }));
    const lock = made.one("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "backups-osaka");
    expect(lock.inputs["changeableForDays"]).toBeUndefined();
  });

  it.each([
    [{ keepDays: 6 }, ["DPX217"]],
    [{ keepDays: 7 }, []],
    [{ keepDays: 3650 }, []],
    [{ keepDays: 3651 }, ["DPX217"]],
    [{ everySeconds: 60 }, ["DPX218"]],
    [{ everySeconds: 86_400 }, []],
    [{ copyTo: seoul }, ["DPX219"]],
  ])("takes or refuses %j", async (more, codes) => {
    const found = await refusal(() => new LockedBackups("backups", { ...args, ...more }));
    expect(found.codes).toEqual(codes);
    expect(found.resources > 0).toBe(codes.length === 0);
  });
});
