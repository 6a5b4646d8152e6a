/**
 * What the AWS provider asks when it reads a resource of each type: the calls of its read functions
 * (hashicorp/terraform-provider-aws, internal/service/*), as the actions that the Service Authorization Reference names.
 */

/** Actions of one service, by their names without its prefix. */
interface Calls {
  readonly prefix: string;
  readonly names: string;
}

const of = (prefix: string, names: string): Calls => ({ prefix, names });

const ec2 = (names: string) => [of("ec2", names)];
const rule = ec2("DescribeSecurityGroupRules");
const balancer = [of("elasticloadbalancing", "DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation DescribeTags")]; // prettier-ignore
const listener = [of("elasticloadbalancing", "DescribeListeners DescribeListenerAttributes DescribeTags")];
const listenerRule = [of("elasticloadbalancing", "DescribeRules DescribeTags")];
const listenerCertificate = [of("elasticloadbalancing", "DescribeListenerCertificates")];
const targetGroup = [of("elasticloadbalancing", "DescribeTargetGroups DescribeTargetGroupAttributes DescribeTags")];
const targets = [of("elasticloadbalancing", "DescribeTargetHealth")];
const events = (names: string) => [of("events", names)];
const instance = [
  of("ec2", "DescribeInstances DescribeInstanceAttribute DescribeInstanceTypes DescribeInstanceCreditSpecifications DescribeVolumes DescribeTags DescribeVpcs"),
]; // prettier-ignore
const bucket = [
  of(
    "s3",
    "ListBucket GetBucketLocation GetBucketTagging GetBucketPolicy GetBucketAcl GetBucketCORS GetBucketWebsite GetBucketVersioning " +
      "GetAccelerateConfiguration GetBucketRequestPayment GetBucketLogging GetLifecycleConfiguration GetReplicationConfiguration " +
      "GetEncryptionConfiguration GetBucketObjectLockConfiguration",
  ),
];
const facet = (action: string) => [of("s3", `ListBucket ${action}`)];

/**
 * Calls that read what a bucket or a secret holds rather than how it is set up. They are granted for the named objects
 * alone.
 */
const contents: ReadonlySet<string> = new Set(["s3:GetObject", "s3:GetObjectTagging", "secretsmanager:GetSecretValue"]);

/** Whether an action reads contents. */
export function readsContents(action: string): boolean {
  return contents.has(action);
}

const object = [of("s3", "GetObject GetObjectTagging")];

const reads: Readonly<Record<string, readonly Calls[]>> = {
  "aws:acm/certificate:Certificate": [of("acm", "DescribeCertificate ListTagsForCertificate")],
  "aws:acm/certificateValidation:CertificateValidation": [of("acm", "DescribeCertificate")],
  "aws:alb/listener:Listener": listener,
  "aws:alb/listenerCertificate:ListenerCertificate": listenerCertificate,
  "aws:alb/listenerRule:ListenerRule": listenerRule,
  "aws:alb/loadBalancer:LoadBalancer": balancer,
  "aws:alb/targetGroup:TargetGroup": targetGroup,
  "aws:alb/targetGroupAttachment:TargetGroupAttachment": targets,
  "aws:appautoscaling/policy:Policy": [of("application-autoscaling", "DescribeScalingPolicies")],
  "aws:appautoscaling/scheduledAction:ScheduledAction": [of("application-autoscaling", "DescribeScheduledActions")],
  "aws:appautoscaling/target:Target": [of("application-autoscaling", "DescribeScalableTargets ListTagsForResource")],
  "aws:appsync/dataSource:DataSource": [of("appsync", "GetDataSource")],
  "aws:appsync/graphQLApi:GraphQLApi": [of("appsync", "GetGraphqlApi GetSchemaCreationStatus GetIntrospectionSchema ListTagsForResource")],
  "aws:autoscaling/attachment:Attachment": [of("autoscaling", "DescribeAutoScalingGroups")],
  "aws:autoscaling/group:Group": [of("autoscaling", "DescribeAutoScalingGroups DescribeWarmPool")],
  "aws:autoscaling/lifecycleHook:LifecycleHook": [of("autoscaling", "DescribeLifecycleHooks")],
  "aws:autoscaling/policy:Policy": [of("autoscaling", "DescribePolicies")],
  "aws:autoscaling/schedule:Schedule": [of("autoscaling", "DescribeScheduledActions")],
  "aws:backup/plan:Plan": [of("backup", "GetBackupPlan ListTags")],
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": [of("backup", "GetRestoreTestingPlan ListTags")],
  "aws:backup/restoreTestingSelection:RestoreTestingSelection": [of("backup", "GetRestoreTestingSelection")],
  "aws:backup/selection:Selection": [of("backup", "GetBackupSelection")],
  "aws:backup/vault:Vault": [of("backup", "DescribeBackupVault ListTags")],
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": [of("backup", "DescribeBackupVault")],
  "aws:backup/vaultNotifications:VaultNotifications": [of("backup", "GetBackupVaultNotifications")],
  "aws:backup/vaultPolicy:VaultPolicy": [of("backup", "GetBackupVaultAccessPolicy")],
  "aws:batch/computeEnvironment:ComputeEnvironment": [of("batch", "DescribeComputeEnvironments")],
  "aws:batch/jobQueue:JobQueue": [of("batch", "DescribeJobQueues")],
  "aws:cloudfront/distribution:Distribution": [of("cloudfront", "GetDistribution ListTagsForResource")],
  "aws:cloudfront/originAccessControl:OriginAccessControl": [of("cloudfront", "GetOriginAccessControl")],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": [of("cloudwatch", "DescribeAlarms ListTagsForResource")],
  "aws:cloudwatch/dashboard:Dashboard": [of("cloudwatch", "GetDashboard")],
  "aws:cloudwatch/eventBus:EventBus": events("DescribeEventBus ListTagsForResource"),
  "aws:cloudwatch/eventRule:EventRule": events("DescribeRule ListTagsForResource"),
  "aws:cloudwatch/eventTarget:EventTarget": events("ListTargetsByRule"),
  "aws:cloudwatch/logGroup:LogGroup": [of("logs", "DescribeLogGroups ListTagsForResource")],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [of("cloudwatch", "DescribeAlarms ListTagsForResource")],
  "aws:cognito/identityProvider:IdentityProvider": [of("cognito-idp", "DescribeIdentityProvider")],
  "aws:cognito/userPool:UserPool": [of("cognito-idp", "DescribeUserPool GetUserPoolMfaConfig")],
  "aws:cognito/userPoolClient:UserPoolClient": [of("cognito-idp", "DescribeUserPoolClient")],
  "aws:cognito/userPoolDomain:UserPoolDomain": [of("cognito-idp", "DescribeUserPoolDomain")],
  "aws:dax/cluster:Cluster": [of("dax", "DescribeClusters ListTags")],
  "aws:dax/subnetGroup:SubnetGroup": [of("dax", "DescribeSubnetGroups")],
  "aws:docdb/cluster:Cluster": [of("rds", "DescribeDBClusters DescribeGlobalClusters ListTagsForResource")],
  "aws:docdb/clusterInstance:ClusterInstance": [of("rds", "DescribeDBInstances DescribeDBClusters ListTagsForResource")],
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup": [of("rds", "DescribeDBClusterParameterGroups DescribeDBClusterParameters ListTagsForResource")],
  "aws:docdb/elasticCluster:ElasticCluster": [of("docdb-elastic", "GetCluster ListTagsForResource")],
  "aws:docdb/globalCluster:GlobalCluster": [of("rds", "DescribeGlobalClusters")],
  "aws:docdb/subnetGroup:SubnetGroup": [of("rds", "DescribeDBSubnetGroups ListTagsForResource")],
  "aws:dynamodb/table:Table": [
    of("dynamodb", "DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource"),
  ],
  "aws:dynamodb/tableReplica:TableReplica": [of("dynamodb", "DescribeTable DescribeContinuousBackups ListTagsOfResource")], // prettier-ignore
  "aws:ebs/volume:Volume": ec2("DescribeVolumes"),
  "aws:ec2/capacityReservation:CapacityReservation": ec2("DescribeCapacityReservations"),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ec2("DescribeEgressOnlyInternetGateways"),
  "aws:ec2/eip:Eip": ec2("DescribeAddresses DescribeAddressesAttribute"),
  "aws:ec2/eipAssociation:EipAssociation": ec2("DescribeAddresses"),
  "aws:ec2/flowLog:FlowLog": ec2("DescribeFlowLogs"),
  "aws:ec2/instance:Instance": instance,
  "aws:ec2/internetGateway:InternetGateway": ec2("DescribeInternetGateways"),
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": ec2("DescribeInternetGateways"),
  "aws:ec2/keyPair:KeyPair": ec2("DescribeKeyPairs"),
  "aws:ec2/launchTemplate:LaunchTemplate": ec2("DescribeLaunchTemplates DescribeLaunchTemplateVersions"),
  "aws:ec2/natGateway:NatGateway": ec2("DescribeNatGateways"),
  "aws:ec2/networkAcl:NetworkAcl": ec2("DescribeNetworkAcls"),
  "aws:ec2/networkAclRule:NetworkAclRule": ec2("DescribeNetworkAcls"),
  "aws:ec2/placementGroup:PlacementGroup": ec2("DescribePlacementGroups"),
  "aws:ec2/route:Route": ec2("DescribeRouteTables"),
  "aws:ec2/routeTable:RouteTable": ec2("DescribeRouteTables"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2("DescribeRouteTables"),
  "aws:ec2/securityGroup:SecurityGroup": ec2("DescribeSecurityGroups"),
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2("DescribeSecurityGroups DescribeSecurityGroupRules"),
  "aws:ec2/subnet:Subnet": ec2("DescribeSubnets"),
  "aws:ec2/volumeAttachment:VolumeAttachment": ec2("DescribeVolumes"),
  "aws:ec2/vpc:Vpc": ec2("DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("DescribeVpcEndpoints DescribePrefixLists"),
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": ec2("DescribeVpcPeeringConnections"),
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": ec2("DescribeVpcPeeringConnections"),
  "aws:ec2transitgateway/transitGateway:TransitGateway": ec2("DescribeTransitGateways"),
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": ec2("DescribeTransitGatewayVpcAttachments DescribeTransitGateways DescribeTransitGatewayRouteTables GetTransitGatewayAttachmentPropagations GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations"),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": [of("ecr", "GetLifecyclePolicy")],
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": [of("ecr", "DescribeRegistry")],
  "aws:ecr/repository:Repository": [of("ecr", "DescribeRepositories ListTagsForResource")],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": [of("ecr", "GetRepositoryPolicy")],
  "aws:ecs/capacityProvider:CapacityProvider": [of("ecs", "DescribeCapacityProviders")],
  "aws:ecs/cluster:Cluster": [of("ecs", "DescribeClusters")],
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": [of("ecs", "DescribeClusters")],
  "aws:ecs/service:Service": [of("ecs", "DescribeServices DescribeTaskDefinition DescribeServiceDeployments ListServiceDeployments")], // prettier-ignore
  "aws:ecs/taskDefinition:TaskDefinition": [of("ecs", "DescribeTaskDefinition")],
  "aws:efs/accessPoint:AccessPoint": [of("elasticfilesystem", "DescribeAccessPoints")],
  "aws:efs/backupPolicy:BackupPolicy": [of("elasticfilesystem", "DescribeBackupPolicy")],
  "aws:efs/fileSystem:FileSystem": [of("elasticfilesystem", "DescribeFileSystems DescribeLifecycleConfiguration")],
  "aws:efs/mountTarget:MountTarget": [of("elasticfilesystem", "DescribeMountTargets DescribeMountTargetSecurityGroups")], // prettier-ignore
  "aws:efs/replicationConfiguration:ReplicationConfiguration": [of("elasticfilesystem", "DescribeReplicationConfigurations")], // prettier-ignore
  "aws:eks/accessEntry:AccessEntry": [of("eks", "DescribeAccessEntry")],
  "aws:eks/addon:Addon": [of("eks", "DescribeAddon")],
  "aws:eks/cluster:Cluster": [of("eks", "DescribeCluster")],
  "aws:eks/fargateProfile:FargateProfile": [of("eks", "DescribeFargateProfile")],
  "aws:eks/nodeGroup:NodeGroup": [of("eks", "DescribeNodegroup")],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [of("eks", "DescribePodIdentityAssociation")],
  "aws:elasticache/cluster:Cluster": [of("elasticache", "DescribeCacheClusters ListTagsForResource")],
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": [of("elasticache", "DescribeGlobalReplicationGroups DescribeReplicationGroups DescribeCacheClusters")], // prettier-ignore
  "aws:elasticache/parameterGroup:ParameterGroup": [of("elasticache", "DescribeCacheParameterGroups DescribeCacheParameters ListTagsForResource")], // prettier-ignore
  "aws:elasticache/replicationGroup:ReplicationGroup": [of("elasticache", "DescribeReplicationGroups DescribeCacheClusters ListTagsForResource")], // prettier-ignore
  "aws:elasticache/serverlessCache:ServerlessCache": [of("elasticache", "DescribeServerlessCaches ListTagsForResource")],
  "aws:elasticache/subnetGroup:SubnetGroup": [of("elasticache", "DescribeCacheSubnetGroups ListTagsForResource")],
  "aws:elasticbeanstalk/environment:Environment": [of("elasticbeanstalk", "DescribeEnvironments DescribeEnvironmentResources DescribeConfigurationSettings ListTagsForResource")],
  "aws:emr/cluster:Cluster": [of("elasticmapreduce", "DescribeCluster ListInstanceGroups ListInstanceFleets ListBootstrapActions ListSteps GetAutoTerminationPolicy")],
  "aws:glacier/vault:Vault": [of("glacier", "DescribeVault GetVaultAccessPolicy GetVaultNotifications ListTagsForVault")],
  "aws:globalaccelerator/accelerator:Accelerator": [of("globalaccelerator", "DescribeAccelerator DescribeAcceleratorAttributes ListTagsForResource")], // prettier-ignore
  "aws:globalaccelerator/endpointGroup:EndpointGroup": [of("globalaccelerator", "DescribeEndpointGroup")],
  "aws:globalaccelerator/listener:Listener": [of("globalaccelerator", "DescribeListener")],
  "aws:iam/instanceProfile:InstanceProfile": [of("iam", "GetInstanceProfile ListInstanceProfileTags")],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [of("iam", "GetOpenIDConnectProvider ListOpenIDConnectProviderTags")], // prettier-ignore
  "aws:iam/policy:Policy": [of("iam", "GetPolicy GetPolicyVersion ListPolicyTags")],
  "aws:iam/role:Role": [of("iam", "GetRole ListRolePolicies GetRolePolicy ListAttachedRolePolicies ListRoleTags")],
  "aws:iam/rolePolicy:RolePolicy": [of("iam", "GetRolePolicy")],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [of("iam", "ListAttachedRolePolicies")],
  "aws:kinesis/stream:Stream": [of("kinesis", "DescribeStreamSummary ListTagsForStream")],
  "aws:kms/alias:Alias": [of("kms", "ListAliases")],
  "aws:kms/key:Key": [of("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags")],
  "aws:kms/replicaKey:ReplicaKey": [of("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags")],
  "aws:lambda/alias:Alias": [of("lambda", "GetAlias")],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [of("lambda", "GetEventSourceMapping ListTags")],
  "aws:lambda/function:Function": [of("lambda", "GetFunction GetFunctionCodeSigningConfig ListVersionsByFunction ListTags")], // prettier-ignore
  "aws:lambda/functionUrl:FunctionUrl": [of("lambda", "GetFunctionUrlConfig")],
  // A call that was made once: there is nothing to read.
  "aws:lambda/invocation:Invocation": [],
  "aws:lambda/permission:Permission": [of("lambda", "GetPolicy")],
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": [of("lambda", "GetProvisionedConcurrencyConfig")], // prettier-ignore
  "aws:lb/listener:Listener": listener,
  "aws:lb/listenerCertificate:ListenerCertificate": listenerCertificate,
  "aws:lb/listenerRule:ListenerRule": listenerRule,
  "aws:lb/loadBalancer:LoadBalancer": balancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": targets,
  "aws:lightsail/database:Database": [of("lightsail", "GetRelationalDatabase")],
  "aws:lightsail/disk:Disk": [of("lightsail", "GetDisk")],
  "aws:lightsail/instance:Instance": [of("lightsail", "GetInstance")],
  "aws:lightsail/lb:Lb": [of("lightsail", "GetLoadBalancer")],
  "aws:lightsail/lbAttachment:LbAttachment": [of("lightsail", "GetLoadBalancer")],
  "aws:mq/broker:Broker": [of("mq", "DescribeBroker DescribeUser")],
  "aws:mq/configuration:Configuration": [of("mq", "DescribeConfiguration DescribeConfigurationRevision")],
  "aws:neptune/cluster:Cluster": [of("rds", "DescribeDBClusters DescribeGlobalClusters ListTagsForResource")],
  "aws:neptune/clusterInstance:ClusterInstance": [of("rds", "DescribeDBInstances DescribeDBClusters ListTagsForResource")],
  "aws:neptune/clusterParameterGroup:ClusterParameterGroup": [of("rds", "DescribeDBClusterParameterGroups DescribeDBClusterParameters ListTagsForResource")],
  "aws:neptune/globalCluster:GlobalCluster": [of("rds", "DescribeGlobalClusters")],
  "aws:neptune/parameterGroup:ParameterGroup": [of("rds", "DescribeDBParameterGroups DescribeDBParameters ListTagsForResource")],
  "aws:neptune/subnetGroup:SubnetGroup": [of("rds", "DescribeDBSubnetGroups ListTagsForResource")],
  "aws:networkfirewall/firewall:Firewall": [of("network-firewall", "DescribeFirewall ListTagsForResource")],
  "aws:opensearch/domain:Domain": [of("es", "DescribeDomain DescribeDomainConfig DescribeDomainChangeProgress ListTags")], // prettier-ignore
  "aws:pipes/pipe:Pipe": [of("pipes", "DescribePipe ListTagsForResource")],
  "aws:qldb/ledger:Ledger": [of("qldb", "DescribeLedger ListTagsForResource")],
  "aws:rds/cluster:Cluster": [of("rds", "DescribeDBClusters DescribeGlobalClusters ListTagsForResource")],
  "aws:rds/clusterInstance:ClusterInstance": [of("rds", "DescribeDBInstances DescribeDBClusters ListTagsForResource")],
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": [of("rds", "DescribeDBClusterParameterGroups DescribeDBClusterParameters ListTagsForResource")], // prettier-ignore
  "aws:rds/globalCluster:GlobalCluster": [of("rds", "DescribeGlobalClusters ListTagsForResource")],
  "aws:rds/instance:Instance": [of("rds", "DescribeDBInstances ListTagsForResource")],
  "aws:rds/parameterGroup:ParameterGroup": [of("rds", "DescribeDBParameterGroups DescribeDBParameters ListTagsForResource")], // prettier-ignore
  "aws:rds/proxy:Proxy": [of("rds", "DescribeDBProxies ListTagsForResource")],
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": [of("rds", "DescribeDBProxyTargetGroups")],
  "aws:rds/proxyTarget:ProxyTarget": [of("rds", "DescribeDBProxyTargets")],
  "aws:rds/subnetGroup:SubnetGroup": [of("rds", "DescribeDBSubnetGroups ListTagsForResource")],
  "aws:redshift/cluster:Cluster": [of("redshift", "DescribeClusters DescribeLoggingStatus")],
  "aws:redshift/parameterGroup:ParameterGroup": [of("redshift", "DescribeClusterParameterGroups DescribeClusterParameters")],
  "aws:redshift/snapshotCopy:SnapshotCopy": [of("redshift", "DescribeClusters")],
  "aws:redshift/subnetGroup:SubnetGroup": [of("redshift", "DescribeClusterSubnetGroups")],
  "aws:redshiftserverless/namespace:Namespace": [of("redshift-serverless", "GetNamespace ListTagsForResource")],
  "aws:redshiftserverless/workgroup:Workgroup": [of("redshift-serverless", "GetWorkgroup ListTagsForResource")],
  "aws:route53/healthCheck:HealthCheck": [of("route53", "GetHealthCheck ListTagsForResource")],
  "aws:route53/record:Record": [of("route53", "GetHostedZone ListResourceRecordSets")],
  "aws:route53/resolverEndpoint:ResolverEndpoint": [of("route53resolver", "GetResolverEndpoint ListResolverEndpointIpAddresses ListTagsForResource")],
  "aws:route53/zone:Zone": [of("route53", "GetHostedZone ListResourceRecordSets ListTagsForResource")],
  "aws:route53/zoneAssociation:ZoneAssociation": [of("route53", "ListHostedZonesByVPC")],
  "aws:route53recoverycontrol/cluster:Cluster": [of("route53-recovery-control-config", "DescribeCluster ListTagsForResource")], // prettier-ignore
  "aws:route53recoverycontrol/controlPanel:ControlPanel": [of("route53-recovery-control-config", "DescribeControlPanel ListTagsForResource")], // prettier-ignore
  "aws:route53recoverycontrol/routingControl:RoutingControl": [of("route53-recovery-control-config", "DescribeRoutingControl")], // prettier-ignore
  "aws:route53recoverycontrol/safetyRule:SafetyRule": [of("route53-recovery-control-config", "DescribeSafetyRule ListTagsForResource")], // prettier-ignore
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": facet("GetBucketCORS"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": facet("GetLifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": facet("GetBucketLogging"),
  "aws:s3/bucketNotification:BucketNotification": facet("GetBucketNotification"),
  "aws:s3/bucketObject:BucketObject": object,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": facet("GetBucketObjectLockConfiguration"),
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": facet("GetBucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": facet("GetBucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": facet("GetBucketPublicAccessBlock"),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": facet("GetReplicationConfiguration"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": facet("GetEncryptionConfiguration"), // prettier-ignore
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketVersioning:BucketVersioning": facet("GetBucketVersioning"),
  "aws:s3/bucketVersioningV2:BucketVersioningV2": facet("GetBucketVersioning"),
  "aws:sagemaker/endpoint:Endpoint": [of("sagemaker", "DescribeEndpoint ListTags")],
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": [of("sagemaker", "DescribeEndpointConfig ListTags")],
  "aws:sagemaker/model:Model": [of("sagemaker", "DescribeModel ListTags")],
  "aws:scheduler/schedule:Schedule": [of("scheduler", "GetSchedule")],
  "aws:scheduler/scheduleGroup:ScheduleGroup": [of("scheduler", "GetScheduleGroup ListTagsForResource")],
  "aws:secretsmanager/secret:Secret": [of("secretsmanager", "DescribeSecret GetResourcePolicy")],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [of("secretsmanager", "GetResourcePolicy")],
  "aws:secretsmanager/secretVersion:SecretVersion": [of("secretsmanager", "GetSecretValue DescribeSecret")],
  "aws:ses/domainIdentity:DomainIdentity": [of("ses", "GetIdentityVerificationAttributes")],
  "aws:ses/emailIdentity:EmailIdentity": [of("ses", "GetIdentityVerificationAttributes")],
  "aws:sesv2/emailIdentity:EmailIdentity": [of("ses", "GetEmailIdentity ListTagsForResource")],
  "aws:servicequotas/serviceQuota:ServiceQuota": [of("servicequotas", "GetAWSDefaultServiceQuota GetRequestedServiceQuotaChange GetServiceQuota")], // prettier-ignore
  "aws:sfn/stateMachine:StateMachine": [of("states", "DescribeStateMachine ListStateMachineVersions ListTagsForResource")], // prettier-ignore
  "aws:sns/topic:Topic": [of("sns", "GetTopicAttributes ListTagsForResource")],
  "aws:sns/topicPolicy:TopicPolicy": [of("sns", "GetTopicAttributes")],
  "aws:sns/topicSubscription:TopicSubscription": [of("sns", "GetSubscriptionAttributes")],
  "aws:sqs/queue:Queue": [of("sqs", "GetQueueAttributes ListQueueTags")],
  "aws:sqs/queuePolicy:QueuePolicy": [of("sqs", "GetQueueAttributes")],
  "aws:sqs/redrivePolicy:RedrivePolicy": [of("sqs", "GetQueueAttributes")],
  "aws:timestreaminfluxdb/dbInstance:DbInstance": [of("timestream-influxdb", "GetDbInstance ListTagsForResource")],
  "aws:timestreamwrite/database:Database": [of("timestream", "DescribeDatabase DescribeEndpoints ListTagsForResource")],
  "aws:timestreamwrite/table:Table": [of("timestream", "DescribeTable DescribeEndpoints ListTagsForResource")],
  "aws:transfer/server:Server": [of("transfer", "DescribeServer ListTagsForResource")],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
}; // prettier-ignore

/** Types that have a row, sorted. */
export const typesWithReads: readonly string[] = Object.keys(reads).sort();

/** Actions that reading one resource of a type takes, such as `ec2:DescribeVpcs`; undefined where the type has no row. */
export function actionsToRead(type: string): readonly string[] | undefined {
  const calls = Object.hasOwn(reads, type) ? reads[type] : undefined;
  return calls?.flatMap(({ prefix, names }) => names.split(" ").map((name) => `${prefix}:${name}`));
}
