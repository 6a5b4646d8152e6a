/** What stands between a client and a unit: certificates, ways out of a network, targets, callers, scaling. */
import { list, object } from "../../../simulator/engine/values";
import type { Examples } from "./example";
import type { Json } from "./harness";

const tags = { tags: { owner: "platform" } };
const allReplaced = { none: "every change makes a new object" } as const;
const region = "ap-northeast-2";

const first = (certificate: Json): Json => object(list(certificate["domainValidationOptions"])[0]);

const certificates: Examples = {
  certificate: {
    token: "aws:acm/certificate:Certificate",
    inputs: () => ({ domainName: "*.example.com", validationMethod: "DNS" }),
    change: tags,
    mistake: { inputs: { validationMethod: "PHONE" }, property: "validationMethod" },
  },
  certificateRecord: {
    token: "aws:route53/record:Record",
    inputs: async (of) => {
      const option = first(await of("certificate"));
      return {
        zoneId: (await of("zone"))["zoneId"] ?? "",
        name: option["resourceRecordName"] ?? "",
        type: "CNAME",
        ttl: 300,
        records: [option["resourceRecordValue"] ?? ""],
      };
    },
    change: { ttl: 600 },
    mistake: { inputs: { type: "NAME" }, property: "type" },
  },
  certificateValidation: {
    token: "aws:acm/certificateValidation:CertificateValidation",
    inputs: async (of) => ({
      validationRecordFqdns: [(await of("certificateRecord"))["fqdn"] ?? ""],
      certificateArn: (await of("certificate"))["arn"] ?? "",
    }),
    change: allReplaced,
    mistake: { inputs: { certificateArn: 1 }, property: "certificateArn" },
  },
};

const ways: Examples = {
  endpointNetwork: {
    token: "aws:ec2/vpc:Vpc",
    inputs: () => ({ cidrBlock: "10.8.0.0/16", enableDnsHostnames: true }),
    change: tags,
    mistake: { inputs: { instanceTenancy: "shared" }, property: "instanceTenancy" },
  },
  vpcEndpoint: {
    token: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs: async (of) => ({
      vpcId: (await of("endpointNetwork"))["id"] ?? "",
      serviceName: `com.amazonaws.${region}.s3`,
    }),
    change: { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
    mistake: { inputs: { serviceName: `com.amazonaws.${region}.sqs` }, property: "vpcEndpointType" },
  },
  peering: {
    token: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    inputs: async (of) => ({
      vpcId: (await of("vpc"))["id"] ?? "",
      peerVpcId: (await of("endpointNetwork"))["id"] ?? "",
      peerRegion: region,
    }),
    change: tags,
    mistake: { inputs: { autoAccept: true }, property: "autoAccept" },
  },
  peeringAccepter: {
    token: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    inputs: async (of) => ({ vpcPeeringConnectionId: (await of("peering"))["id"] ?? "", autoAccept: true }),
    change: tags,
    mistake: { inputs: { autoAccept: false }, property: "autoAccept" },
  },
};

const targets: Examples = {
  frontBalancer: {
    token: "aws:lb/loadBalancer:LoadBalancer",
    inputs: async (of) => ({
      loadBalancerType: "network",
      subnetMappings: [
        { subnetId: (await of("subnet"))["id"] ?? "", allocationId: (await of("eip"))["allocationId"] ?? "" },
      ],
    }),
    change: { enableCrossZoneLoadBalancing: true },
    mistake: { inputs: { internal: true }, property: "subnetMappings" },
  },
  frontGroup: {
    token: "aws:lb/targetGroup:TargetGroup",
    inputs: async (of) => ({ port: 80, protocol: "TCP", targetType: "alb", vpcId: (await of("vpc"))["id"] ?? "" }),
    change: tags,
    mistake: { inputs: { protocol: "TLS" }, property: "protocol" },
  },
  targetGroupAttachment: {
    token: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    inputs: async (of) => {
      await of("listener");
      return {
        targetGroupArn: (await of("frontGroup"))["arn"] ?? "",
        targetId: (await of("loadBalancer"))["arn"] ?? "",
        port: 80,
      };
    },
    change: allReplaced,
    mistake: { inputs: { port: "80" }, property: "port" },
  },
  listenerRule: {
    token: "aws:lb/listenerRule:ListenerRule",
    inputs: async (of) => ({
      listenerArn: (await of("listener"))["arn"] ?? "",
      priority: 10,
      actions: [{ type: "forward", targetGroupArn: (await of("targetGroup"))["arn"] ?? "" }],
      conditions: [{ hostHeader: { values: ["login.example.com"] } }],
    }),
    change: { priority: 20 },
    mistake: { inputs: { priority: 50_001 }, property: "priority" },
  },
};

const functions: Examples = {
  lambdaAlias: {
    token: "aws:lambda/alias:Alias",
    inputs: async (of) => ({ name: "live", functionName: (await of("lambda"))["name"] ?? "", functionVersion: "1" }),
    change: { functionVersion: "2" },
    mistake: { inputs: { functionVersion: "newest" }, property: "functionVersion" },
  },
  lambdaPermission: {
    token: "aws:lambda/permission:Permission",
    inputs: async (of) => ({
      action: "lambda:InvokeFunction",
      function: (await of("lambda"))["name"] ?? "",
      principal: "elasticloadbalancing.amazonaws.com",
    }),
    change: allReplaced,
    mistake: { inputs: { action: "invoke" }, property: "action" },
  },
  provisionedConcurrency: {
    token: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    inputs: async (of) => ({
      functionName: (await of("lambda"))["name"] ?? "",
      qualifier: "live",
      provisionedConcurrentExecutions: 5,
    }),
    change: { provisionedConcurrentExecutions: 6 },
    mistake: { inputs: { qualifier: "$LATEST" }, property: "qualifier" },
  },
  lambdaInvocation: {
    token: "aws:lambda/invocation:Invocation",
    inputs: async (of) => ({ functionName: (await of("lambda"))["name"] ?? "", input: "{}" }),
    change: { lifecycleScope: "CRUD" },
    mistake: { inputs: { input: "{" }, property: "input" },
  },
};

const service = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };

const scaling: Examples = {
  scalableTarget: {
    token: "aws:appautoscaling/target:Target",
    inputs: async (of) => {
      const arn = (await of("ecsService"))["arn"];
      return {
        ...service,
        resourceId: typeof arn === "string" ? (arn.split(":").pop() ?? "") : "",
        minCapacity: 2,
        maxCapacity: 4,
      };
    },
    change: { maxCapacity: 6 },
    mistake: { inputs: { maxCapacity: 1 }, property: "maxCapacity" },
  },
  scalablePolicy: {
    token: "aws:appautoscaling/policy:Policy",
    inputs: async (of) => ({
      ...service,
      resourceId: (await of("scalableTarget"))["resourceId"] ?? "",
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 60,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      },
    }),
    change: {
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 50,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
      },
    },
    mistake: { inputs: { policyType: "Guess" }, property: "policyType" },
  },
  serviceQuota: {
    token: "aws:servicequotas/serviceQuota:ServiceQuota",
    inputs: () => ({ serviceCode: "fargate", quotaCode: "L-3032A538", value: 600 }),
    change: { value: 900 },
    mistake: { inputs: { value: 1 }, property: "value" },
  },
};

const identities: Examples = {
  openIdConnectProvider: {
    token: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: () => ({ url: "https://oidc.example.com/cluster", clientIdLists: ["sts.amazonaws.com"] }),
    change: { clientIdLists: ["sts.amazonaws.com", "other"] },
    mistake: { inputs: { url: "http://oidc.example.com" }, property: "url" },
  },
  topicSubscription: {
    token: "aws:sns/topicSubscription:TopicSubscription",
    inputs: async (of) => ({
      topic: (await of("topic"))["arn"] ?? "",
      protocol: "email",
      endpoint: "team@example.com",
    }),
    change: { deliveryPolicy: "{}" },
    mistake: { inputs: { endpoint: "team" }, property: "endpoint" },
  },
};

export const servingExamples: Examples = {
  ...certificates,
  ...ways,
  ...targets,
  ...functions,
  ...scaling,
  ...identities,
};
