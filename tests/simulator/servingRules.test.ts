/** What the cloud refuses of what stands between a client and a unit. */
import { list, object, text, type Properties } from "../../simulator/engine/values";
import { startProvider, urnOf, type Answer, type Harness } from "./support/harness";

let aws: Harness;
let made = 0;

beforeEach(async () => {
  aws = await startProvider("aws");
});
afterEach(() => aws.stop());

/** Checks, as the engine does, then creates. */
async function make(type: string, given: Properties): Promise<Answer & { readonly arn: string }> {
  const [module = "", name = ""] = type.split("/");
  const token = `aws:${module}/${name.slice(0, 1).toLowerCase()}${name.slice(1)}:${name}`;
  const urn = urnOf(token, `x${(made += 1)}`);
  const { inputs, failures } = await aws.check(urn, given);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  const answer = await aws.create(urn, inputs);
  return { ...answer, arn: text(answer.state["arn"]) ?? "" };
}

/** A network with a subnet in each of two zones, and a security group. */
async function network(range: string, more: Properties = {}, zones = ["apne2-az1", "apne2-az2"]) {
  const vpc = await make("ec2/Vpc", { cidrBlock: `${range}.0.0/16`, ...more });
  const region: Properties = more["region"] === undefined ? {} : { region: more["region"] };
  const subnets: string[] = [];
  for (const [index, availabilityZoneId] of zones.entries()) {
    const subnet = { ...region, vpcId: vpc.id, cidrBlock: `${range}.${index}.0/24`, availabilityZoneId };
    subnets.push((await make("ec2/Subnet", subnet)).id);
  }
  const group = await make("ec2/SecurityGroup", { ...region, vpcId: vpc.id });
  return { vpc: vpc.id, subnets, group: group.id };
}

async function balanced(protocol = "HTTP") {
  const { vpc, subnets, group } = await network("10.1");
  const balancer = await make("lb/LoadBalancer", { subnets, securityGroups: [group] });
  const targets = await make("lb/TargetGroup", { vpcId: vpc, port: 8080, protocol: "HTTP", targetType: "ip" });
  const listen = (more: Properties = {}) =>
    make("lb/Listener", {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol,
      defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
      ...more,
    });
  return { vpc, subnets, group, balancer, targets, listen };
}

describe("certificates", () => {
  const issue = async (region: string) =>
    make("acm/Certificate", { region, domainName: "*.example.com", validationMethod: "DNS" });
  const proofOf = ({ state }: Answer) => object(list(state["domainValidationOptions"])[0]);
  const prove = async (certificate: Answer) => {
    const zone = await make("route53/Zone", { name: "example.com" });
    const { resourceRecordName, resourceRecordValue } = proofOf(certificate);
    const record = { zoneId: zone.id, name: resourceRecordName ?? "", type: "CNAME", ttl: 60 };
    await make("route53/Record", { ...record, records: [resourceRecordValue ?? ""] });
  };

  test("is issued once its record is there, and a listener takes no other", async () => {
    const { listen } = await balanced("HTTPS");
    const certificate = await issue("ap-northeast-2");
    await expect(listen({ certificateArn: certificate.arn })).rejects.toThrow(/UnsupportedCertificate.*DPX504/);
    await expect(make("acm/CertificateValidation", { certificateArn: certificate.arn })).rejects.toThrow(
      /PENDING_VALIDATION.*DPX504/,
    );
    await prove(certificate);
    const validated = await make("acm/CertificateValidation", { certificateArn: certificate.arn });
    await listen({ certificateArn: validated.state["certificateArn"] ?? "" });
  });

  test("of another region is none for a listener", async () => {
    const { listen } = await balanced("HTTPS");
    const certificate = await issue("ap-northeast-1");
    await expect(listen({ certificateArn: certificate.arn })).rejects.toThrow(
      /stands in ap-northeast-1, and takes one of ap-northeast-2 only.*DPX508/,
    );
  });

  test("of every region is proven by the same record", async () => {
    const [seoul, tokyo] = [await issue("ap-northeast-2"), await issue("ap-northeast-1")];
    expect(proofOf(seoul)).toEqual(proofOf(tokyo));
    await prove(seoul);
    await make("acm/CertificateValidation", { region: "ap-northeast-1", certificateArn: tokyo.arn });
  });

  test.each([
    [{ domainName: "no domain" }, /is no domain name/],
    [{ domainName: `${"a".repeat(60)}.example.com` }, /at most 64 characters/],
    [
      {
        domainName: "a.example.com",
        subjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `b${i}.example.com`),
      },
      /at most 10 names/,
    ],
  ])("refuses %j", async (inputs, reason) => {
    await expect(make("acm/Certificate", { validationMethod: "DNS", ...inputs })).rejects.toThrow(reason);
  });
});

describe("balancers", () => {
  test("listen by the protocols of their type", async () => {
    const { listen } = await balanced("TCP");
    await expect(listen()).rejects.toThrow(/type application listens by HTTP, HTTPS, and not by TCP.*DPX504/);
  });

  test("share no target group", async () => {
    const { subnets, group, listen } = await balanced();
    await listen();
    const other = await make("lb/LoadBalancer", { subnets, securityGroups: [group] });
    await expect(listen({ loadBalancerArn: other.arn })).rejects.toThrow(/TargetGroupAssociationLimit.*DPX510/);
  });

  test("take targets and security groups of their own network", async () => {
    const { listen } = await balanced();
    const other = await network("10.2");
    const foreign = await make("lb/TargetGroup", { vpcId: other.vpc, port: 80, protocol: "HTTP" });
    const defaultActions = [{ type: "forward", targetGroupArn: foreign.arn }];
    await expect(listen({ defaultActions })).rejects.toThrow(/stands in another network.*DPX504/);
    const third = await network("10.3");
    const mixed = make("lb/LoadBalancer", { subnets: third.subnets, securityGroups: [other.group] });
    await expect(mixed).rejects.toThrow(/one network.*DPX504/);
  });

  test("are a target only behind a listener on the group's port", async () => {
    const { vpc, balancer, listen } = await balanced();
    const front = await make("lb/TargetGroup", { vpcId: vpc, port: 443, protocol: "TCP", targetType: "alb" });
    const attach = () =>
      make("lb/TargetGroupAttachment", { targetGroupArn: front.arn, targetId: balancer.arn, port: 443 });
    await expect(attach()).rejects.toThrow(/has no listener on port 443.*DPX504/);
    await listen();
    await attach();
  });

  test("hold an address alone", async () => {
    const { subnets } = await network("10.1");
    const address = await make("ec2/Eip", { domain: "vpc" });
    const subnetMappings = [{ subnetId: subnets[0] ?? "", allocationId: address.id }];
    await make("lb/LoadBalancer", { loadBalancerType: "network", subnetMappings });
    await expect(make("lb/LoadBalancer", { loadBalancerType: "network", subnetMappings })).rejects.toThrow(/DPX507/);
  });
});

describe("services of ECS", () => {
  const task = (port: number, more: Properties = {}) =>
    make("ecs/TaskDefinition", {
      family: "web",
      networkMode: "awsvpc",
      containerDefinitions: JSON.stringify([{ name: "web", image: "web:1", portMappings: [{ containerPort: port }] }]),
      ...more,
    });
  const serve = async (parts: Awaited<ReturnType<typeof balanced>>, definition: Answer, more: Properties = {}) =>
    make("ecs/Service", {
      taskDefinition: definition.id,
      networkConfiguration: { subnets: parts.subnets, securityGroups: [parts.group] },
      loadBalancers: [{ targetGroupArn: parts.targets.arn, containerName: "web", containerPort: 8080 }],
      ...more,
    });

  test("need the listener first, and a container with the port", async () => {
    const parts = await balanced();
    await expect(serve(parts, await task(8080))).rejects.toThrow(/does not have an associated load balancer.*DPX504/);
    await parts.listen();
    await expect(serve(parts, await task(9090))).rejects.toThrow(/no containerPort 8080.*DPX504/);
    await serve(parts, await task(8080));
  });

  test("take targets by address in their own network", async () => {
    const parts = await balanced();
    const instances = await make("lb/TargetGroup", { vpcId: parts.vpc, port: 80, protocol: "HTTP" });
    await parts.listen({ defaultActions: [{ type: "forward", targetGroupArn: instances.arn }] });
    const loadBalancers = [{ targetGroupArn: instances.arn, containerName: "web", containerPort: 8080 }];
    await expect(serve(parts, await task(8080), { loadBalancers })).rejects.toThrow(/must be of type ip.*DPX504/);
    const other = await network("10.4");
    const elsewhere = { subnets: parts.subnets, securityGroups: [other.group] };
    await expect(serve(parts, await task(8080), { networkConfiguration: elsewhere })).rejects.toThrow(/one network/);
  });

  const fargate = { requiresCompatibilities: ["FARGATE"], cpu: "1024", memory: "2048" };
  test("on Fargate take a size of the table", async () => {
    expect((await task(8080, fargate)).id).not.toBe("");
  });

  test.each<[Properties, RegExp]>([
    [{ memory: "1024" }, /memory must be from 2048 to 8192/],
    [{ memory: "2500" }, /memory must be from 2048 to 8192 in steps of 1024/],
    [{ cpu: "1000" }, /cpu must be one of 256, 512/],
    [{ networkMode: "bridge" }, /awsvpc/],
  ])("on Fargate take no other: %j", async (more, reason) => {
    await expect(task(8080, { ...fargate, ...more })).rejects.toThrow(reason);
  });

  test("on Fargate need a role that pulls, logs and reads secrets", async () => {
    const container = { name: "web", image: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web:1" };
    const containerDefinitions = JSON.stringify([container]);
    await expect(task(8080, { ...fargate, containerDefinitions })).rejects.toThrow(/executionRoleArn is required/);
  });

  test("are scaled only where they exist", async () => {
    const scale = (resourceId: string) =>
      make("appautoscaling/Target", {
        serviceNamespace: "ecs",
        scalableDimension: "ecs:service:DesiredCount",
        resourceId,
        minCapacity: 2,
        maxCapacity: 4,
      });
    await expect(scale("service/default/web")).rejects.toThrow(/there is no aws:ecs\/service.*DPX508/);
    const service = await make("ecs/Service", { name: "web", taskDefinition: (await task(8080)).id });
    expect(service.arn).toMatch(/service\/default\/web$/);
    await scale("service/default/web");
    await expect(scale("service/default/web")).rejects.toThrow(/DPX507/);
  });
});

describe("ways out of a network", () => {
  test("an endpoint with private names needs names in the network, one subnet a zone, and stands alone", async () => {
    const endpoint = (parts: Awaited<ReturnType<typeof network>>, subnetIds = parts.subnets) =>
      make("ec2/VpcEndpoint", {
        vpcId: parts.vpc,
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.ap-northeast-2.logs",
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [parts.group],
      });
    await expect(endpoint(await network("10.1"))).rejects.toThrow(/enableDnsHostnames.*DPX504/);
    const named = await network("10.2", { enableDnsHostnames: true });
    await endpoint(named);
    await expect(endpoint(named)).rejects.toThrow(/DPX507/);
    const crowded = await network("10.3", { enableDnsHostnames: true }, ["apne2-az1", "apne2-az1"]);
    await expect(endpoint(crowded)).rejects.toThrow(/DuplicateSubnetsInSameZone.*DPX504/);
  });

  test.each([
    [{ serviceName: "com.amazonaws.ap-northeast-1.s3" }, /must be a service of ap-northeast-2/],
    [{ serviceName: "com.amazonaws.ap-northeast-2.logs" }, /Give Interface/],
    [{ vpcEndpointType: "Interface" }, /subnetIds is required/],
  ])("an endpoint may not say %j", async (more, reason) => {
    const { vpc } = await network("10.1");
    const inputs = { vpcId: vpc, serviceName: "com.amazonaws.ap-northeast-2.s3", ...more };
    await expect(make("ec2/VpcEndpoint", inputs)).rejects.toThrow(reason);
  });

  test("networks of overlapping ranges cannot be peered, and the other region accepts", async () => {
    const seoul = await network("10.1");
    const zones = ["apne1-az1", "apne1-az2"];
    const peer = (peerVpcId: string) =>
      make("ec2/VpcPeeringConnection", { vpcId: seoul.vpc, peerVpcId, peerRegion: "ap-northeast-1" });
    const same = await network("10.1", { region: "ap-northeast-1" }, zones);
    await expect(peer(same.vpc)).rejects.toThrow(/overlap and cannot be peered.*DPX509/);
    const tokyo = await network("10.2", { region: "ap-northeast-1" }, zones);
    const connection = await peer(tokyo.vpc);
    const accept = (region: string) =>
      make("ec2/VpcPeeringConnectionAccepter", { region, vpcPeeringConnectionId: connection.id, autoAccept: true });
    await expect(accept("ap-northeast-2")).rejects.toThrow(/is accepted in ap-northeast-1.*DPX504/);
    await accept("ap-northeast-1");
  });

  test("a rule names a group of its own network", async () => {
    const [one, other] = [await network("10.1"), await network("10.2")];
    const inputs = {
      securityGroupId: one.group,
      referencedSecurityGroupId: other.group,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    };
    await expect(make("vpc/SecurityGroupIngressRule", inputs)).rejects.toThrow(/is not peered.*DPX504/);
    await make("ec2/VpcPeeringConnection", { vpcId: one.vpc, peerVpcId: other.vpc, autoAccept: true });
    await make("vpc/SecurityGroupIngressRule", inputs);
  });

  test("a private zone's network may stand in another region, and has one zone of a name", async () => {
    const tokyo = await network("10.2", { region: "ap-northeast-1" }, ["apne1-az1", "apne1-az2"]);
    const zone = (vpcRegion: string) =>
      make("route53/Zone", { name: "internal.example.com", vpcs: [{ vpcId: tokyo.vpc, vpcRegion }] });
    await expect(zone("ap-northeast-2")).rejects.toThrow(/DPX508/);
    await zone("ap-northeast-1");
    await expect(zone("ap-northeast-1")).rejects.toThrow(/DPX507/);
  });
});

test("an alarm tells topics of its own region", async () => {
  const topic = await make("sns/Topic", { region: "ap-northeast-1" });
  const alarm = {
    comparisonOperator: "LessThanThreshold",
    evaluationPeriods: 1,
    metricName: "HealthCheckStatus",
    namespace: "AWS/Route53",
    period: 60,
    statistic: "Minimum",
    threshold: 1,
    alarmActions: [topic.arn],
  };
  await expect(make("cloudwatch/MetricAlarm", alarm)).rejects.toThrow(/must name topics of ap-northeast-2/);
  await make("cloudwatch/MetricAlarm", { ...alarm, region: "ap-northeast-1" });
});

test("a function takes an image of its own region, and a caller its alias", async () => {
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const role = await make("iam/Role", { assumeRolePolicy: trust });
  const image = (region: string) => `111122223333.dkr.ecr.${region}.amazonaws.com/web:1`;
  const define = (imageUri: string) => make("lambda/Function", { packageType: "Image", role: role.arn, imageUri });
  await expect(define(image("ap-northeast-1"))).rejects.toThrow(/must name a registry of ap-northeast-2/);
  const made = await define(image("ap-northeast-2"));
  const permit = () =>
    make("lambda/Permission", {
      action: "lambda:InvokeFunction",
      function: made.id,
      qualifier: "live",
      principal: "x.amazonaws.com",
    });
  await expect(permit()).rejects.toThrow(/has no alias live.*DPX508/);
  await make("lambda/Alias", { name: "live", functionName: made.id, functionVersion: "1" });
  await permit();
});

describe("gateways", () => {
  const listener = {
    name: "https",
    port: 443,
    protocol: "HTTPS",
    hostname: "a.example.com",
    tls: { certificateRefs: [{ name: "a" }] },
  };
  test.each([
    [[listener, { ...listener, hostname: "b.example.com" }], /stands twice in the gateway/],
    [[listener, { ...listener, name: "other" }], /of another listener/],
    [[{ ...listener, port: 0 }], /from 1 to 65535/],
    [[{ ...listener, protocol: "HTTP" }], /may not be given with protocol HTTP/],
    [[{ ...listener, protocol: "QUIC" }], /must be one of HTTP, HTTPS/],
  ])("may not have the listeners %j", async (listeners, reason) => {
    const cluster = await startProvider("kubernetes");
    try {
      const inputs = { metadata: { namespace: "default" }, spec: { gatewayClassName: "edge", listeners } };
      const { failures } = await cluster.check(urnOf("kubernetes:gateway.networking.k8s.io/v1:Gateway", "g"), inputs);
      expect(failures.join("\n")).toMatch(reason);
    } finally {
      await cluster.stop();
    }
  });
});
