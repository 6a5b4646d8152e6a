import { servingExamples } from "./awsServingExamples";
import type { Example, Examples } from "./example";

const tags = { tags: { owner: "platform" } };
const allReplaced = { none: "every change makes a new object" } as const;
const fixed = (reason: string) => ({ none: reason }) as const;
const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole" }] });

function subnet(range: string, zone: string): Example {
  return {
    token: "aws:ec2/subnet:Subnet",
    inputs: async (of) => ({ vpcId: (await of("vpc"))["id"] ?? "", cidrBlock: range, availabilityZoneId: zone }),
    change: tags,
    mistake: { inputs: { availabilityZoneId: "apne1-az1" }, property: "availabilityZoneId" },
  };
}

/** One setting of a bucket. */
function bucketSetting(name: string, inputs: Example["inputs"], rest: Pick<Example, "change" | "mistake">): Example {
  const file = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
  return {
    token: `aws:s3/${file}:${name}`,
    inputs: async (of) => ({ bucket: (await of("bucket"))["bucket"] ?? "", ...(await inputs(of)) }),
    ...rest,
  };
}

function rule(kind: "Ingress" | "Egress"): Example {
  return {
    token: `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`,
    inputs: async (of) => ({
      securityGroupId: (await of("securityGroup"))["id"] ?? "",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    }),
    change: { description: "changed" },
    mistake: { inputs: { cidrIpv4: "10.0.0.1/8" }, property: "cidrIpv4" },
  };
}

const networks: Examples = {
  vpc: {
    token: "aws:ec2/vpc:Vpc",
    inputs: () => ({ cidrBlock: "10.0.0.0/16" }),
    change: { enableDnsHostnames: true },
    mistake: { inputs: { cidrBlock: "10.0.0.0/33" }, property: "cidrBlock" },
  },
  subnet: subnet("10.0.1.0/24", "apne2-az1"),
  subnetB: subnet("10.0.2.0/24", "apne2-az2"),
  internetGateway: {
    token: "aws:ec2/internetGateway:InternetGateway",
    inputs: async (of) => ({ vpcId: (await of("vpc"))["id"] ?? "" }),
    change: tags,
    mistake: { inputs: { vpcIdd: "x" }, property: "vpcIdd" },
  },
  routeTable: {
    token: "aws:ec2/routeTable:RouteTable",
    inputs: async (of) => ({ vpcId: (await of("vpc"))["id"] ?? "" }),
    change: tags,
    mistake: { inputs: { routes: "all" }, property: "routes" },
  },
  route: {
    token: "aws:ec2/route:Route",
    inputs: async (of) => ({
      routeTableId: (await of("routeTable"))["id"] ?? "",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: (await of("internetGateway"))["id"] ?? "",
    }),
    change: { gatewayId: "local" },
    mistake: { inputs: { natGatewayId: "nat-1" }, property: "gatewayId" },
  },
  routeTableAssociation: {
    token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: async (of) => ({
      routeTableId: (await of("routeTable"))["id"] ?? "",
      subnetId: (await of("subnet"))["id"] ?? "",
    }),
    change: fixed("only the table changes in place, and one table is enough here"),
    mistake: { inputs: { gatewayId: "igw-1" }, property: "subnetId" },
  },
  securityGroup: {
    token: "aws:ec2/securityGroup:SecurityGroup",
    inputs: async (of) => ({ vpcId: (await of("vpc"))["id"] ?? "" }),
    change: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }] },
    mistake: {
      inputs: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0"] }] },
      property: "ingress[0].cidrBlocks[0]",
    },
  },
  ingressRule: rule("Ingress"),
  egressRule: rule("Egress"),
  eip: {
    token: "aws:ec2/eip:Eip",
    inputs: () => ({ domain: "vpc" }),
    change: tags,
    mistake: { inputs: { domain: true }, property: "domain" },
  },
  natGateway: {
    token: "aws:ec2/natGateway:NatGateway",
    inputs: async (of) => ({
      subnetId: (await of("subnet"))["id"] ?? "",
      allocationId: (await of("eip"))["allocationId"] ?? "",
    }),
    change: tags,
    mistake: { inputs: { connectivityType: "secret" }, property: "connectivityType" },
  },
};

const compute: Examples = {
  launchTemplate: {
    token: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: () => ({ imageId: "ami-0123456789abcdef0", instanceType: "m7g.large" }),
    change: { instanceType: "m7g.xlarge" },
    mistake: { inputs: { instanceTyp: "m7g.large" }, property: "instanceTyp" },
  },
  capacityReservation: {
    token: "aws:ec2/capacityReservation:CapacityReservation",
    inputs: () => ({
      availabilityZone: "ap-northeast-2a",
      instanceCount: 2,
      instancePlatform: "Linux/UNIX",
      instanceType: "m7g.large",
    }),
    change: { instanceCount: 3 },
    mistake: { inputs: { availabilityZone: "ap-northeast-1a" }, property: "availabilityZone" },
  },
  group: {
    token: "aws:autoscaling/group:Group",
    inputs: async (of) => ({
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifiers: [(await of("subnet"))["id"] ?? "", (await of("subnetB"))["id"] ?? ""],
      launchTemplate: { id: (await of("launchTemplate"))["id"] ?? "", version: "$Latest" },
    }),
    change: { maxSize: 6 },
    mistake: { inputs: { maxSize: 1 }, property: "maxSize" },
  },
  scalingPolicy: {
    token: "aws:autoscaling/policy:Policy",
    inputs: async (of) => ({
      autoscalingGroupName: (await of("group"))["name"] ?? "",
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: 50,
        predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
      },
    }),
    change: { estimatedInstanceWarmup: 60 },
    mistake: { inputs: { policyType: "Guess" }, property: "policyType" },
  },
  loadBalancer: {
    token: "aws:lb/loadBalancer:LoadBalancer",
    inputs: async (of) => ({ subnets: [(await of("subnet"))["id"] ?? "", (await of("subnetB"))["id"] ?? ""] }),
    change: { idleTimeout: 120 },
    mistake: { inputs: { subnets: ["subnet-1"] }, property: "subnets" },
  },
  targetGroup: {
    token: "aws:lb/targetGroup:TargetGroup",
    inputs: async (of) => ({ port: 80, protocol: "HTTP", vpcId: (await of("vpc"))["id"] ?? "" }),
    change: { deregistrationDelay: 30 },
    mistake: { inputs: { healthCheck: { interval: 1 } }, property: "healthCheck.interval" },
  },
  listener: {
    token: "aws:lb/listener:Listener",
    inputs: async (of) => ({
      loadBalancerArn: (await of("loadBalancer"))["arn"] ?? "",
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: (await of("targetGroup"))["arn"] ?? "" }],
    }),
    change: { port: 8080 },
    mistake: { inputs: { protocol: "HTTPS" }, property: "certificateArn" },
  },
  ecsCluster: {
    token: "aws:ecs/cluster:Cluster",
    inputs: () => ({}),
    change: tags,
    mistake: { inputs: { name: "with space" }, property: "name" },
  },
  taskDefinition: {
    token: "aws:ecs/taskDefinition:TaskDefinition",
    inputs: () => ({ family: "web", containerDefinitions: JSON.stringify([{ name: "web", image: "web:1" }]) }),
    change: tags,
    mistake: { inputs: { containerDefinitions: "[]" }, property: "containerDefinitions" },
  },
  ecsService: {
    token: "aws:ecs/service:Service",
    inputs: async (of) => ({
      cluster: (await of("ecsCluster"))["arn"] ?? "",
      taskDefinition: (await of("taskDefinition"))["arn"] ?? "",
      desiredCount: 2,
    }),
    change: { desiredCount: 3 },
    mistake: { inputs: { launchType: "FARGATE" }, property: "networkConfiguration" },
  },
  lambda: {
    token: "aws:lambda/function:Function",
    inputs: async (of) => ({
      role: (await of("role"))["arn"] ?? "",
      packageType: "Image",
      imageUri: "registry/image:1",
    }),
    change: { timeout: 30 },
    mistake: { inputs: { timeout: 901 }, property: "timeout" },
  },
};

const dns: Examples = {
  zone: {
    token: "aws:route53/zone:Zone",
    inputs: () => ({ name: "example.com" }),
    change: { comment: "changed" },
    mistake: { inputs: { name: 7 }, property: "name" },
  },
  record: {
    token: "aws:route53/record:Record",
    inputs: async (of) => ({
      zoneId: (await of("zone"))["zoneId"] ?? "",
      name: "www",
      type: "A",
      ttl: 30,
      records: ["198.18.0.1"],
    }),
    change: { ttl: 60 },
    mistake: { inputs: { weightedRoutingPolicies: [{ weight: 10 }] }, property: "setIdentifier" },
  },
  healthCheck: {
    token: "aws:route53/healthCheck:HealthCheck",
    inputs: () => ({ type: "HTTPS", fqdn: "www.example.com", port: 443, requestInterval: 10, failureThreshold: 3 }),
    change: { failureThreshold: 2 },
    mistake: { inputs: { requestInterval: 15 }, property: "requestInterval" },
  },
};

const clusterInputs = { engine: "aurora-postgresql", masterUsername: "admin1", manageMasterUserPassword: true };

const data: Examples = {
  table: {
    token: "aws:dynamodb/table:Table",
    inputs: () => ({
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      replicas: [{ regionName: "ap-northeast-1" }],
    }),
    change: { deletionProtectionEnabled: false, tags: { a: "b" } },
    mistake: { inputs: { replicas: [{ regionName: "ap-northeast-2" }] }, property: "replicas[0].regionName" },
  },
  rdsSubnetGroup: {
    token: "aws:rds/subnetGroup:SubnetGroup",
    inputs: async (of) => ({ subnetIds: [(await of("subnet"))["id"] ?? "", (await of("subnetB"))["id"] ?? ""] }),
    change: { description: "changed" },
    mistake: { inputs: { name: "Upper" }, property: "name" },
  },
  globalCluster: {
    token: "aws:rds/globalCluster:GlobalCluster",
    inputs: () => ({ globalClusterIdentifier: "global", engine: "aurora-postgresql" }),
    change: { engineVersion: "16.7" },
    mistake: { inputs: { engine: "oracle" }, property: "engine" },
  },
  cluster: {
    token: "aws:rds/cluster:Cluster",
    inputs: async (of) => ({ ...clusterInputs, globalClusterIdentifier: (await of("globalCluster"))["id"] ?? "" }),
    change: { backupRetentionPeriod: 7 },
    mistake: { inputs: { backupRetentionPeriod: 36 }, property: "backupRetentionPeriod" },
  },
  clusterInstance: {
    token: "aws:rds/clusterInstance:ClusterInstance",
    inputs: async (of) => ({
      clusterIdentifier: (await of("cluster"))["id"] ?? "",
      engine: "aurora-postgresql",
      instanceClass: "db.r7g.large",
    }),
    change: { promotionTier: 1 },
    mistake: { inputs: { instanceClass: "r7g.large" }, property: "instanceClass" },
  },
  instance: {
    token: "aws:rds/instance:Instance",
    inputs: () => ({
      instanceClass: "db.r7g.large",
      engine: "postgres",
      allocatedStorage: 20,
      username: "admin1",
      password: "not-so-secret",
    }),
    change: { multiAz: true },
    mistake: { inputs: { backupRetentionPeriod: 36 }, property: "backupRetentionPeriod" },
  },
  cacheSubnetGroup: {
    token: "aws:elasticache/subnetGroup:SubnetGroup",
    inputs: async (of) => ({ subnetIds: [(await of("subnet"))["id"] ?? ""] }),
    change: { description: "changed" },
    mistake: { inputs: { subnetIds: "subnet-1" }, property: "subnetIds" },
  },
  replicationGroup: {
    token: "aws:elasticache/replicationGroup:ReplicationGroup",
    inputs: async (of) => ({
      description: "sessions",
      nodeType: "cache.r7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      subnetGroupName: (await of("cacheSubnetGroup"))["name"] ?? "",
    }),
    change: { description: "changed" },
    mistake: { inputs: { numCacheClusters: 1 }, property: "numCacheClusters" },
  },
};

const storage: Examples = {
  bucket: {
    token: "aws:s3/bucket:Bucket",
    inputs: () => ({}),
    change: { forceDestroy: true },
    mistake: { inputs: { bucket: "Upper" }, property: "bucket" },
  },
  bucketVersioning: bucketSetting("BucketVersioning", () => ({ versioningConfiguration: { status: "Enabled" } }), {
    change: { versioningConfiguration: { status: "Suspended" } },
    mistake: { inputs: { versioningConfiguration: { status: "On" } }, property: "versioningConfiguration.status" },
  }),
  bucketB: {
    token: "aws:s3/bucket:Bucket",
    inputs: () => ({ versioning: { enabled: true } }),
    change: { forceDestroy: true },
    mistake: { inputs: { bucket: "Upper" }, property: "bucket" },
  },
  replication: bucketSetting(
    "BucketReplicationConfig",
    async (of) => {
      await of("bucketVersioning");
      const destination = { bucket: (await of("bucketB"))["arn"] ?? "" };
      return { role: (await of("role"))["arn"] ?? "", rules: [{ status: "Enabled", destination }] };
    },
    {
      change: fixed("a change needs the other bucket's ARN, which the test does not hold"),
      mistake: { inputs: { rules: [{ status: "On", destination: { bucket: "x" } }] }, property: "rules[0].status" },
    },
  ),
  publicAccessBlock: bucketSetting("BucketPublicAccessBlock", () => ({ blockPublicAcls: true }), {
    change: { blockPublicPolicy: true },
    mistake: { inputs: { blockPublicAcls: "yes" }, property: "blockPublicAcls" },
  }),
  encryption: bucketSetting(
    "BucketServerSideEncryptionConfiguration",
    () => ({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] }),
    {
      change: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] },
      mistake: {
        inputs: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "ROT13" } }] },
        property: "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
      },
    },
  ),
  lifecycle: bucketSetting("BucketLifecycleConfiguration", () => ({ rules: [{ id: "old", status: "Enabled" }] }), {
    change: { rules: [{ id: "old", status: "Disabled" }] },
    mistake: { inputs: { rules: [{ id: "old", status: "On" }] }, property: "rules[0].status" },
  }),
  objectLock: bucketSetting(
    "BucketObjectLockConfiguration",
    () => ({ rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } }),
    {
      change: { rule: { defaultRetention: { mode: "COMPLIANCE", days: 60 } } },
      mistake: {
        inputs: { rule: { defaultRetention: { mode: "LOOSE", days: 1 } } },
        property: "rule.defaultRetention.mode",
      },
    },
  ),
  bucketPolicy: bucketSetting("BucketPolicy", () => ({ policy: trust }), {
    change: { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
    mistake: { inputs: { policy: "allow all" }, property: "policy" },
  }),
  object: bucketSetting("BucketObjectv2", () => ({ key: "page.html", content: "hello" }), {
    change: { content: "goodbye" },
    mistake: { inputs: { contentBase64: "aGVsbG8=" }, property: "source" },
  }),
  repository: {
    token: "aws:ecr/repository:Repository",
    inputs: () => ({}),
    change: { imageTagMutability: "IMMUTABLE" },
    mistake: { inputs: { imageTagMutability: "SOMETIMES" }, property: "imageTagMutability" },
  },
  registryReplication: {
    token: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    inputs: () => ({
      replicationConfiguration: {
        rules: [{ destinations: [{ region: "ap-northeast-1", registryId: "000000000000" }] }],
      },
    }),
    change: {
      replicationConfiguration: {
        rules: [{ destinations: [{ region: "ap-northeast-3", registryId: "000000000000" }] }],
      },
    },
    mistake: {
      inputs: {
        replicationConfiguration: {
          rules: [{ destinations: [{ region: "ap-northeast-2", registryId: "000000000000" }] }],
        },
      },
      property: "replicationConfiguration.rules[0].destinations",
    },
  },
};

const identity: Examples = {
  role: {
    token: "aws:iam/role:Role",
    inputs: () => ({ assumeRolePolicy: trust }),
    change: { description: "changed" },
    mistake: { inputs: { assumeRolePolicy: "everybody" }, property: "assumeRolePolicy" },
  },
  policy: {
    token: "aws:iam/policy:Policy",
    inputs: () => ({ policy: trust }),
    change: tags,
    mistake: { inputs: { policy: "{" }, property: "policy" },
  },
  rolePolicy: {
    token: "aws:iam/rolePolicy:RolePolicy",
    inputs: async (of) => ({ role: (await of("role"))["name"] ?? "", policy: trust }),
    change: { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
    mistake: { inputs: { policy: "{" }, property: "policy" },
  },
  attachment: {
    token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: async (of) => ({ role: (await of("role"))["name"] ?? "", policyArn: (await of("policy"))["arn"] ?? "" }),
    change: allReplaced,
    mistake: { inputs: { policyArn: 1 }, property: "policyArn" },
  },
  instanceProfile: {
    token: "aws:iam/instanceProfile:InstanceProfile",
    inputs: async (of) => ({ role: (await of("role"))["name"] ?? "" }),
    change: tags,
    mistake: { inputs: { name: "with space" }, property: "name" },
  },
  key: {
    token: "aws:kms/key:Key",
    inputs: () => ({ description: "data" }),
    change: { enableKeyRotation: true },
    mistake: { inputs: { deletionWindowInDays: 3 }, property: "deletionWindowInDays" },
  },
  keyAbroad: {
    token: "aws:kms/key:Key",
    inputs: () => ({ multiRegion: true, region: "ap-northeast-1" }),
    change: { enableKeyRotation: true },
    mistake: { inputs: { region: "mars-1" }, property: "region" },
  },
  replicaKey: {
    token: "aws:kms/replicaKey:ReplicaKey",
    inputs: async (of) => ({ primaryKeyArn: (await of("keyAbroad"))["arn"] ?? "" }),
    change: { description: "changed" },
    mistake: { inputs: { deletionWindowInDays: 31 }, property: "deletionWindowInDays" },
  },
  alias: {
    token: "aws:kms/alias:Alias",
    inputs: async (of) => ({ name: "alias/data", targetKeyId: (await of("key"))["keyId"] ?? "" }),
    change: fixed("only the key changes in place, and one key is enough here"),
    mistake: { inputs: { name: "data" }, property: "name" },
  },
  secret: {
    token: "aws:secretsmanager/secret:Secret",
    inputs: () => ({ replicas: [{ region: "ap-northeast-1" }] }),
    change: { description: "changed" },
    mistake: { inputs: { replicas: [{ region: "mars-1" }] }, property: "replicas[0].region" },
  },
  secretVersion: {
    token: "aws:secretsmanager/secretVersion:SecretVersion",
    inputs: async (of) => ({ secretId: (await of("secret"))["id"] ?? "", secretString: "hush" }),
    change: { versionStages: ["AWSCURRENT", "blue"] },
    mistake: { inputs: { secretBinary: "aHVzaA==" }, property: "secretString" },
  },
  userPool: {
    token: "aws:cognito/userPool:UserPool",
    inputs: () => ({}),
    change: { mfaConfiguration: "OPTIONAL" },
    mistake: { inputs: { mfaConfiguration: "MAYBE" }, property: "mfaConfiguration" },
  },
  identityProvider: {
    token: "aws:cognito/identityProvider:IdentityProvider",
    inputs: async (of) => ({
      userPoolId: (await of("userPool"))["id"] ?? "",
      providerName: "Google",
      providerType: "Google",
      providerDetails: { client_id: "id" },
    }),
    change: { providerDetails: { client_id: "other" } },
    mistake: { inputs: { providerType: "Carrier pigeon" }, property: "providerType" },
  },
};

const upkeep: Examples = {
  vault: {
    token: "aws:backup/vault:Vault",
    inputs: () => ({}),
    change: { forceDestroy: true },
    mistake: { inputs: { name: "a" }, property: "name" },
  },
  vaultLock: {
    token: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    inputs: async (of) => ({ backupVaultName: (await of("vault"))["name"] ?? "", minRetentionDays: 30 }),
    change: allReplaced,
    mistake: { inputs: { changeableForDays: 2 }, property: "changeableForDays" },
  },
  plan: {
    token: "aws:backup/plan:Plan",
    inputs: async (of) => ({
      rules: [{ ruleName: "daily", targetVaultName: (await of("vault"))["name"] ?? "", schedule: "cron(0 5 * * ? *)" }],
    }),
    change: tags,
    mistake: {
      inputs: { rules: [{ ruleName: "daily", targetVaultName: "x", schedule: "at noon" }] },
      property: "rules[0].schedule",
    },
  },
  selection: {
    token: "aws:backup/selection:Selection",
    inputs: async (of) => ({
      iamRoleArn: (await of("role"))["arn"] ?? "",
      planId: (await of("plan"))["id"] ?? "",
      resources: ["*"],
    }),
    change: allReplaced,
    mistake: { inputs: { resources: "*" }, property: "resources" },
  },
  restoreTestPlan: {
    token: "aws:backup/restoreTestingPlan:RestoreTestingPlan",
    inputs: async (of) => ({
      recoveryPointSelection: {
        algorithm: "LATEST_WITHIN_WINDOW",
        includeVaults: [(await of("vault"))["arn"] ?? ""],
        recoveryPointTypes: ["SNAPSHOT"],
      },
      // AWS takes no hyphen here, which a name made by the engine has.
      name: "restore_tests",
      scheduleExpression: "cron(0 6 1 * ? *)",
    }),
    change: { scheduleExpression: "cron(0 6 15 * ? *)" },
    mistake: { inputs: { scheduleExpression: "monthly" }, property: "scheduleExpression" },
  },
  restoreTestSelection: {
    token: "aws:backup/restoreTestingSelection:RestoreTestingSelection",
    inputs: async (of) => ({
      iamRoleArn: (await of("role"))["arn"] ?? "",
      name: "tables",
      protectedResourceArns: ["*"],
      protectedResourceType: "DynamoDB",
      restoreTestingPlanName: (await of("restoreTestPlan"))["name"] ?? "",
    }),
    change: { validationWindowHours: 4 },
    mistake: { inputs: { validationWindowHours: 200 }, property: "validationWindowHours" },
  },
  alarm: {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: () => ({
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 2,
      metricName: "5xx",
      namespace: "web",
      period: 60,
      statistic: "Sum",
      threshold: 10,
    }),
    change: { threshold: 20 },
    mistake: { inputs: { comparisonOperator: ">" }, property: "comparisonOperator" },
  },
  logGroup: {
    token: "aws:cloudwatch/logGroup:LogGroup",
    inputs: () => ({ retentionInDays: 30 }),
    change: { retentionInDays: 60 },
    mistake: { inputs: { retentionInDays: 31 }, property: "retentionInDays" },
  },
  topic: {
    token: "aws:sns/topic:Topic",
    inputs: () => ({}),
    change: { displayName: "Alarms" },
    mistake: { inputs: { fifoTopic: "no" }, property: "fifoTopic" },
  },
  queue: {
    token: "aws:sqs/queue:Queue",
    inputs: () => ({}),
    change: { visibilityTimeoutSeconds: 60 },
    mistake: { inputs: { messageRetentionSeconds: 59 }, property: "messageRetentionSeconds" },
  },
};

export const awsExamples: Examples = {
  ...networks,
  ...compute,
  ...dns,
  ...data,
  ...storage,
  ...identity,
  ...upkeep,
  ...servingExamples,
};
