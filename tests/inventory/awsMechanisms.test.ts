/** What readers state of one mechanism: ways out, purchase options, accounts, quotas, aliases; and what is judged of it. */
import { readEstate } from "../../inventory";
import { vcpusOf } from "../../inventory/aws/quotas/quotas";
import { UNKNOWN, type Resource, type Value } from "../../inventory/resource";
import type { Fact } from "../../model";
import { judge } from "../../policies/judge";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const zones = ["apne2-az1", "apne2-az2", "apne2-az3"];
const web = { service: "web", tier: "critical" } as const;

function factsOf<K extends Fact["kind"]>(stack: StackBuilder, kind: K): readonly Extract<Fact, { kind: K }>[] {
  return readEstate(stack.resources).facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

function messages(stack: StackBuilder, policy: string): readonly string[] {
  const { findings } = judge(readEstate(stack.resources));
  return findings.filter((one) => one.policy === policy).map(({ level, message }) => `${level}: ${message}`);
}

describe.each([{ preview: true }, { preview: false }])("ways out (preview: $preview)", (mode) => {
  /** Three private subnets, each with a table whose default route leads to the gateway in the zone of this index. */
  function network(gatewayOfZone: readonly number[], given: Readonly<Record<string, string>> = {}): StackBuilder {
    const stack = new StackBuilder(mode);
    const outside = stack.subnets("public", seoul, zones);
    const inside = stack.subnets("private", seoul, zones);
    const gateways = new Map<number, Resource>();
    inside.forEach((subnet, index) => {
      const at = gatewayOfZone[index] ?? 0;
      const made = gateways.get(at) ?? stack.add("aws:ec2/natGateway:NatGateway", `nat-${at}`, { region: seoul, subnetId: output(outside[at] as Resource), ...given });
      gateways.set(at, made);
      const table = stack.add("aws:ec2/routeTable:RouteTable", `private-${index}`, { region: seoul });
      stack.add("aws:ec2/route:Route", `out-${index}`, { routeTableId: output(table), destinationCidrBlock: "0.0.0.0/0", natGatewayId: output(made) });
      stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", `private-${index}`, { subnetId: output(subnet), routeTableId: output(table) });
    });
    stack.autoscalingGroup("web", seoul, inside, 6, web);
    return stack;
  } // prettier-ignore

  it("names the one gateway, its zone, and the zones that hang on it", () => {
    const stack = network([0, 0, 0]);
    expect(factsOf(stack, "egress")).toEqual([
      expect.objectContaining({
        service: "web",
        placement: { known: true, value: ["zone:apne2-az1"] },
        zones: zones.map((zone) => `zone:${zone}`),
      }),
    ]);
    expect(messages(stack, "single-nat-gateway")).toEqual([
      expect.stringMatching(/^mandatory: .*when zone "apne2-az1" is lost.*through NAT gateway "nat-0" there: 0 %/),
    ]);
  });

  it("finds nothing where each zone leaves by its own, or by a regional one", () => {
    expect(messages(network([0, 1, 2]), "single-nat-gateway")).toEqual([]);
    expect(messages(network([0, 0, 0], { availabilityMode: "regional" }), "single-nat-gateway")).toEqual([]);
  });
});

it("reads routes inside of a table that is the network's main one", () => {
  const stack = new StackBuilder();
  const vpc = stack.add("aws:ec2/vpc:Vpc", "main");
  const subnets = zones.map((availabilityZoneId) =>
    stack.add("aws:ec2/subnet:Subnet", availabilityZoneId, { region: seoul, availabilityZoneId, vpcId: output(vpc) }),
  );
  stack.add("aws:ec2/natGateway:NatGateway", "nat", { region: seoul, subnetId: output(subnets[1] as Resource) });
  const table = stack.add("aws:ec2/routeTable:RouteTable", "main", {
    routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-id" }],
  });
  stack.add("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", {
    vpcId: output(vpc),
    routeTableId: output(table),
  });
  stack.autoscalingGroup("web", seoul, subnets, 3, web);
  expect(factsOf(stack, "egress").map(({ placement }) => placement)).toEqual([
    { known: true, value: ["zone:apne2-az2"] },
  ]);
});

describe("Spot", () => {
  const group = (units: number, given: Readonly<Record<string, Value>>) => {
    const stack = new StackBuilder();
    stack.autoscalingGroup("web", seoul, stack.subnets("web", seoul, zones), units, web, given);
    return stack;
  };
  const mixed = (base: number, percentage: number) => ({
    mixedInstancesPolicy: {
      instancesDistribution: { onDemandBaseCapacity: base, onDemandPercentageAboveBaseCapacity: percentage },
    },
  });
  const shares = (stack: StackBuilder) => factsOf(stack, "spot").map(({ share }) => share.known && share.value);

  it.each([
    [6, 0, 0, [1]],
    [6, 3, 0, [0.5]],
    [6, 0, 50, [0.5]],
    // 2.5 of 5 are on demand: rounded up in favour of on-demand, 3.
    [5, 0, 50, [0.4]],
    [6, 6, 0, []],
    [6, 0, 100, []],
  ])("gives of %d units, %d on demand at first and then %d %%, the share %p", (units, base, percentage, expected) => {
    expect(shares(group(units, mixed(base, percentage)))).toEqual(expected);
  });

  it("refuses a critical group of which every unit is Spot", () => {
    expect(messages(group(6, mixed(0, 0)), "spot-only-capacity")).toEqual([
      expect.stringMatching(/^mandatory: .*without Spot capacity, and 0 % is left: Spot gives 100 % of "web"/),
    ]);
  });

  it("reads a launch template's market, an instance's own and a node group's capacity type", () => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("web", seoul, zones);
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      instanceMarketOptions: { marketType: "spot" },
    });
    stack.autoscalingGroup("web", seoul, subnets, 3, web, { launchTemplate: { id: template.id } });
    stack.add("aws:ec2/instance:Instance", "one", { subnetId: "web-apne2-az1-id", instanceMarketOptions: { marketType: "spot" } });
    stack.add("aws:eks/nodeGroup:NodeGroup", "nodes", { subnetIds: ["web-apne2-az1-id"], capacityType: "SPOT", clusterName: "elsewhere" });
    expect(shares(stack)).toEqual([1, 1, 1]);
  }); // prettier-ignore

  it("follows a service's strategy, its cluster's default, and the group of a provider of one's own", () => {
    const stack = new StackBuilder();
    stack.subnets("web", seoul, zones);
    const cluster = stack.add("aws:ecs/cluster:Cluster", "shop");
    stack.add("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "shop", {
      clusterName: output(cluster),
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    });
    const spotGroup = stack.autoscalingGroup("nodes", seoul, stack.subnets("nodes", seoul, zones), 3, {}, mixed(0, 0));
    stack.add("aws:ecs/capacityProvider:CapacityProvider", "own", {
      name: "own",
      autoScalingGroupProvider: { autoScalingGroupArn: spotGroup.id },
    });
    const service = (name: string, given: Readonly<Record<string, Value>>) =>
      stack.add("aws:ecs/service:Service", name, {
        region: seoul,
        desiredCount: 4,
        networkConfiguration: { subnets: ["web-apne2-az1-id"] },
        ...given,
      });
    const spotAndBase = [
      { capacityProvider: "FARGATE", base: 2 },
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ];
    service("a-default", { cluster: cluster.id });
    service("b-half", { capacityProviderStrategies: spotAndBase });
    service("c-own", { capacityProviderStrategies: [{ capacityProvider: "own", weight: 1 }] });
    service("d-fargate", { launchType: "FARGATE", cluster: cluster.id });
    const found = factsOf(stack, "spot").map(({ urn, share }) => [urn.split("::").pop(), share.known && share.value]);
    expect(found).toEqual([["nodes", 1], ["a-default", 1], ["b-half", 0.5], ["c-own", 1]]);
  }); // prettier-ignore
});

describe.each([{ preview: true }, { preview: false }])("accounts (preview: $preview)", (mode) => {
  /** A table with a backup plan that copies to this vault, made with a role of account 111111111111. */
  function backedUp(copyTo: string, given: Readonly<Record<string, Value>> = {}): StackBuilder {
    const stack = new StackBuilder(mode);
    const role = { assumeRoles: [{ roleArn: "arn:aws:iam::111111111111:role/deploy" }] };
    const provider = stack.add("pulumi:providers:aws", "prod", { region: seoul, ...role, ...given });
    const data = { service: "accounts", tier: "critical" } as const;
    stack.add("aws:dynamodb/table:Table", "accounts", { name: "accounts", tags: tags(data) }, { provider });
    stack.add("aws:backup/vault:Vault", "near", { name: "near" }, { provider });
    const plan = stack.add("aws:backup/plan:Plan", "daily", {
      rules: [{ targetVaultName: "near", schedule: "rate(1 day)", copyActions: [{ destinationVaultArn: copyTo }] }],
    }, { provider });
    stack.add("aws:backup/selection:Selection", "accounts", { planId: output(plan), resources: ["accounts"] }, { provider });
    return stack;
  } // prettier-ignore

  const vaultIn = (account: string) => `arn:aws:backup:ap-northeast-1:${account}:backup-vault:far`;

  it("finds nothing where a copy goes to a vault of another account, and reads that vault's region", () => {
    const stack = backedUp(vaultIn("222222222222"));
    expect(messages(stack, "single-account")).toEqual([]);
    const accounts = readEstate(stack.resources).services.find(({ id }) => id === "accounts");
    expect(accounts?.backups.map(({ placement }) => placement)).toContainEqual({
      known: true,
      value: ["region:ap-northeast-1"],
    });
  });

  it("advises where the other region's vault is of the same account", () => {
    expect(messages(backedUp(vaultIn("111111111111")), "single-account")).toEqual([
      expect.stringMatching(/^advisory: .*are all in account "111111111111"/),
    ]);
  });

  it("advises where the vaults are made by the same stack with one login, before their ARNs are known", () => {
    const stack = backedUp(vaultIn("222222222222"));
    const [near] = stack.resources.filter(({ name }) => name === "near");
    const plan = stack.resources.findIndex(({ type }) => type === "aws:backup/plan:Plan");
    const rules: Value = [{ targetVaultName: UNKNOWN, copyActions: [{ destinationVaultArn: UNKNOWN }] }];
    stack.resources[plan] = {
      ...(stack.resources[plan] as Resource),
      properties: { rules },
      propertyDependencies: { rules: [near?.urn ?? ""] },
    };
    expect(messages(stack, "single-account")).toEqual([expect.stringMatching(/are all in account "111111111111"/)]);
  });

  it("does not know where the table's account has no number", () => {
    const stack = backedUp(vaultIn("222222222222"), { assumeRoles: null, profile: "prod" });
    expect(messages(stack, "single-account")).toEqual([expect.stringMatching(/allowedAccountIds is not known yet/)]);
  });
});

describe("names of Route 53", () => {
  /** A load balancer with a group behind it in each of two regions. */
  function balanced(): { readonly stack: StackBuilder; readonly balancers: readonly Resource[] } {
    const stack = new StackBuilder();
    const balancers = [seoul, "ap-northeast-1"].map((region) => {
      const subnets = stack.subnets(region, region, [`${region}-az1`, `${region}-az2`]);
      const { balancer, targets } = stack.loadBalancer(`web-${region}`, region, subnets, web);
      stack.autoscalingGroup(`web-${region}`, region, subnets, 2, web, { targetGroupArns: [output(targets, "arn")] });
      return balancer;
    });
    return { stack, balancers };
  }

  function alias(target: string | undefined, evaluateTargetHealth: boolean, given: Readonly<Record<string, Value>>) {
    return {
      zoneId: "Z1",
      name: "web.example",
      type: "A",
      aliases: [{ name: target, zoneId: "ZELB", evaluateTargetHealth }],
      ...given,
    };
  }

  const address = (balancer: Resource | undefined) => balancer?.properties["dnsName"] as string;
  const weighted = (id: string) => ({ setIdentifier: id, weightedRoutingPolicies: [{ weight: 1 }] });
  const failover = (type: string) => ({ setIdentifier: type, failoverRoutingPolicies: [{ type }] });
  const record = "aws:route53/record:Record";
  const blind = (stack: StackBuilder) => messages(stack, "alias-without-target-health");

  it("refuses a failover's primary that never gives way, and not its secondary", () => {
    const { stack, balancers } = balanced();
    stack.add(record, "primary", alias(address(balancers[0]), false, failover("PRIMARY")));
    stack.add(record, "secondary", alias(address(balancers[1]), false, failover("SECONDARY")));
    expect(blind(stack)).toEqual([
      expect.stringMatching(/^mandatory: .*and "primary" does not and has no health check/),
    ]);
  });

  it("finds nothing where each alias follows its target, or is the only answer of its name", () => {
    const followed = balanced();
    followed.balancers.forEach((balancer, index) =>
      followed.stack.add(record, `web-${index}`, alias(address(balancer), true, weighted(`${index}`))),
    );
    expect(blind(followed.stack)).toEqual([]);
    const alone = balanced();
    alone.stack.add(record, "web", alias(address(alone.balancers[0]), false, {}));
    expect(blind(alone.stack)).toEqual([]);
  });

  it("refuses the only answer of a name by whose health another name goes, and leads on through that name", () => {
    const { stack, balancers } = balanced();
    balancers.forEach((balancer, index) => {
      const inner = `web-${index}.example`;
      stack.add(record, `inner-${index}`, alias(address(balancer), index > 0, { name: inner }));
      stack.add(record, `outer-${index}`, alias(inner, true, weighted(`${index}`)));
    });
    expect(blind(stack)).toEqual([expect.stringMatching(/aliases of "web-0\.example" .*and "inner-0" does not/)]);
    const routes = readEstate(stack.resources).services.flatMap((service) => service.routes);
    const outer = routes.find(({ name }) => name === "web.example");
    expect(outer?.targets.map(({ replicas }) => replicas.length)).toEqual([2, 2]);
  });

  describe("with a disabled health check", () => {
    function checked(changes: readonly Readonly<Record<string, Value>>[], follows = false): StackBuilder {
      const { stack, balancers } = balanced();
      balancers.forEach((balancer, index) => {
        const check = stack.add("aws:route53/healthCheck:HealthCheck", `check-${index}`, {
          type: "HTTPS",
          resourcePath: "/healthz/deep",
          requestInterval: 10,
          ...changes[index],
        });
        const given: Readonly<Record<string, Value>> = { ...weighted(`${index}`), healthCheckId: check.id };
        stack.add(record, `web-${index}`, alias(address(balancer), follows, given));
      });
      return stack;
    }

    it.each([false, true])("is refused as one without any (the alias follows its target: %p)", (follows) => {
      expect(messages(checked([{}, {}], follows), "dns-health-check")).toEqual([]);
      expect(messages(checked([{}, { disabled: true }], follows), "dns-health-check")).toEqual([
        expect.stringMatching(
          /^mandatory: .*1 of the 2 answers of "web\.example" have no health check that is on and judges them: "web-1" \(health check "check-1" is switched off\)/,
        ),
      ]);
    });

    it("is refused where every child of a calculated one is disabled, and not where one is left", () => {
      const calculated = (children: readonly boolean[]) => {
        const stack = checked([{}, { type: "CALCULATED", childHealthchecks: children.map((_, at) => `child-${at}-id`) }]);
        children.forEach((disabled, at) => stack.add("aws:route53/healthCheck:HealthCheck", `child-${at}`, { type: "HTTPS", disabled }));
        return messages(stack, "dns-health-check");
      };
      expect(calculated([true, true])).toEqual([expect.stringMatching(/^mandatory: .*"web-1"/)]);
      expect(calculated([true, false])).toEqual([]);
    }); // prettier-ignore
  });
});

describe("quotas", () => {
  it.each([
    ["m7g.medium", 1],
    ["m7g.large", 2],
    ["c7i.xlarge", 4],
    ["r7g.12xlarge", 48],
    ["t3.micro", 2],
    ["t2.micro", 1],
    ["m7g.metal", undefined],
    ["p5.48xlarge", undefined],
  ])("counts %s as %p vCPUs of the standard families", (type, vcpus) => {
    expect(vcpusOf(type)).toBe(vcpus);
  });

  it("adds up what a region runs, and what the other region's loss asks of it", () => {
    const stackWith = (value: number) => {
      const stack = new StackBuilder();
      const words = { ...web, peakRps: 400, unitRps: 100 };
      const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", { instanceType: "m7g.xlarge" });
      for (const region of [seoul, "ap-northeast-1"]) {
        const subnets = stack.subnets(region, region, [`${region}-az1`, `${region}-az2`]);
        stack.autoscalingGroup(`web-${region}`, region, subnets, 2, words, { launchTemplate: { id: template.id } });
      }
      const quota = { serviceCode: "ec2", quotaCode: "L-1216C47A", region: seoul, value };
      stack.add("aws:servicequotas/serviceQuota:ServiceQuota", "vcpus", quota);
      return stack;
    };
    // Two units of 4 vCPUs run; with Tokyo lost, four carry the peak.
    expect(messages(stackWith(16), "quota-below-peak")).toEqual([]);
    expect(messages(stackWith(15), "quota-below-peak")).toEqual([
      expect.stringMatching(/^mandatory: .*16 vCPUs when region "ap-northeast-1" is lost, and quota "vcpus" admits 15/),
    ]);
  });
});
