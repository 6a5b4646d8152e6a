/** Databases of AWS beyond RDS: clusters that are made like Aurora's, and those that are made otherwise. */
import { readEstate } from "../../inventory";
import { createSurvival } from "../../survival";
import { placesOf, serviceIn } from "../support/estateOf";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const tokyo = "ap-northeast-1";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];

/** Databases whose clusters, instances, global clusters and subnet groups go by the same properties but one. */
const families = [
  { family: "docdb", subnetGroup: "dbSubnetGroupName", service: "docdb" },
  { family: "neptune", subnetGroup: "neptuneSubnetGroupName", service: "neptune" },
] as const;

describe.each(families)("clusters of $family", ({ family, subnetGroup, service }) => {
  const group = (stack: StackBuilder, region: string, zoneIds: readonly string[]) =>
    stack.add(`aws:${family}/subnetGroup:SubnetGroup`, region, {
      region,
      subnetIds: stack.subnets(region, region, zoneIds).map((subnet) => output(subnet)),
    });
  const cluster = (stack: StackBuilder, name: string, given: Parameters<StackBuilder["add"]>[2], instances: number) => {
    const made = stack.add(`aws:${family}/cluster:Cluster`, name, given);
    for (let index = 0; index < instances; index++) {
      stack.add(`aws:${family}/clusterInstance:ClusterInstance`, `${name}-${index}`, {
        region: seoul,
        clusterIdentifier: output(made),
      });
    }
    return made;
  };

  it.each([{ preview: true }, { preview: false }])("stand where their instances do (preview: $preview)", (mode) => {
    const stack = new StackBuilder(mode);
    const subnets = output(group(stack, seoul, zones), "id");
    cluster(stack, "orders", { region: seoul, [subnetGroup]: subnets, deletionProtection: true, backupRetentionPeriod: 7 }, 2);
    cluster(stack, "single", { region: seoul, [subnetGroup]: subnets }, 1);
    const estate = readEstate(stack.resources);
    const orders = serviceIn(estate, "orders");
    expect(placesOf(orders)).toEqual(["zone:apne2-az1 active 1", "zone:apne2-az2 standby 1"]);
    expect(orders.replicas.map(({ startSeconds }) => startSeconds)).toEqual([0, 120]);
    expect(orders.replication).toMatchObject({ mode: "synchronous" });
    expect(orders.backups).toMatchObject([
      { placement: { value: [`region:${seoul}`] }, retentionSeconds: { value: 7 * 86_400 }, immutable: { value: false } },
    ]);
    expect(placesOf(serviceIn(estate, "single"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(serviceIn(estate, "single").replication).toMatchObject({ mode: "none" });
    const guards = estate.facts.filter(({ kind }) => kind === "deletion");
    expect(guards).toMatchObject([
      { service: "orders", protected: { value: true } },
      { service: "single", protected: { value: false } },
    ]);
    expect(createSurvival(estate).outcome("single", ["zone:apne2-az1"]).status).toBe("down");
    expect(createSurvival(estate).outcome("orders", ["zone:apne2-az1"]).status).toBe("up");
    expect(estate.notJudged).toEqual([]);
  }); // prettier-ignore

  it("follow, in a global cluster, the one that it was made from", () => {
    const stack = new StackBuilder();
    // The one that follows comes first by its URN: what the global cluster was made from decides, not the order.
    const primary = cluster(stack, "orders-primary", { region: seoul, [subnetGroup]: output(group(stack, seoul, zones)) }, 1);
    const global = stack.add(`aws:${family}/globalCluster:GlobalCluster`, "orders", {
      region: seoul,
      globalClusterIdentifier: "orders",
      sourceDbClusterIdentifier: output(primary),
      deletionProtection: true,
    });
    cluster(stack, "orders-copy", { region: tokyo, globalClusterIdentifier: output(global), [subnetGroup]: output(group(stack, tokyo, ["apne1-az1"])) }, 1);
    const estate = readEstate(stack.resources);
    const [orders] = estate.services;
    expect(estate.services).toHaveLength(1);
    expect(orders && placesOf(orders)).toEqual(["zone:apne1-az1 standby 1", "zone:apne2-az1 active 1"]);
    expect(orders?.replicas[0]?.startNeeds).toEqual([`controlPlane:${service}/${tokyo}`]);
    expect(orders?.replication).toMatchObject({ mode: "asynchronous", rpoSeconds: { value: 1 }, multiWriter: false });
  }); // prettier-ignore

  it("have the backups of a plan that selects them, and its restore tests", () => {
    const stack = new StackBuilder();
    const made = cluster(stack, "orders", { region: seoul, tags: tags({ service: "orders" }), [subnetGroup]: output(group(stack, seoul, zones)) }, 1);
    const vault = stack.add("aws:backup/vault:Vault", "vault", { region: tokyo });
    const plan = stack.add("aws:backup/plan:Plan", "daily", {
      region: seoul,
      rules: [{ targetVaultName: "vault", schedule: "cron(0 5 ? * * *)", copyActions: [{ destinationVaultArn: "vault-id" }] }],
    });
    stack.add("aws:backup/selection:Selection", "stores", { region: seoul, planId: output(plan), resources: [output(made)] });
    const kept = serviceIn(readEstate(stack.resources), "orders").backups.filter(({ urn }) => urn === vault.urn);
    expect(kept).toMatchObject([{ placement: { value: [`region:${tokyo}`] }, intervalSeconds: { value: 86_400 } }]);
  }); // prettier-ignore
});

it("spreads the shards of an elastic cluster over its zones only where each has a second instance", () => {
  const stack = new StackBuilder();
  const subnetIds = stack.subnets("net", seoul, zones).map((subnet) => output(subnet));
  const common = { region: seoul, subnetIds, shardCount: 3 };
  stack.add("aws:docdb/elasticCluster:ElasticCluster", "wide", { ...common, shardInstanceCount: 2 });
  stack.add("aws:docdb/elasticCluster:ElasticCluster", "narrow", { ...common, shardInstanceCount: 1 });
  const estate = readEstate(stack.resources);
  expect(placesOf(serviceIn(estate, "wide"))).toEqual(zones.map((zone) => `zone:${zone} active 2`));
  expect(placesOf(serviceIn(estate, "narrow"))).toEqual(["zone:apne2-az1 active 3"]);
  expect(serviceIn(estate, "narrow").replication?.mode).toBe("none");
});

describe.each([{ preview: true }, { preview: false }])("warehouses of Redshift (preview: $preview)", (mode) => {
  it("compute in one zone, or in two that work together, and keep snapshots in another region too", () => {
    const stack = new StackBuilder(mode);
    const group = stack.add("aws:redshift/subnetGroup:SubnetGroup", "wh", {
      region: seoul,
      subnetIds: stack.subnets("wh", seoul, zones).map((subnet) => output(subnet)),
    });
    const common = { region: seoul, clusterSubnetGroupName: output(group), numberOfNodes: 2 };
    const single = stack.add("aws:redshift/cluster:Cluster", "single", { ...common, automatedSnapshotRetentionPeriod: 5 });
    stack.add("aws:redshift/cluster:Cluster", "wide", { ...common, multiAz: true, automatedSnapshotRetentionPeriod: 0 });
    stack.add("aws:redshift/snapshotCopy:SnapshotCopy", "copy", {
      region: seoul,
      clusterIdentifier: output(single),
      destinationRegion: tokyo,
    });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "single"))).toEqual(["zone:apne2-az1 active 2"]);
    expect(serviceIn(estate, "single").backups).toMatchObject([
      { placement: { value: [`region:${seoul}`] }, intervalSeconds: { value: 28_800 }, retentionSeconds: { value: 5 * 86_400 } },
      { placement: { value: [`region:${tokyo}`] }, retentionSeconds: { value: 7 * 86_400 } },
    ]);
    expect(placesOf(serviceIn(estate, "wide"))).toEqual(["zone:apne2-az1 active 2", "zone:apne2-az2 active 2"]);
    expect(serviceIn(estate, "wide").replication).toMatchObject({ mode: "synchronous" });
    expect(serviceIn(estate, "wide").backups).toEqual([]);
  });

  it("are serverless in the zones of their workgroup, which needs the namespace", () => {
    const stack = new StackBuilder(mode);
    const namespace = stack.add("aws:redshiftserverless/namespace:Namespace", "data", { region: seoul, namespaceName: "data" });
    stack.add("aws:redshiftserverless/workgroup:Workgroup", "query", {
      region: seoul,
      workgroupName: "query",
      namespaceName: output(namespace, "namespaceName"),
      subnetIds: stack.subnets("wh", seoul, zones).map((subnet) => output(subnet)),
    });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "query"))).toEqual(zones.map((zone) => `zone:${zone} active 1`));
    expect(serviceIn(estate, "query").dependencies).toMatchObject([{ anyOf: ["data"], strength: "hard" }]);
    expect(placesOf(serviceIn(estate, "data"))).toEqual([`region:${seoul} active 1`]);
    expect(serviceIn(estate, "data").backups).toMatchObject([{ intervalSeconds: { value: 1_800 } }]);
  });
}); // prettier-ignore

describe.each([{ preview: true }, { preview: false }])("Amazon MQ (preview: $preview)", (mode) => {
  it("runs one broker, a pair or a cluster of three, as the deployment mode says", () => {
    const stack = new StackBuilder(mode);
    const subnetIds = stack.subnets("mq", seoul, zones).map((subnet) => output(subnet));
    stack.add("aws:mq/broker:Broker", "one", { region: seoul, subnetIds: subnetIds.slice(0, 1) });
    stack.add("aws:mq/broker:Broker", "pair", {
      region: seoul,
      deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
      subnetIds: subnetIds.slice(0, 2),
    });
    stack.add("aws:mq/broker:Broker", "three", { region: seoul, deploymentMode: "CLUSTER_MULTI_AZ", subnetIds });
    stack.add("aws:mq/broker:Broker", "nowhere", { region: seoul });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "one"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(placesOf(serviceIn(estate, "pair"))).toEqual(["zone:apne2-az1 active 1", "zone:apne2-az2 standby 1"]);
    expect(placesOf(serviceIn(estate, "three"))).toEqual(zones.map((zone) => `zone:${zone} active 1`));
    expect(serviceIn(estate, "three").quorum).toBe("majority");
    expect(placesOf(serviceIn(estate, "nowhere"))[0]).toMatch(/^\? .*nowhere\.subnetIds active 1$/);
    const survival = createSurvival(estate);
    const statusOf = (id: string, ...lost: string[]) =>
      survival.outcome(id, lost.map((zone) => `zone:${zone}` as const)).status;
    expect(statusOf("one", "apne2-az1")).toBe("down");
    expect(statusOf("pair", "apne2-az1")).toBe("up");
    expect([statusOf("three", "apne2-az1"), statusOf("three", "apne2-az1", "apne2-az2")]).toEqual(["up", "down"]);
  });

  it("copies a broker to another region, where a call must promote it", () => {
    const stack = new StackBuilder(mode);
    const broker = (region: string, zone: string, more: Parameters<StackBuilder["add"]>[2]) =>
      stack.add(
        "aws:mq/broker:Broker",
        `orders-${region}`,
        { region, tags: tags({ service: "orders" }), subnetIds: stack.subnets(region, region, [zone]).map((one) => output(one)), ...more },
        { computed: { arn: `arn:aws:mq:${region}:1:broker:orders` } },
      );
    const primary = broker(seoul, "apne2-az1", {});
    broker(tokyo, "apne1-az1", { dataReplicationMode: "CRDR", dataReplicationPrimaryBrokerArn: output(primary, "arn") });
    const estate = readEstate(stack.resources);
    const [orders] = estate.services;
    expect(estate.services).toHaveLength(1);
    expect(orders && placesOf(orders)).toEqual(["zone:apne1-az1 standby 1", "zone:apne2-az1 active 1"]);
    expect(orders?.replicas[0]?.startNeeds).toEqual([`controlPlane:mq/${tokyo}`]);
  });
}); // prettier-ignore

describe.each([{ preview: true }, { preview: false }])("caches without a group (preview: $preview)", (mode) => {
  it("stand in one zone, or in several where they are made across zones", () => {
    const stack = new StackBuilder(mode);
    const subnetIds = stack.subnets("net", seoul, zones).map((subnet) => output(subnet));
    const group = stack.add("aws:elasticache/subnetGroup:SubnetGroup", "net", { region: seoul, subnetIds });
    const common = { region: seoul, engine: "memcached", numCacheNodes: 3, subnetGroupName: output(group) };
    stack.add("aws:elasticache/cluster:Cluster", "narrow", common);
    stack.add("aws:elasticache/cluster:Cluster", "wide", { ...common, azMode: "cross-az" });
    stack.add("aws:elasticache/serverlessCache:ServerlessCache", "open", { region: seoul, engine: "valkey" });
    stack.add("aws:elasticache/serverlessCache:ServerlessCache", "two", { region: seoul, engine: "valkey", subnetIds: subnetIds.slice(0, 2) });
    const daxSubnets = stack.add("aws:dax/subnetGroup:SubnetGroup", "net", { region: seoul, subnetIds });
    stack.add("aws:dax/cluster:Cluster", "accelerated", { region: seoul, replicationFactor: 3, subnetGroupName: output(daxSubnets) });
    stack.add("aws:dax/cluster:Cluster", "alone", { region: seoul, replicationFactor: 1, subnetGroupName: output(daxSubnets) });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "narrow"))).toEqual(["zone:apne2-az1 active 3"]);
    expect(placesOf(serviceIn(estate, "wide"))).toEqual(zones.map((zone) => `zone:${zone} active 1`));
    expect(placesOf(serviceIn(estate, "open"))).toEqual([`region:${seoul} active 1`]);
    expect(placesOf(serviceIn(estate, "two"))).toEqual(zones.slice(0, 2).map((zone) => `zone:${zone} active 1`));
    const survival = createSurvival(estate);
    expect(zones.map((zone) => survival.outcome("accelerated", [`zone:${zone}`]).status)).toEqual(["up", "up", "up"]);
    // Nobody knows in which of the three zones the only node is: the loss of any may take it.
    expect(zones.map((zone) => survival.outcome("alone", [`zone:${zone}`]).status)).toEqual(["down", "down", "down"]);
  });

  it("are no second copy where they are nodes of a replication group", () => {
    const stack = new StackBuilder(mode);
    const group = stack.add("aws:elasticache/replicationGroup:ReplicationGroup", "sessions", { region: seoul });
    stack.add("aws:elasticache/cluster:Cluster", "sessions-2", { region: seoul, replicationGroupId: output(group) });
    const estate = readEstate(stack.resources);
    expect(estate.services.map(({ id }) => id)).toEqual(["sessions"]);
    expect(estate.notJudged).toEqual([]);
  });
}); // prettier-ignore

it("reads a table of Keyspaces in every region of its keyspace", () => {
  const stack = new StackBuilder();
  const keyspace = (name: string, given: Parameters<StackBuilder["add"]>[2]) =>
    stack.add("aws:keyspaces/keyspace:Keyspace", name, { region: seoul, name, ...given });
  const both = keyspace("both", { replicationSpecification: { replicationStrategy: "MULTI_REGION", regionLists: [seoul, tokyo] } });
  const table = (name: string, of: ReturnType<typeof keyspace>, given: Parameters<StackBuilder["add"]>[2] = {}) =>
    stack.add("aws:keyspaces/table:Table", name, { region: seoul, tableName: name, keyspaceName: output(of, "name"), ...given });
  table("orders", both, { pointInTimeRecovery: { status: "ENABLED" } });
  table("plain", keyspace("one", {}));
  const estate = readEstate(stack.resources);
  expect(placesOf(serviceIn(estate, "orders"))).toEqual([`region:${tokyo} active 1`, `region:${seoul} active 1`]);
  expect(serviceIn(estate, "orders").replication).toMatchObject({ mode: "asynchronous", multiWriter: true });
  expect(serviceIn(estate, "orders").backups).toMatchObject([{ retentionSeconds: { value: 35 * 86_400 } }]);
  expect(placesOf(serviceIn(estate, "plain"))).toEqual([`region:${seoul} active 1`]);
  expect(serviceIn(estate, "plain").replication?.mode).toBe("none");
}); // prettier-ignore

it("reads stores that stand in their region, and those that stand in one zone of it", () => {
  const stack = new StackBuilder();
  const region = seoul;
  stack.add("aws:qldb/ledger:Ledger", "ledger", { region });
  stack.add("aws:qldb/ledger:Ledger", "open", { region, deletionProtection: false });
  stack.add("aws:glacier/vault:Vault", "archive", { region });
  stack.add("aws:timestreamwrite/table:Table", "metrics", { region, databaseName: "db", tableName: "metrics" });
  stack.add("aws:s3/directoryBucket:DirectoryBucket", "express", { region, location: { name: "apne2-az1" }, forceDestroy: true });
  stack.add("aws:opensearch/serverlessCollection:ServerlessCollection", "search", { region });
  stack.add("aws:opensearch/serverlessCollection:ServerlessCollection", "dev", { region, standbyReplicas: "DISABLED" });
  const vpcSubnetIds = stack.subnets("net", seoul, zones.slice(0, 2)).map((subnet) => output(subnet));
  const influx = { region, vpcSubnetIds };
  stack.add("aws:timestreaminfluxdb/dbInstance:DbInstance", "series", { ...influx, deploymentType: "WITH_MULTIAZ_STANDBY" });
  stack.add("aws:timestreaminfluxdb/dbInstance:DbInstance", "lone", influx);
  const estate = readEstate(stack.resources);
  const places = (id: string) => placesOf(serviceIn(estate, id));
  for (const id of ["ledger", "archive", "metrics", "search"]) expect(places(id)).toEqual([`region:${seoul} active 1`]);
  expect(places("express")).toEqual(["zone:apne2-az1 active 1"]);
  expect(places("dev")[0]).toMatch(/^\? .*dev\.standbyReplicas/);
  expect(places("series")).toEqual(["zone:apne2-az1 active 1", "zone:apne2-az2 standby 1"]);
  expect(places("lone")).toEqual(["zone:apne2-az1 active 1"]);
  expect(estate.facts.filter(({ kind }) => kind === "deletion")).toMatchObject([
    { service: "ledger", protected: { value: true } },
    { service: "open", protected: { value: false } },
    { service: "express", protected: { value: false } },
  ]);
  expect(createSurvival(estate).outcome("express", ["zone:apne2-az1"]).status).toBe("down");
  expect(estate.notJudged).toEqual([]);
}); // prettier-ignore
