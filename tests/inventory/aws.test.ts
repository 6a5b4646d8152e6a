/** Placement, copies and routes of AWS, after an update and in a preview. */
import { readEstate } from "../../inventory";
import { UNKNOWN, type Resource, type Value } from "../../inventory/resource";
import { type Estate, type Service } from "../../model";
import { createSurvival } from "../../survival";
import { cloud } from "../support/estateBuilder";
import { output, StackBuilder, tags } from "../support/stackBuilder";

function service(estate: Estate, id: string): Service {
  const found = estate.services.find((one) => one.id === id);
  if (!found) throw new Error(`No service ${id} among ${estate.services.map((one) => one.id).join(", ")}.`);
  return found;
}

function places(one: Service): readonly string[] {
  return one.replicas.map(({ placement, role, units }) =>
    [
      placement.known ? placement.value.join("+") : `? ${placement.missing}`,
      role,
      units.known ? units.value : `? ${units.missing}`,
    ].join(" "),
  );
}

const seoul = "ap-northeast-2";
const tokyo = "ap-northeast-1";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const messenger = { service: "messenger", tier: "critical", unitRps: 100, peakRps: 900 } as const;

describe.each([{ preview: true }, { preview: false }])("autoscaling group ($preview)", (mode) => {
  it("stands in the zones of its subnets, in whole units, with its capacity", () => {
    const stack = new StackBuilder(mode);
    stack.autoscalingGroup("web", seoul, stack.subnets("net", seoul, zones), 7, messenger);
    const estate = readEstate(stack.resources);
    const found = service(estate, "messenger");
    expect(places(found)).toEqual([
      "zone:apne2-az1 active 2",
      // The seventh: which zone gets it, the group decides.
      "zone:apne2-az1 active 1",
      "zone:apne2-az2 active 2",
      "zone:apne2-az3 active 2",
    ]);
    expect(found.replicas.map(({ capacityRps }) => capacityRps)).toEqual(
      [200, 100, 200, 200].map((value) => ({ known: true, value })),
    );
    expect(found.replicas.map(({ remainder }) => remainder)).toEqual([
      undefined,
      { places: zones.map((zone) => [`zone:${zone}`]), rank: 0 },
      undefined,
      undefined,
    ]);
    expect(found).toMatchObject({
      tier: "critical",
      tierFrom: { source: "tag" },
      peakRps: { known: true, value: 900 },
    });
    expect(estate.facts).toContainEqual(
      expect.objectContaining({ kind: "autoscaling", service: "messenger", maximum: { known: true, value: 14 } }),
    );
    expect(estate.notJudged).toEqual([]);
  });

  it("leads from a name over load balancer, listener and target group to its replicas", () => {
    const stack = new StackBuilder(mode);
    const subnets = stack.subnets("net", seoul, zones);
    const { balancer, targets } = stack.loadBalancer("web", seoul, subnets, messenger);
    stack.autoscalingGroup("web", seoul, subnets, 3, messenger, { targetGroupArns: [output(targets, "arn")] });
    const check = stack.add("aws:route53/healthCheck:HealthCheck", "check", {
      type: "HTTPS",
      resourcePath: "/healthz/deep",
      requestInterval: 10,
      failureThreshold: 2,
      regions: ["us-west-2", "eu-west-1", "ap-southeast-1"],
    });
    stack.add("aws:route53/record:Record", "web", {
      zoneId: "Z1",
      name: "messenger.example",
      type: "CNAME",
      records: [output(balancer, "dnsName")],
      ttl: 30,
      setIdentifier: "seoul",
      weightedRoutingPolicies: [{ weight: 10 }],
      healthCheckId: output(check),
    });
    const routes = service(readEstate(stack.resources), "messenger").routes;
    const dns = routes.find(({ kind }) => kind === "dns");
    expect(dns).toMatchObject({
      name: "messenger.example",
      policy: "weighted",
      ttlSeconds: { known: true, value: 30 },
      provider: "vendor:route53",
      needsControlPlane: false,
    });
    expect(dns?.targets).toHaveLength(1);
    expect(dns?.targets[0]).toMatchObject({
      share: { known: true, value: 1 },
      lastResort: false,
      healthCheck: {
        intervalSeconds: { known: true, value: 10 },
        failureThreshold: { known: true, value: 2 },
        observers: ["region:ap-southeast-1", "region:eu-west-1", "region:us-west-2"],
        kind: "endpoint",
        shallow: false,
      },
    });
    expect(dns?.targets[0]?.replicas).toHaveLength(3);
    const own = routes.find(({ kind }) => kind === "loadBalancer");
    expect(own?.targets.map(({ healthCheck }) => healthCheck?.intervalSeconds)).toEqual(
      Array.from({ length: 3 }, () => ({ known: true, value: 10 })),
    );
  });
});

describe("autoscaling group", () => {
  it("is unknown with the property where a subnet's zone is not known", () => {
    const stack = new StackBuilder();
    const subnet = stack.add("aws:ec2/subnet:Subnet", "net", { region: seoul, availabilityZoneId: UNKNOWN });
    stack.autoscalingGroup("web", seoul, [subnet], 1, messenger);
    expect(places(service(readEstate(stack.resources), "messenger"))).toEqual([
      `? ${subnet.urn}.availabilityZoneId active 1`,
    ]);
  });

  it("is unknown where a literal subnet is not in the stack, or none is named", () => {
    const stack = new StackBuilder();
    const foreign = stack.autoscalingGroup("web", seoul, [], 1, messenger, { vpcZoneIdentifiers: ["subnet-1"] });
    expect(places(service(readEstate(stack.resources), "messenger"))).toEqual([
      `? ${foreign.urn}.vpcZoneIdentifiers active 1`,
    ]);
  });

  it("is unknown in a preview that took one subnet of several", () => {
    const stack = new StackBuilder({ preview: true });
    const subnets = stack.subnets("net", seoul, zones);
    const group = stack.autoscalingGroup("web", seoul, subnets, 1, messenger);
    const one: Resource = { ...group, properties: { ...group.properties, vpcZoneIdentifiers: [UNKNOWN] } };
    expect(places(service(readEstate([...subnets, one]), "messenger"))).toEqual([
      `? ${group.urn}.vpcZoneIdentifiers active 1`,
    ]);
  });

  it("at zero is nothing", () => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", seoul, zones.slice(0, 2));
    stack.autoscalingGroup("web", seoul, subnets, 0, messenger, { maxSize: 4 });
    expect(places(service(readEstate(stack.resources), "messenger"))).toEqual([
      "zone:apne2-az1 active 0",
      "zone:apne2-az2 active 0",
    ]);
  });

  it("at zero that is called a standby needs the region's control plane, and somebody's order", () => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", seoul, zones.slice(0, 1));
    stack.autoscalingGroup("web", seoul, subnets, 0, { ...messenger, role: "standby" }, { maxSize: 4 });
    const estate = readEstate(stack.resources);
    expect(service(estate, "messenger").replicas[0]).toMatchObject({
      role: "standby",
      units: { known: true, value: 4 },
      startNeeds: [`controlPlane:autoscaling/${seoul}`],
      startsByHand: true,
    });
    expect(estate.domains).toContainEqual(
      expect.objectContaining({ id: `controlPlane:autoscaling/${seoul}`, within: [`region:${seoul}`] }),
    );
  });
});

describe("load balancer", () => {
  const build = (fronts: readonly string[] | undefined) => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", seoul, zones);
    const front = fronts && subnets.filter((_, index) => fronts.includes(zones[index] ?? ""));
    const { balancer, targets } = stack.loadBalancer("web", seoul, front ?? [], messenger);
    stack.autoscalingGroup("web", seoul, subnets, 3, messenger, { targetGroupArns: [output(targets, "arn")] });
    return { estate: readEstate(stack.resources), balancer };
  };

  it("that covers the zones of its units adds nothing to where they stand", () => {
    expect(places(service(build(zones).estate, "messenger"))).toEqual(zones.map((zone) => `zone:${zone} active 1`));
  });

  it("in one zone makes all units hang on that zone", () => {
    const { estate } = build(zones.slice(0, 1));
    expect(createSurvival(estate).outcome("messenger", ["zone:apne2-az1"]).status).toBe("down");
    expect(createSurvival(estate).outcome("messenger", ["zone:apne2-az2"]).status).not.toBe("down");
  });

  it("in two zones of three takes the unit in the third along only when both are lost", () => {
    const survival = createSurvival(build(zones.slice(0, 2)).estate);
    expect(survival.outcome("messenger", ["zone:apne2-az1"]).status).not.toBe("down");
    expect(survival.outcome("messenger", ["zone:apne2-az1", "zone:apne2-az2"]).status).toBe("down");
  });

  it("that nobody can place leaves the units behind it unplaced", () => {
    const { estate, balancer } = build(undefined);
    expect(places(service(estate, "messenger"))[0]).toBe(`? ${balancer.urn}.subnets active 1`);
  });
});

describe("health check", () => {
  it("from regions in which nothing of the stack stands does not fall with the stack's operator", () => {
    const stack = new StackBuilder();
    const check = stack.add("aws:route53/healthCheck:HealthCheck", "c", {
      type: "HTTP",
      regions: ["us-west-2", seoul],
    });
    stack.add("aws:sqs/queue:Queue", "intake", { region: seoul });
    stack.add("aws:route53/record:Record", "intake", { name: "i.example", type: "A", healthCheckId: output(check) });
    const within = (id: string) => readEstate(stack.resources).domains.find((domain) => domain.id === id)?.within;
    expect(within(`region:${seoul}`)).toEqual(["operator:aws"]);
    expect(within("region:us-west-2")).toEqual([]);
  });
});

describe("zones by name", () => {
  const instance = (stack: StackBuilder, provider?: ReturnType<StackBuilder["awsProvider"]>) =>
    stack.add(
      "aws:ec2/instance:Instance",
      "web",
      { region: seoul, availabilityZone: `${seoul}a`, tags: tags(messenger) },
      provider === undefined ? {} : { provider },
    );

  it("take the id that a subnet shows for the name", () => {
    const stack = new StackBuilder();
    stack.add("aws:ec2/subnet:Subnet", "net", {
      region: seoul,
      availabilityZone: `${seoul}a`,
      availabilityZoneId: zones[0],
    });
    instance(stack);
    expect(places(service(readEstate(stack.resources), "messenger"))).toEqual(["zone:apne2-az1 active 1"]);
  });

  it("stand for themselves in one account and prove nothing in a stack of two", () => {
    const one = new StackBuilder();
    instance(one, one.awsProvider("a", seoul));
    expect(places(service(readEstate(one.resources), "messenger"))).toEqual([`zone:${seoul}a active 1`]);
    const two = new StackBuilder();
    const provider = two.add("pulumi:providers:aws", "a", { profile: "a" });
    two.add("pulumi:providers:aws", "b", { profile: "b" });
    const { urn } = instance(two, provider);
    expect(places(service(readEstate(two.resources), "messenger"))).toEqual([
      expect.stringContaining(`? ${urn}.availabilityZoneId (the zone name "ap-northeast-2a" is drawn anew`),
    ]);
  });
});

describe("stores", () => {
  it("read a table's replicas in other regions, and how they are kept alike", () => {
    const stack = new StackBuilder();
    stack.add("aws:dynamodb/table:Table", "messages", {
      region: seoul,
      replicas: [{ regionName: tokyo }, { regionName: seoul }],
      tags: tags({ service: "messages", tier: "critical" }),
    });
    const found = service(readEstate(stack.resources), "messages");
    expect(places(found)).toEqual([`region:${tokyo} active 1`, `region:${seoul} active 1`]);
    expect(found.replication).toEqual({
      mode: "asynchronous",
      rpoSeconds: { known: true, value: 1 },
      multiWriter: true,
    });
    expect(found.layer).toBe("store");
  });

  it("do not take two tables of one service for copies of each other", () => {
    const stack = new StackBuilder();
    for (const region of [seoul, tokyo]) {
      stack.add("aws:dynamodb/table:Table", `t-${region}`, { region, tags: tags({ service: "messages" }) });
    }
    const estate = readEstate(stack.resources);
    expect(estate.services.map(({ id, replicas }) => [id, replicas.length])).toEqual([
      [`messages/t-${tokyo}`, 1],
      [`messages/t-${seoul}`, 1],
    ]);
  });

  it("join buckets by replication, one way or both", () => {
    const buckets = (ways: number) => {
      const stack = new StackBuilder({ preview: true });
      const [a, b] = [seoul, tokyo].map((region) => stack.add("aws:s3/bucket:Bucket", `b-${region}`, { region })) as [
        never,
        never,
      ];
      for (const [from, to] of [
        [a, b],
        [b, a],
      ].slice(0, ways) as [never, never][]) {
        const rule: Value = {
          status: "Enabled",
          destination: { bucket: UNKNOWN, replicationTime: { status: "Enabled", time: { minutes: 15 } } },
        };
        const config = stack.add(
          "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
          `r-${stack.resources.length}`,
          {
            bucket: output(from),
            rules: [rule],
          },
        );
        stack.resources[stack.resources.indexOf(config)] = {
          ...config,
          propertyDependencies: { ...config.propertyDependencies, rules: [(to as { urn: string }).urn] },
        };
      }
      return readEstate(stack.resources).services;
    };
    expect(buckets(0)).toHaveLength(2);
    expect(buckets(1)).toHaveLength(1);
    expect(buckets(1)[0]?.replication).toMatchObject({
      mode: "asynchronous",
      rpoSeconds: { value: 900 },
      multiWriter: false,
    });
    expect(buckets(2)[0]?.replication).toMatchObject({ multiWriter: true });
  });

  it("place both halves of a Multi-AZ database in different zones", () => {
    const stack = new StackBuilder({ preview: true });
    const group = stack.add("aws:rds/subnetGroup:SubnetGroup", "db", {
      subnetIds: stack.subnets("net", seoul, zones).map((subnet) => output(subnet)),
    });
    const given = { region: seoul, dbSubnetGroupName: output(group, "name") };
    stack.add("aws:rds/instance:Instance", "two", { ...given, multiAz: true });
    stack.add("aws:rds/instance:Instance", "one", given);
    const estate = readEstate(stack.resources);
    expect(places(service(estate, "two"))).toEqual(["zone:apne2-az1 active 1", "zone:apne2-az2 standby 1"]);
    expect(service(estate, "two").replication?.mode).toBe("synchronous");
    expect(places(service(estate, "one"))).toEqual(["zone:apne2-az1 active 1"]);
    expect(service(estate, "one").replication?.mode).toBe("none");
  });

  it("join the clusters of a global database; the one that follows is a standby", () => {
    const stack = new StackBuilder({ preview: true });
    const global = stack.add("aws:rds/globalCluster:GlobalCluster", "orders", { globalClusterIdentifier: "orders" });
    const site = (region: string, zoneIds: readonly string[], more: object) => {
      const group = stack.add("aws:rds/subnetGroup:SubnetGroup", region, {
        subnetIds: stack.subnets(region, region, zoneIds).map((subnet) => output(subnet)),
      });
      const cluster = stack.add("aws:rds/cluster:Cluster", `orders-${region}`, {
        region,
        globalClusterIdentifier: output(global),
        dbSubnetGroupName: output(group, "name"),
        ...more,
      });
      for (const index of [0, 1]) {
        stack.add("aws:rds/clusterInstance:ClusterInstance", `orders-${region}-${index}`, {
          region,
          clusterIdentifier: output(cluster),
        });
      }
    };
    site(seoul, zones, { masterUsername: "admin" });
    site(tokyo, ["apne1-az1", "apne1-az2"], { masterUsername: null });
    const found = readEstate(stack.resources).services.find(({ layer }) => layer === "store");
    expect([...places(found as Service)].sort()).toEqual([
      "zone:apne1-az1 standby 1",
      "zone:apne1-az2 standby 1",
      "zone:apne2-az1 active 1",
      "zone:apne2-az2 standby 1",
    ]);
    expect(found?.replication).toMatchObject({ mode: "asynchronous", multiWriter: false });
    const following = found?.replicas.filter(({ startNeeds }) => startNeeds.length > 0);
    expect(following?.map(({ startNeeds }) => startNeeds)).toEqual(
      Array.from({ length: 2 }, () => [`controlPlane:rds/${tokyo}`]),
    );
  });
});

describe("backups", () => {
  const build = (locked: boolean) => {
    const stack = new StackBuilder();
    const table = stack.add(
      "aws:dynamodb/table:Table",
      "messages",
      { region: seoul, pointInTimeRecovery: { enabled: true } },
      { computed: { arn: "arn:aws:dynamodb:x:1:table/messages" } },
    );
    const vault = stack.add(
      "aws:backup/vault:Vault",
      "far",
      { region: tokyo, name: "far" },
      { computed: { arn: "arn:vault:far" } },
    );
    stack.add("aws:backup/vault:Vault", "near", { region: seoul, name: "near" });
    if (locked) {
      stack.add("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", {
        backupVaultName: output(vault, "name"),
        changeableForDays: 3,
      });
    }
    const copyActions = [{ destinationVaultArn: "arn:vault:far", lifecycle: { deleteAfter: 35 } }];
    const plan = stack.add("aws:backup/plan:Plan", "daily", {
      rules: [{ ruleName: "daily", targetVaultName: "near", schedule: "cron(0 5 ? * * *)", copyActions }],
    });
    stack.add("aws:backup/selection:Selection", "all", { planId: output(plan), resources: [output(table, "arn")] });
    return service(readEstate(stack.resources), "messages").backups;
  };

  it("stand in the vaults of the plan, the copied ones too, and are immutable where the vault is locked for good", () => {
    const [far, near, continuous] = ["far", "near", "messages"].map((name) =>
      build(true).find(({ urn }) => urn.endsWith(`::${name}`)),
    );
    expect(far).toMatchObject({
      placement: { value: [`region:${tokyo}`] },
      intervalSeconds: { value: 86_400 },
      retentionSeconds: { value: 35 * 86_400 },
      immutable: { value: true },
    });
    expect(near).toMatchObject({ placement: { value: [`region:${seoul}`] }, immutable: { value: false } });
    expect(continuous).toMatchObject({ intervalSeconds: { value: 300 }, immutable: { value: false } });
    expect(build(false).find(({ urn }) => urn.endsWith("::far"))).toMatchObject({ immutable: { value: false } });
  });
});

describe("third parties", () => {
  it("make a login that only vendors give depend on any one of them", () => {
    const stack = new StackBuilder();
    const pool = stack.add("aws:cognito/userPool:UserPool", "login", {
      region: seoul,
      tags: tags({ service: "login" }),
    });
    const provider = (providerName: string, providerDetails: Record<string, string>) =>
      stack.add("aws:cognito/identityProvider:IdentityProvider", providerName, {
        userPoolId: output(pool),
        providerName,
        providerDetails,
      });
    provider("Kakao", { oidc_issuer: "https://kauth.kakao.com" });
    provider("Apple", {});
    const before = readEstate(stack.resources);
    expect(service(before, "login").dependencies).toEqual([
      {
        anyOf: ["vendor:apple", "vendor:kakao.com"],
        strength: "hard",
        evidence: { urn: pool.urn, property: "supportedIdentityProviders" },
      },
    ]);
    expect(service(before, "vendor:apple")).toMatchObject({
      layer: "vendor",
      replicas: [{ placement: { value: ["vendor:apple"] } }],
    });
    stack.add("aws:cognito/userPoolClient:UserPoolClient", "app", {
      userPoolId: output(pool),
      supportedIdentityProviders: ["COGNITO", "Kakao"],
    });
    expect(service(readEstate(stack.resources), "login").dependencies).toEqual([]);
  });
});

describe("dependencies by edges", () => {
  it("need the key to start and the queue to serve, through the launch template", () => {
    const stack = new StackBuilder({ preview: true });
    const key = stack.add("aws:kms/key:Key", "disk", { region: seoul });
    const queue = stack.add("aws:sqs/queue:Queue", "intake", { region: seoul });
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      kmsKeyId: output(key, "arn"),
      userData: output(queue, "url"),
    });
    const subnets = stack.subnets("net", seoul, zones);
    stack.autoscalingGroup("web", seoul, subnets, 3, { service: "web" }, { launchTemplate: output(template) });
    expect(
      service(readEstate(stack.resources), "web").dependencies.map(({ anyOf, strength }) => [strength, ...anyOf]),
    ).toEqual([
      ["hard", "intake"],
      ["startup", "disk"],
    ]);
  });
});

describe("regions", () => {
  it("take operator, hazards and carriers from the site that describes them", () => {
    const stack = new StackBuilder();
    stack.site(cloud(seoul, 2, { hazards: ["peninsula"], carriers: ["kt"] }));
    stack.add("aws:sqs/queue:Queue", "intake", { region: seoul });
    stack.add("aws:sqs/queue:Queue", "other", { region: tokyo });
    const { domains } = readEstate(stack.resources);
    expect(domains).toContainEqual(
      expect.objectContaining({
        id: `region:${seoul}`,
        within: ["hazard:peninsula", "operator:aws"],
        suppliedBy: [["carrier:kt"]],
      }),
    );
    expect(domains).toContainEqual(expect.objectContaining({ id: `region:${tokyo}`, within: ["operator:aws"] }));
  });

  it("are the resource's own, else its provider's, else unknown", () => {
    const stack = new StackBuilder();
    stack.add("aws:sqs/queue:Queue", "a", {}, { provider: stack.awsProvider("p", tokyo) });
    const { urn } = stack.add("aws:sqs/queue:Queue", "b");
    const estate = readEstate(stack.resources);
    expect(places(service(estate, "a"))).toEqual([`region:${tokyo} active 1`]);
    expect(places(service(estate, "b"))).toEqual([`? ${urn}.region active 1`]);
  });
});
