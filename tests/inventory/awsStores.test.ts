/** Stores beyond tables, buckets and relational databases: where their copies stand and how they are kept alike. */
import { readEstate } from "../../inventory";
import { componentTypes, type DomainId } from "../../model";
import { createSurvival } from "../../survival";
import { placesOf, serviceIn } from "../support/estateOf";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const tokyo = "ap-northeast-1";
const osaka = "ap-northeast-3";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const store = { service: "orders" } as const;

describe.each([{ preview: true }, { preview: false }])("stores (preview: $preview)", (mode) => {
  it("reads Aurora DSQL over two regions with its witness: one region may go, but not with the witness", () => {
    const stack = new StackBuilder(mode);
    const [a, b] = [seoul, tokyo].map((region) =>
      stack.add("aws:dsql/cluster:Cluster", `orders-${region}`, { region, tags: tags(store), multiRegionProperties: { witnessRegion: osaka } }),
    ); // prettier-ignore
    for (const [own, peer] of [[a, b], [b, a]]) {
      if (!own || !peer) throw new Error("Two clusters were added.");
      stack.add("aws:dsql/clusterPeering:ClusterPeering", `peer-${own.name}`, {
        identifier: output(own, "id"),
        clusters: [output(peer, "id")],
        witnessRegion: osaka,
      });
    } // prettier-ignore
    const estate = readEstate(stack.resources);
    const [service] = estate.services;
    expect(service?.id).toBe("orders");
    expect(service?.replication).toMatchObject({ mode: "synchronous", multiWriter: true });
    expect(service && [...placesOf(service)].sort()).toEqual([
      `region:${tokyo} active 1`,
      `region:${seoul} active 1`,
      `region:${osaka} active 1`,
    ].sort()); // prettier-ignore
    const survival = createSurvival(estate);
    const statusWithout = (...lost: string[]) => survival.outcome("orders", lost.map((name): DomainId => `region:${name}`)).status; // prettier-ignore
    expect(statusWithout(seoul)).toBe("up");
    expect(statusWithout(osaka)).toBe("up");
    expect(statusWithout(seoul, osaka)).toBe("down");
  });

  it("reads MemoryDB: shards with replicas over the subnet group, one zone where there is no replica, regions joined", () => {
    const stack = new StackBuilder(mode);
    const global = stack.add("aws:memorydb/multiRegionCluster:MultiRegionCluster", "orders", {
      multiRegionClusterNameSuffix: "orders",
      nodeType: "db.r7g.large",
    });
    for (const [region, zoneIds] of [[seoul, zones.slice(0, 2)], [tokyo, ["apne1-az1", "apne1-az2"]]] as const) {
      const group = stack.add("aws:memorydb/subnetGroup:SubnetGroup", region, {
        region,
        subnetIds: stack.subnets(region, region, zoneIds).map((subnet) => output(subnet)),
      });
      stack.add("aws:memorydb/cluster:Cluster", `orders-${region}`, {
        region,
        tags: tags(store),
        numShards: 2,
        numReplicasPerShard: region === seoul ? 1 : 0,
        subnetGroupName: output(group),
        multiRegionClusterName: output(global),
      });
    } // prettier-ignore
    const service = serviceIn(readEstate(stack.resources), "orders");
    expect(placesOf(service)).toEqual([
      "zone:apne1-az1 active 2",
      "zone:apne2-az1 active 2",
      "zone:apne2-az2 active 2",
    ]);
    expect(service.replication).toMatchObject({ mode: "asynchronous", multiWriter: true });
  });

  it("reads EFS with a copy in another region that a call must make writable, and a single-zone one", () => {
    const stack = new StackBuilder(mode);
    const files = stack.add("aws:efs/fileSystem:FileSystem", "files", { region: seoul, tags: tags(store) });
    stack.add("aws:efs/replicationConfiguration:ReplicationConfiguration", "files", {
      region: seoul,
      sourceFileSystemId: output(files),
      destination: { region: tokyo },
    });
    stack.add("aws:efs/backupPolicy:BackupPolicy", "files", {
      region: seoul,
      fileSystemId: output(files),
      backupPolicy: { status: "ENABLED" },
    });
    stack.add("aws:ec2/subnet:Subnet", "a", { region: seoul, availabilityZone: `${seoul}a`, availabilityZoneId: "apne2-az1" });
    stack.add("aws:efs/fileSystem:FileSystem", "scratch", { region: seoul, availabilityZoneName: `${seoul}a` });
    const estate = readEstate(stack.resources);
    const service = serviceIn(estate, "orders");
    expect(placesOf(service)).toEqual([`region:${seoul} active 1`, `region:${tokyo} standby 1`]);
    expect(service.replicas[1]?.startNeeds).toEqual([`controlPlane:efs/${tokyo}`]);
    expect(service.replication).toMatchObject({ mode: "asynchronous", rpoSeconds: { known: true, value: 900 } });
    expect(service.backups).toMatchObject([{ intervalSeconds: { known: true, value: 86_400 } }]);
    expect(placesOf(serviceIn(estate, "scratch"))).toEqual(["zone:apne2-az1 active 1"]);
  }); // prettier-ignore

  it("takes a file system that is mounted in one zone alone as lost with that zone", () => {
    const stack = new StackBuilder(mode);
    const subnets = stack.subnets("net", seoul, zones);
    const mounted = (name: string, count: number) => {
      const files = stack.add("aws:efs/fileSystem:FileSystem", name, { region: seoul });
      for (const subnet of subnets.slice(0, count)) {
        stack.add("aws:efs/mountTarget:MountTarget", `${name}-${subnet.name}`, {
          region: seoul,
          fileSystemId: output(files),
          subnetId: output(subnet),
        });
      }
    };
    mounted("narrow", 1);
    mounted("wide", 2);
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "narrow"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(placesOf(serviceIn(estate, "wide"))).toEqual([`region:${seoul} active 1`]);
  });

  it("reads FSx: a standby in the other zone only where it is made for several", () => {
    const stack = new StackBuilder(mode);
    const subnets = stack.subnets("net", seoul, zones.slice(0, 2)).map((subnet) => output(subnet));
    const common = { region: seoul, subnetIds: subnets, automaticBackupRetentionDays: 7 };
    stack.add("aws:fsx/ontapFileSystem:OntapFileSystem", "pair", {
      ...common,
      deploymentType: "MULTI_AZ_1",
      preferredSubnetId: subnets[1],
    });
    stack.add("aws:fsx/lustreFileSystem:LustreFileSystem", "single", {
      ...common,
      subnetIds: subnets.slice(0, 1),
      deploymentType: "PERSISTENT_2",
    });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "pair"))).toEqual(["zone:apne2-az2 active 1", "zone:apne2-az1 standby 1"]);
    expect(serviceIn(estate, "pair").replication?.mode).toBe("synchronous");
    expect(placesOf(serviceIn(estate, "single"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(serviceIn(estate, "single").backups).toHaveLength(1);
  });

  it("reads OpenSearch: one zone without awareness, as many as it says with it", () => {
    const stack = new StackBuilder(mode);
    const subnetIds = stack.subnets("net", seoul, zones);
    const domain = (name: string, clusterConfig: Record<string, string | number | boolean | Record<string, number>>) => {
      const added = stack.add("aws:opensearch/domain:Domain", name, { region: seoul, clusterConfig });
      const at = stack.resources.indexOf(added);
      stack.resources[at] = {
        ...added,
        properties: { ...added.properties, vpcOptions: { subnetIds: subnetIds.map(({ id }) => id) } },
        propertyDependencies: { vpcOptions: subnetIds.map(({ urn }) => urn) },
      };
    };
    domain("narrow", { instanceCount: 3 });
    domain("wide", { instanceCount: 6, zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: 3 } });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "narrow"))).toEqual(["zone:apne2-az1 active 3"]);
    expect(placesOf(serviceIn(estate, "wide"))).toEqual(zones.map((zone) => `zone:${zone} active 2`));
    expect(serviceIn(estate, "wide").quorum).toBe("majority");
  }); // prettier-ignore

  it("reads a volume in its zone, what is attached to it, and a snapshot without a schedule", () => {
    const stack = new StackBuilder(mode);
    const [subnet] = stack.subnets("net", seoul, zones.slice(0, 1));
    if (!subnet) throw new Error("One subnet was added.");
    const machine = stack.add("aws:ec2/instance:Instance", "db", { region: seoul, subnetId: output(subnet) });
    const volume = stack.add("aws:ebs/volume:Volume", "disk", {
      region: seoul,
      availabilityZone: output(subnet, "availabilityZone"),
    });
    const added = stack.resources.indexOf(volume);
    stack.resources[added] = { ...volume, properties: { ...volume.properties, availabilityZone: "apne2-az1" } };
    stack.add("aws:ec2/volumeAttachment:VolumeAttachment", "disk", {
      volumeId: output(volume),
      instanceId: output(machine),
    });
    stack.add("aws:ebs/snapshot:Snapshot", "disk", { region: seoul, volumeId: output(volume) });
    const estate = readEstate(stack.resources);
    expect(placesOf(serviceIn(estate, "disk"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(serviceIn(estate, "disk").backups).toMatchObject([{ intervalSeconds: { known: false } }]);
    expect(serviceIn(estate, "db").dependencies).toMatchObject([{ anyOf: ["disk"], strength: "hard" }]);
  });

  it("reads versions of a bucket as copies, immutable only in compliance mode", () => {
    const stack = new StackBuilder(mode);
    for (const lock of ["COMPLIANCE", "GOVERNANCE"]) {
      const bucket = stack.add("aws:s3/bucket:Bucket", lock, { region: seoul });
      stack.add("aws:s3/bucketVersioning:BucketVersioning", lock, {
        bucket: output(bucket),
        versioningConfiguration: { status: "Enabled" },
      });
      stack.add("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", lock, {
        bucket: output(bucket),
        rule: { defaultRetention: { mode: lock, days: 30 } },
      });
    }
    const estate = readEstate(stack.resources);
    const immutable = (id: string) => serviceIn(estate, id).backups.map((backup) => backup.immutable);
    expect(immutable("COMPLIANCE")).toEqual([{ known: true, value: true }]);
    expect(immutable("GOVERNANCE")).toEqual([{ known: true, value: false }]);
  });

  it("puts a proxy between whoever goes by it and its database", () => {
    const stack = new StackBuilder(mode);
    const subnets = stack.subnets("net", seoul, zones.slice(0, 2));
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "db", {
      region: seoul,
      subnetIds: subnets.map((subnet) => output(subnet)),
    });
    const database = stack.add("aws:rds/instance:Instance", "db", { region: seoul, multiAz: true, dbSubnetGroupName: output(group) });
    const proxy = stack.add("aws:rds/proxy:Proxy", "pool", { region: seoul, vpcSubnetIds: subnets.slice(0, 1).map((subnet) => output(subnet)) });
    stack.add("aws:rds/proxyTarget:ProxyTarget", "pool", { dbProxyName: output(proxy), dbInstanceIdentifier: output(database) });
    stack.add("aws:lambda/function:Function", "shop", { region: seoul, environment: output(proxy, "endpoint") });
    const estate = readEstate(stack.resources);
    expect(serviceIn(estate, "shop").dependencies).toMatchObject([{ anyOf: ["pool"], strength: "hard" }]);
    expect(serviceIn(estate, "pool").dependencies).toMatchObject([{ anyOf: ["db"], strength: "hard" }]);
    const survival = createSurvival(estate);
    expect(survival.outcome("db", ["zone:apne2-az1"]).status).not.toBe("down");
    expect(survival.outcome("shop", ["zone:apne2-az1"]).status).toBe("down");
  }); // prettier-ignore
});

it("copies a bucket only while both sides keep versions, and takes no component's word for a lag that S3 leaves open", () => {
  const replicated = (status: string, promise: boolean) => {
    const stack = new StackBuilder();
    const word = { service: "photos", replication: { mode: "asynchronous", rpoSeconds: 900, multiWriter: true } };
    stack.component(componentTypes.replicatedBucket, "photos", word);
    const [from] = [seoul, tokyo].map((region) => {
      const bucket = stack.add("aws:s3/bucket:Bucket", region, { region, tags: tags({ service: "photos" }) });
      stack.add("aws:s3/bucketVersioning:BucketVersioning", region, {
        bucket: output(bucket),
        versioningConfiguration: { status: region === tokyo ? status : "Enabled" },
      });
      return bucket;
    });
    if (!from) throw new Error("Two buckets were added.");
    const time = promise ? { replicationTime: { status: "Enabled", time: { minutes: 15 } } } : {};
    stack.add("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "photos", {
      bucket: output(from),
      rules: [{ status: "Enabled", destination: { bucket: `${tokyo}-id`, ...time } }],
    });
    return readEstate(stack.resources).services.map(({ replication }) => replication);
  };
  expect(replicated("Enabled", true)).toMatchObject([{ mode: "asynchronous", rpoSeconds: { known: true, value: 900 } }]);
  expect(replicated("Enabled", false)).toMatchObject([{ mode: "asynchronous", rpoSeconds: { known: false } }]);
  expect(replicated("Suspended", true).map((replication) => replication?.mode)).not.toContain("asynchronous");
}); // prettier-ignore
