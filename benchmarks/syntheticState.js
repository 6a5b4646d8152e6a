/**
 * A state as real ones are: services of about a hundred resources each, most of which place nothing (rules, policies,
 * records, log groups), with inputs and outputs, ARNs, edges and tags. Outputs hold every property that the provider
 * keeps. The same count gives the same file.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("../tools/lib/paths");

const regions = ["ap-northeast-2", "ap-northeast-1", "ap-southeast-1"];
const zonesOf = (region) => [1, 2, 3].map((index) => `${region.replace(/[^a-z0-9]/g, "")}-az${index}`);
const prefix = "urn:pulumi:prod::bench::";
const account = "123456789012";

/** Writes a state export with `count` resources and returns its size in bytes. */
function writeState(file, count) {
  const resources = [
    { urn: `${prefix}pulumi:pulumi:Stack::bench-prod`, custom: false, type: "pulumi:pulumi:Stack" },
    ...regions.map((region) => providerOf(region)),
  ];
  for (let index = 0; resources.length < count; index++) resources.push(...serviceOf(index));
  resources.length = count;
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.0.0" };
  const document = { version: 3, deployment: { manifest, resources } };
  fs.writeFileSync(file, JSON.stringify(document, null, 4));
  return fs.statSync(file).size;
}

function providerOf(region) {
  return {
    urn: `${prefix}pulumi:providers:aws::${region}`,
    custom: true,
    id: `provider-${region}`,
    type: "pulumi:providers:aws",
    inputs: { region },
    outputs: { region },
  };
}

/** Tags of one service: what they claim is what the model reads. */
function wordsOf(number) {
  const neighbour = number % 10 === 0 ? [] : [`?service-${number - 1}`];
  const tiers = ["critical", "important", "standard"];
  return {
    "duplex:service": `service-${number}`,
    "duplex:tier": tiers[number % 3],
    "duplex:owner": `team-${number % 40}`,
    "duplex:peak-rps": "900",
    "duplex:unit-rps": "100",
    // Everybody needs one of ten platform services, and uses a neighbour of its team.
    ...(number >= 10 ? { "duplex:depends-on": [`service-${number % 10}`, ...neighbour].join() } : {}),
  };
}

/** A list of resources, and what adds one to it that bears these tags. */
function collector(words) {
  const resources = [];
  const add = (type, name, region, inputs, outputs = {}, from = {}) => {
    const urn = `${prefix}${type}::${name}`;
    const id = `${name}-id`;
    const arn = `arn:aws:${type.split(":")[1].split("/")[0]}:${region}:${account}:${name}`;
    const edges = Object.entries(from).map(([property, list]) => [property, list.map((one) => one.urn)]);
    const common = { ...inputs, tags: words, region };
    resources.push({
      urn,
      custom: true,
      id,
      type,
      inputs: { __defaults: [], ...common },
      outputs: { ...allProperties(type), ...common, tagsAll: words, id, arn, ...outputs },
      parent: `${prefix}pulumi:pulumi:Stack::bench-prod`,
      dependencies: [...new Set(edges.flatMap(([, list]) => list))],
      provider: `${prefix}pulumi:providers:aws::${region}::provider-${region}`,
      propertyDependencies: Object.fromEntries(edges),
      created: "2026-01-01T00:00:00Z",
      modified: "2026-01-01T00:00:00Z",
    });
    return { urn, id, arn };
  };
  return { resources, add };
}

/** The network of a service in one region, and who may do what in it. */
function networkOf(add, service, region) {
  const name = `${service}-${region}`;
  const vpc = add("aws:ec2/vpc:Vpc", name, region, { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const subnets = zonesOf(region).map((availabilityZoneId, index) =>
    add(
      "aws:ec2/subnet:Subnet",
      `${service}-${index}-${region}`,
      region,
      { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZoneId },
      {},
      { vpcId: [vpc] },
    ),
  );
  const group = add("aws:ec2/securityGroup:SecurityGroup", name, region, { vpcId: vpc.id }, {}, { vpcId: [vpc] });
  for (let rule = 0; rule < 6; rule++) {
    const port = 1000 + rule;
    add(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      `${service}-${rule}-${region}`,
      region,
      { securityGroupId: group.id, fromPort: port, toPort: port, ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" },
      {},
      { securityGroupId: [group] },
    );
  }
  const role = add("aws:iam/role:Role", name, region, { assumeRolePolicy: policy("sts:AssumeRole") });
  for (let index = 0; index < 4; index++) {
    const rolePolicy = { role: role.id, policy: policy("s3:GetObject") };
    const from = { role: [role] };
    add("aws:iam/rolePolicy:RolePolicy", `${service}-${index}-${region}`, region, rolePolicy, {}, from);
  }
  return { subnets, group };
}

/** Machines behind a load balancer in one region. */
function machinesOf(add, service, region, { subnets, group }) {
  const name = `${service}-${region}`;
  const subnetIds = subnets.map(({ id }) => id);
  add("aws:cloudwatch/logGroup:LogGroup", name, region, { name: `/aws/${name}`, retentionInDays: 30 });
  const balancer = add(
    "aws:lb/loadBalancer:LoadBalancer",
    name,
    region,
    { subnets: subnetIds, securityGroups: [group.id] },
    { dnsName: `${name}.elb.example` },
    { subnets, securityGroups: [group] },
  );
  const targets = add("aws:lb/targetGroup:TargetGroup", name, region, {
    protocol: "HTTP",
    port: 80,
    healthCheck: { path: "/healthz/deep", interval: 10, unhealthyThreshold: 2 },
  });
  add(
    "aws:lb/listener:Listener",
    name,
    region,
    { loadBalancerArn: balancer.arn, defaultActions: [{ type: "forward", targetGroupArn: targets.arn }] },
    {},
    { loadBalancerArn: [balancer], defaultActions: [targets] },
  );
  const machine = { imageId: "ami-1", instanceType: "m7g.large" };
  const template = add("aws:ec2/launchTemplate:LaunchTemplate", name, region, machine);
  add(
    "aws:autoscaling/group:Group",
    name,
    region,
    {
      vpcZoneIdentifiers: subnetIds,
      desiredCapacity: 6,
      minSize: 6,
      maxSize: 12,
      targetGroupArns: [targets.arn],
      launchTemplate: { id: template.id, version: "$Latest" },
    },
    {},
    { vpcZoneIdentifiers: subnets, targetGroupArns: [targets], launchTemplate: [template] },
  );
  return balancer;
}

/** What a service keeps beside its machines in one region, its alarms, and the check of its health. */
function storesOf(add, service, region) {
  const name = `${service}-${region}`;
  const key = add("aws:kms/key:Key", name, region, { enableKeyRotation: true });
  add("aws:secretsmanager/secret:Secret", name, region, { kmsKeyId: key.id }, {}, { kmsKeyId: [key] });
  const bucket = add("aws:s3/bucket:Bucket", name, region, { bucket: name });
  const bucketPolicy = { bucket: bucket.id, policy: policy("s3:*") };
  add("aws:s3/bucketPolicy:BucketPolicy", name, region, bucketPolicy, {}, { bucket: [bucket] });
  add("aws:sqs/queue:Queue", name, region, { name, messageRetentionSeconds: 345600 });
  for (let index = 0; index < 4; index++) {
    add("aws:cloudwatch/metricAlarm:MetricAlarm", `${service}-${index}-${region}`, region, {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 3,
      metricName: "5XX",
      threshold: index,
    });
  }
  return add("aws:route53/healthCheck:HealthCheck", name, region, {
    type: "HTTPS",
    resourcePath: "/healthz/deep",
    requestInterval: 10,
    failureThreshold: 3,
    regions: ["us-west-2", "eu-west-1", "us-east-1"],
  });
}

/** The name of a service, answered by each region, and its table. */
function globalsOf(add, service, places) {
  const [home] = regions;
  for (const { region, balancer, check } of places) {
    add(
      "aws:route53/record:Record",
      `${service}-${region}-dns`,
      home,
      {
        zoneId: "Z1",
        name: `${service}.example`,
        type: "A",
        setIdentifier: region,
        weightedRoutingPolicies: [{ weight: 1 }],
        aliases: [{ name: `${service}-${region}.elb.example`, zoneId: "Z2", evaluateTargetHealth: true }],
        healthCheckId: check.id,
      },
      {},
      { aliases: [balancer], healthCheckId: [check] },
    );
  }
  add("aws:dynamodb/table:Table", service, home, {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    replicas: regions.slice(1).map((regionName) => ({ regionName })),
    pointInTimeRecovery: { enabled: true },
  });
}

function serviceOf(number) {
  const service = `service-${number}`;
  const { resources, add } = collector(wordsOf(number));
  const places = regions.map((region) => {
    const balancer = machinesOf(add, service, region, networkOf(add, service, region));
    return { region, balancer, check: storesOf(add, service, region) };
  });
  globalsOf(add, service, places);
  return resources;
}

const propertiesOfType = new Map();

/** Every property that the provider keeps of a type, null where nothing is set, as in a real state. */
function allProperties(type) {
  let found = propertiesOfType.get(type);
  if (found === undefined) {
    const [, file] = type.split(":");
    const source = fs.readFileSync(path.join(root, "node_modules", "@pulumi", "aws", `${file}.js`), "utf8");
    const names = [...source.matchAll(/resourceInputs\["(\w+)"\] = state/g)].map(([, name]) => name);
    propertiesOfType.set(type, (found = Object.fromEntries(names.map((name) => [name, null]))));
  }
  return found;
}

function policy(action) {
  const statement = { Effect: "Allow", Action: [action], Resource: ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket"] };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

module.exports = { writeState };
