import type { AwsServiceArgs } from "../../../components/service/args";
import { AwsService } from "../../../components/service/awsService";
import { codesIn, identity, networkOf, seoul } from "../../support/componentParts";
import { type Recording, record } from "../../support/pulumiMocks";

const image = "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/login@sha256:abc";
const args = (more: Partial<AwsServiceArgs> = {}): AwsServiceArgs => ({
  identity,
  site: seoul,
  network: networkOf(seoul),
  units: 15,
  container: { image },
  certificateArn: "arn:certificate",
  ...more,
});
const make = (more: Partial<AwsServiceArgs> = {}) => record(() => new AwsService("login-seoul", args(more)));

const ecsService = "aws:ecs/service:Service";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const listener = "aws:lb/listener:Listener";
const targetGroup = "aws:lb/targetGroup:TargetGroup";

/** Who may call whom on which port, as rules of groups say on both sides. */
function ways(made: Recording) {
  const of = (direction: "Ingress" | "Egress") =>
    made
      .ofType(`aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`)
      .map(({ inputs: rule }) => {
        const other = String(rule["referencedSecurityGroupId"] ?? rule["cidrIpv4"] ?? rule["prefixListId"]);
        const own = String(rule["securityGroupId"]);
        const [from, to] = direction === "Ingress" ? [other, own] : [own, other];
        return `${from} -> ${to}:${String(rule["fromPort"])}`;
      })
      .sort();
  return { ingress: of("Ingress"), egress: of("Egress") };
}

describe("AwsService", () => {
  let made: Recording;
  beforeAll(async () => {
    made = await make();
  }, 60_000);

  it("makes everything in the site's region", () => {
    const regional = made.resources.filter(({ custom, type }) => custom && !/^aws:(iam|route53)\//.test(type));
    expect(regional.length).toBeGreaterThan(20);
    expect(regional.filter(({ inputs }) => inputs["region"] !== "ap-northeast-2")).toEqual([]);
  });

  it("says whose it is, in characters that every service of AWS takes", () => {
    const tagged = made.resources.filter(({ inputs }) => inputs["tags"] !== undefined);
    expect(tagged.length).toBeGreaterThan(10);
    for (const { type, inputs } of tagged) {
      for (const value of Object.values(inputs["tags"] ?? {})) {
        expect([type, value]).toEqual([type, expect.stringMatching(/^[\p{L}\p{N} +\-=._:/@]*$/u)]);
      }
    }
    expect(made.one(ecsService, "login-seoul").inputs["tags"]).toMatchObject({
      "duplex:service": "login",
      "duplex:tier": "critical",
      "duplex:site": "seoul",
      "duplex:unit-rps": "100",
      "duplex:peak-rps": "1000",
    });
  });

  it("runs the planned tasks over all zones, and never fewer", () => {
    expect(made.one(ecsService, "login-seoul").inputs).toMatchObject({
      desiredCount: 15,
      launchType: "FARGATE",
      networkConfiguration: {
        subnets: seoul.zoneIds.map((zone) => `private-${zone}`),
        securityGroups: ["login-seoul-units-id"],
        assignPublicIp: false,
      },
    });
    expect(made.one("aws:appautoscaling/target:Target", "login-seoul").inputs).toMatchObject({
      minCapacity: 15,
      maxCapacity: 23,
    });
  });

  it("takes a deployment back by itself when tasks do not start, or answer with errors", () => {
    expect(made.one(ecsService, "login-seoul").inputs).toMatchObject({
      deploymentMinimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms: { enable: true, rollback: true, alarmNames: ["duplex-test-login-deployment"] },
    });
  });

  it("opens exactly the way from the internet to the units' port, on both sides of each hop", () => {
    const { ingress, egress } = ways(made);
    const hops = [
      "login-seoul-front-id -> login-seoul-balancer-id:443",
      "login-seoul-front-id -> login-seoul-balancer-id:80",
      "login-seoul-balancer-id -> login-seoul-units-id:8080",
      "login-seoul-units-id -> endpoints-seoul:443",
    ];
    expect(ingress).toEqual(
      [...hops, "0.0.0.0/0 -> login-seoul-front-id:443", "0.0.0.0/0 -> login-seoul-front-id:80"].sort(),
    );
    expect(egress).toEqual([...hops, "login-seoul-units-id -> s3-seoul:443"].sort());
  });

  it("speaks TLS 1.2 and newer, and HTTP only to send there", () => {
    expect(made.one(listener, "login-seoul-443").inputs).toMatchObject({
      protocol: "HTTPS",
      certificateArn: "arn:certificate",
      sslPolicy: expect.stringMatching(/TLS13-1-2/) as unknown,
      defaultActions: [{ type: "forward", targetGroupArn: "arn:login-seoul" }],
    });
    expect(made.one(listener, "login-seoul-80").inputs["defaultActions"]).toMatchObject([
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ]);
  });

  it("has a fixed address in each zone, in front of a load balancer that stands inside", () => {
    expect(made.one(balancer, "login-seoul").inputs).toMatchObject({
      internal: true,
      subnets: seoul.zoneIds.map((zone) => `private-${zone}`),
      enableDeletionProtection: true,
    });
    expect(made.one(balancer, "login-seoul-nlb").inputs).toMatchObject({
      loadBalancerType: "network",
      subnetMappings: seoul.zoneIds.map((zone) => ({
        subnetId: `public-${zone}`,
        allocationId: `login-seoul-${zone}-id`,
      })),
      securityGroups: ["login-seoul-front-id"],
      enableDeletionProtection: true,
    });
    for (const port of [80, 443]) {
      expect(
        made.one("aws:lb/targetGroupAttachment:TargetGroupAttachment", `login-seoul-${port}`).inputs,
      ).toMatchObject({
        targetGroupArn: `arn:login-seoul-${port}`,
        targetId: "arn:login-seoul",
        port,
      });
      expect(made.one(targetGroup, `login-seoul-${port}`).inputs).toMatchObject({
        targetType: "alb",
        healthCheck: { interval: 10, unhealthyThreshold: 2 },
      });
    }
  });

  it("asks a unit only about itself before it sends it requests", () => {
    expect(made.one(targetGroup, "login-seoul").inputs).toMatchObject({
      targetType: "ip",
      port: 8080,
      healthCheck: { path: "/healthz/ready", interval: 10, unhealthyThreshold: 2 },
    });
  });

  it("pulls, logs and is looked into by rights to exactly that", () => {
    const policy = (name: string) => made.one("aws:iam/rolePolicy:RolePolicy", `login-seoul-${name}`).inputs["policy"];
    expect(JSON.parse(String(policy("start-image")))).toMatchObject({
      Statement: [
        { Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
        { Resource: "arn:aws:ecr:ap-northeast-2:111122223333:repository/login" },
      ],
    });
    expect(JSON.parse(String(policy("start-output")))).toMatchObject({
      Statement: [{ Resource: "arn:login-seoul:*" }],
    });
    expect(policy("shell")).toContain("ssmmessages:OpenDataChannel");
    expect(made.one("aws:cloudwatch/logGroup:LogGroup", "login-seoul").inputs).toMatchObject({
      name: "/duplex/duplex/test/login-seoul",
      retentionInDays: 30,
    });
  });

  it("publishes what a policy sees of a component", () => {
    expect(made.published("duplex:service:AwsService", "login-seoul")).toMatchObject({
      service: "login",
      tier: "critical",
      sites: ["seoul"],
      dependsOn: ["keys", "?ads"],
    });
  });
});

describe("what units are given", () => {
  it("stands in the container's environment, and what is granted in the role", async () => {
    const made = await make({
      container: {
        image,
        command: ["serve"],
        environment: { LOG_LEVEL: "info" },
        secrets: { API_KEY: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:key-AbCdEf" },
      },
      grants: [{ name: "table", actions: ["dynamodb:GetItem"], resources: ["arn:table"] }],
      reaches: [{ name: "database", port: 5432, securityGroupId: "database" }],
    });
    const [container] = JSON.parse(
      String(made.one("aws:ecs/taskDefinition:TaskDefinition", "login-seoul").inputs["containerDefinitions"]),
    ) as [Record<string, unknown>];
    expect(container).toMatchObject({
      name: "login",
      image,
      command: ["serve"],
      portMappings: [{ containerPort: 8080, protocol: "tcp" }],
      environment: expect.arrayContaining([
        { name: "DUPLEX_REGION", value: "ap-northeast-2" },
        { name: "DUPLEX_SITE", value: "seoul" },
        { name: "LOG_LEVEL", value: "info" },
        { name: "PORT", value: "8080" },
      ]) as unknown,
      secrets: [{ name: "API_KEY", valueFrom: "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:key-AbCdEf" }],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/duplex/duplex/test/login-seoul" } },
    });
    const policy = (name: string) => String(made.one("aws:iam/rolePolicy:RolePolicy", name).inputs["policy"]);
    expect(JSON.parse(policy("login-seoul-table"))).toMatchObject({
      Statement: [{ Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: ["arn:table"] }],
    });
    expect(policy("login-seoul-start-secrets")).toContain("secret:key-AbCdEf");
    const { ingress, egress } = ways(made);
    expect(ingress).toContain("login-seoul-units-id -> database:5432");
    expect(egress).toContain("login-seoul-units-id -> database:5432");
  });
});

describe("kinds of services", () => {
  it("an internal one has no entrance, and a private name that the regions share", async () => {
    const privateNames = { zoneId: "Zprivate", names: [{ name: "login.internal.duplex.example", shared: true }] };
    const made = await make({ kind: "internal", privateNames });
    expect(made.ofType(balancer).map(({ name }) => name)).toEqual(["login-seoul"]);
    expect(made.ofType("aws:ec2/eip:Eip")).toEqual([]);
    expect(ways(made).ingress.filter((way) => way.includes("0.0.0.0/0"))).toEqual([]);
    expect(made.one("aws:route53/record:Record", "login-seoul-shared-name").inputs).toMatchObject({
      name: "login.internal.duplex.example",
      latencyRoutingPolicies: [{ region: "ap-northeast-2" }],
      aliases: [{ name: "login-seoul.elb.example", evaluateTargetHealth: true }],
    });
  });

  it("a worker has nothing that listens", async () => {
    const made = await make({ kind: "worker", certificateArn: undefined });
    for (const type of [balancer, targetGroup, listener, "aws:cloudwatch/metricAlarm:MetricAlarm"]) {
      expect(made.ofType(type)).toEqual([]);
    }
    const { inputs } = made.one(ecsService, "login-seoul");
    expect(inputs["loadBalancers"]).toBeUndefined();
    expect(
      made.one("aws:ecs/taskDefinition:TaskDefinition", "login-seoul").inputs["containerDefinitions"],
    ).not.toContain("portMappings");
    expect(ways(made)).toEqual({
      ingress: ["login-seoul-units-id -> endpoints-seoul:443"],
      egress: ["login-seoul-units-id -> endpoints-seoul:443", "login-seoul-units-id -> s3-seoul:443"],
    });
  });

  it("behind a load balancer that exists it adds a rule for its names, and makes none", async () => {
    const existing = {
      listenerArn: "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:listener/app/shared/50dc/f2f7",
      securityGroupId: "sg-shared",
      dnsName: "shared.elb.example",
      hostedZoneId: "ZELB",
      hosts: ["login.duplex.example"],
      priority: 7,
    };
    const made = await make({ balancer: existing, certificateArn: undefined });
    expect(made.ofType(balancer)).toEqual([]);
    expect(made.one("aws:lb/listenerRule:ListenerRule", "login-seoul").inputs).toMatchObject({
      listenerArn: existing.listenerArn,
      priority: 7,
      conditions: [{ hostHeader: { values: ["login.duplex.example"] } }],
    });
    expect(ways(made).ingress).toContain("sg-shared -> login-seoul-units-id:8080");
  });
});

describe("units as instances", () => {
  let made: Recording;
  beforeAll(async () => {
    const secrets = { API_KEY: "arn:secret" };
    made = await make({ compute: { on: "ec2", architecture: "arm64" }, container: { image, secrets } });
  }, 60_000);

  it("are never fewer than planned, over all zones", () => {
    expect(made.one("aws:autoscaling/group:Group", "login-seoul").inputs).toMatchObject({
      desiredCapacity: 15,
      minSize: 15,
      maxSize: 23,
      healthCheckType: "ELB",
      vpcZoneIdentifiers: seoul.zoneIds.map((zone) => `private-${zone}`),
      targetGroupArns: ["arn:login-seoul"],
      instanceRefresh: { preferences: { autoRollback: true, minHealthyPercentage: 100 } },
      tags: expect.arrayContaining([
        { key: "duplex:depends-on", value: "keys,?ads", propagateAtLaunch: true },
      ]) as unknown,
    });
    expect(made.one(targetGroup, "login-seoul").inputs).toMatchObject({ targetType: "instance" });
  });

  it("start by pulling the image of their own region, with a shell by Session Manager", () => {
    const { inputs } = made.one("aws:ec2/launchTemplate:LaunchTemplate", "login-seoul");
    expect(inputs).toMatchObject({ instanceType: "c7g.2xlarge", imageId: expect.stringContaining("arm64") as unknown });
    const script = Buffer.from(String(inputs["userData"]), "base64").toString("utf8");
    expect(script).toContain("aws ecr get-login-password --region ap-northeast-2");
    expect(script).toContain(
      `printf '%s=%s\\n' API_KEY "$(aws secretsmanager get-secret-value --region ap-northeast-2 --secret-id 'arn:secret'`,
    );
    expect(script).toMatch(/docker run .*--publish 8080:8080 .*'111122223333\.dkr\.ecr\..*@sha256:abc'/);
    expect(
      made.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "login-seoul-shell").inputs["policyArn"],
    ).toContain("AmazonSSMManagedInstanceCore");
  });
});

describe("units as executions of a function", () => {
  let made: Recording;
  beforeAll(async () => {
    made = await make({ compute: { on: "lambda", memoryMiB: 512, timeoutSeconds: 20, architecture: "x86_64" } });
  }, 60_000);

  it("are provisioned as planned, so that none starts when another site is lost", () => {
    const config = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
    expect(made.one(config, "login-seoul").inputs).toMatchObject({
      qualifier: "live",
      provisionedConcurrentExecutions: 15,
    });
    expect(made.one("aws:appautoscaling/target:Target", "login-seoul").inputs).toMatchObject({ minCapacity: 15 });
  });

  it("are called by the load balancer alone", () => {
    expect(made.one("aws:lambda/permission:Permission", "login-seoul").inputs).toMatchObject({
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: "arn:login-seoul",
      qualifier: "live",
    });
    expect(made.one("aws:lb/targetGroupAttachment:TargetGroupAttachment", "login-seoul").inputs["targetId"]).toBe(
      "arn:login-seoul",
    );
    expect(made.one(targetGroup, "login-seoul").inputs).toMatchObject({ targetType: "lambda" });
  });
});

describe("mistakes in the arguments of AwsService", () => {
  const { certificateArn: _, ...uncertified } = args();
  it.each<[string, Partial<AwsServiceArgs>, string, readonly string[]]>([
    ["no unit", { units: 0 }, "login-seoul", ["DPX203"]],
    ["one unit", { units: 1 }, "login-seoul", []],
    ["the most units", { units: 5000 }, "login-seoul", []],
    ["more than the most", { units: 5001 }, "login-seoul", ["DPX203"]],
    ["half a unit", { units: 1.5 }, "login-seoul", ["DPX203"]],
    ["a ceiling below the floor", { scaling: { most: 0.9, cpuShare: 0.6 } }, "login-seoul", ["DPX203"]],
    ["no share of the processor", { scaling: { most: 1, cpuShare: 0 } }, "login-seoul", ["DPX226"]],
    ["port 0", { port: 0 }, "login-seoul", ["DPX204"]],
    ["no certificate", { certificateArn: undefined }, "login-seoul", ["DPX227"]],
    [
      "a function that nobody calls",
      { kind: "worker", compute: { on: "lambda", memoryMiB: 512, timeoutSeconds: 3, architecture: "x86_64" } },
      "login-seoul",
      ["DPX228"],
    ],
    ["a way to nowhere", { reaches: [{ name: "x", port: 443 }] }, "login-seoul", ["DPX229"]],
    [
      "one zone",
      { network: { ...networkOf(seoul), zones: networkOf(seoul).zones.slice(0, 1) } },
      "login-seoul",
      ["DPX202"],
    ],
    ["a name of 20 characters", {}, "login-of-users-seoul", []],
    ["a name of 21 characters", {}, "login-of-people-seoul", ["DPX205"]],
    ["three mistakes", { units: -1, port: 70_000 }, "login-of-every-user-seoul", ["DPX203", "DPX204", "DPX205"]],
  ])("%s", async (_name, more, name, codes) => {
    let refused: readonly string[] = [];
    const complete = "certificateArn" in more ? { ...uncertified, ...more } : args(more);
    const made = await record(() => {
      try {
        new AwsService(name, complete);
      } catch (error) {
        refused = codesIn(error);
      }
    });
    expect([...new Set(refused)]).toEqual(codes);
    expect(made.resources.length > 0).toBe(codes.length === 0);
  });
});
