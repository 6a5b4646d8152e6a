/**
 * Types that place no replica, hold no data that a service lives on and route no request. Whatever a cloud's provider
 * makes and neither this list nor a reader knows is reported as not judged.
 */
import { sortedUnique } from "./values";

/** Providers of values, files and other people's accounts: nothing of theirs stands in a facility of ours. */
const harmlessPackages: ReadonlySet<string> = new Set([
  "pulumi", "random", "tls", "time", "std", "null", "archive", "http", "external", "cloudinit", "pulumiservice", "github", "gitlab",
  // Components that are made of resources of their own, which are judged.
  "awsx", "eks", "aws-apigateway", "aws-static-website", "aws-quickstart-vpc", "duplex",
]); // prettier-ignore

/** Modules of AWS in which every type is a permission, a rule or a record of what happens. */
const harmlessAwsModules: ReadonlySet<string> = new Set([
  "iam", "accessanalyzer", "budgets", "cfg", "cloudtrail", "costexplorer", "cur", "detective", "guardduty", "identitystore", "inspector",
  "inspector2", "macie", "macie2", "organizations", "ram", "resourceexplorer", "resourcegroups", "resourcegroupstaggingapi",
  "securityhub", "securitylake", "servicequotas", "shield", "ssoadmin", "verifiedaccess", "vpc", "waf", "wafregional", "wafv2",
]); // prettier-ignore

const harmlessTypes: ReadonlySet<string> = new Set([
  ...typesOf("aws:acm", ["certificateValidation:CertificateValidation"]),
  ...typesOf("aws:apigateway", [
    "account:Account", "apiKey:ApiKey", "authorizer:Authorizer", "clientCertificate:ClientCertificate", "deployment:Deployment",
    "documentationPart:DocumentationPart", "documentationVersion:DocumentationVersion", "domainNameAccessAssociation:DomainNameAccessAssociation",
    "integrationResponse:IntegrationResponse", "method:Method", "methodResponse:MethodResponse", "methodSettings:MethodSettings", "model:Model",
    "requestValidator:RequestValidator", "resource:Resource", "response:Response", "restApiPolicy:RestApiPolicy", "usagePlan:UsagePlan",
    "usagePlanKey:UsagePlanKey",
  ]),
  ...typesOf("aws:apigatewayv2", [
    "authorizer:Authorizer", "deployment:Deployment", "integrationResponse:IntegrationResponse", "model:Model", "route:Route",
    "routeResponse:RouteResponse",
  ]),
  ...typesOf("aws:apprunner", [
    "autoScalingConfigurationVersion:AutoScalingConfigurationVersion", "connection:Connection", "customDomainAssociation:CustomDomainAssociation",
    "observabilityConfiguration:ObservabilityConfiguration", "vpcConnector:VpcConnector",
  ]),
  ...typesOf("aws:appautoscaling", ["policy:Policy", "scheduledAction:ScheduledAction", "target:Target"]),
  ...typesOf("aws:autoscaling", ["lifecycleHook:LifecycleHook", "notification:Notification", "policy:Policy", "schedule:Schedule", "tag:Tag"]),
  ...typesOf("aws:backup", ["globalSettings:GlobalSettings", "regionSettings:RegionSettings", "vaultNotifications:VaultNotifications", "vaultPolicy:VaultPolicy"]),
  ...typesOf("aws:cloudwatch", [
    "dashboard:Dashboard", "eventApiDestination:EventApiDestination", "eventArchive:EventArchive", "eventBusPolicy:EventBusPolicy",
    "eventConnection:EventConnection", "eventPermission:EventPermission", "eventRule:EventRule", "eventTarget:EventTarget", "logDataProtectionPolicy:LogDataProtectionPolicy", "logGroup:LogGroup",
    "logMetricFilter:LogMetricFilter", "logResourcePolicy:LogResourcePolicy", "logStream:LogStream", "logSubscriptionFilter:LogSubscriptionFilter",
  ]),
  ...typesOf("aws:cloudfront", [
    "cachePolicy:CachePolicy", "fieldLevelEncryptionConfig:FieldLevelEncryptionConfig", "fieldLevelEncryptionProfile:FieldLevelEncryptionProfile",
    "function:Function", "keyGroup:KeyGroup", "monitoringSubscription:MonitoringSubscription", "originAccessControl:OriginAccessControl",
    "originAccessIdentity:OriginAccessIdentity", "originRequestPolicy:OriginRequestPolicy", "publicKey:PublicKey",
    "realtimeLogConfig:RealtimeLogConfig", "responseHeadersPolicy:ResponseHeadersPolicy",
  ]),
  ...typesOf("aws:cognito", [
    "resourceServer:ResourceServer", "user:User", "userGroup:UserGroup", "userInGroup:UserInGroup", "userPoolDomain:UserPoolDomain",
    "userPoolUICustomization:UserPoolUICustomization",
  ]),
  ...typesOf("aws:directconnect", [
    "bgpPeer:BgpPeer", "connectionAssociation:ConnectionAssociation", "gatewayAssociationProposal:GatewayAssociationProposal",
    "macsecKeyAssociation:MacsecKeyAssociation",
  ]),
  ...typesOf("aws:docdb", ["clusterParameterGroup:ClusterParameterGroup", "eventSubscription:EventSubscription", "subnetGroup:SubnetGroup"]),
  ...typesOf("aws:neptune", [
    "clusterEndpoint:ClusterEndpoint", "clusterParameterGroup:ClusterParameterGroup", "eventSubscription:EventSubscription",
    "parameterGroup:ParameterGroup", "subnetGroup:SubnetGroup",
  ]),
  ...typesOf("aws:redshift", [
    "authenticationProfile:AuthenticationProfile", "clusterIamRoles:ClusterIamRoles", "eventSubscription:EventSubscription", "hsmClientCertificate:HsmClientCertificate",
    "hsmConfiguration:HsmConfiguration", "logging:Logging", "parameterGroup:ParameterGroup", "partner:Partner", "resourcePolicy:ResourcePolicy",
    "snapshotCopyGrant:SnapshotCopyGrant", "subnetGroup:SubnetGroup", "usageLimit:UsageLimit",
  ]),
  ...typesOf("aws:redshiftserverless", ["customDomainAssociation:CustomDomainAssociation", "resourcePolicy:ResourcePolicy", "usageLimit:UsageLimit"]),
  ...typesOf("aws:appsync", [
    "apiKey:ApiKey", "domainName:DomainName", "domainNameApiAssociation:DomainNameApiAssociation", "function:Function", "resolver:Resolver", "type:Type",
  ]),
  ...typesOf("aws:batch", ["jobDefinition:JobDefinition", "jobQueue:JobQueue", "schedulingPolicy:SchedulingPolicy"]),
  ...typesOf("aws:elasticbeanstalk", ["application:Application", "applicationVersion:ApplicationVersion", "configurationTemplate:ConfigurationTemplate"]),
  ...typesOf("aws:emr", [
    "blockPublicAccessConfiguration:BlockPublicAccessConfiguration", "instanceGroup:InstanceGroup", "managedScalingPolicy:ManagedScalingPolicy",
    "securityConfiguration:SecurityConfiguration",
  ]),
  ...typesOf("aws:lightsail", [
    "certificate:Certificate", "disk_attachment:Disk_attachment", "domain:Domain", "domainEntry:DomainEntry", "instancePublicPorts:InstancePublicPorts",
    "keyPair:KeyPair", "lbCertificate:LbCertificate", "lbCertificateAttachment:LbCertificateAttachment",
    "lbHttpsRedirectionPolicy:LbHttpsRedirectionPolicy", "lbStickinessPolicy:LbStickinessPolicy", "staticIp:StaticIp", "staticIpAttachment:StaticIpAttachment",
  ]),
  ...typesOf("aws:networkfirewall", [
    "firewallPolicy:FirewallPolicy", "loggingConfiguration:LoggingConfiguration", "resourcePolicy:ResourcePolicy", "ruleGroup:RuleGroup",
    "tlsInspectionConfiguration:TlsInspectionConfiguration",
  ]),
  ...typesOf("aws:sagemaker", ["endpointConfiguration:EndpointConfiguration", "model:Model"]),
  ...typesOf("aws:transfer", [
    "access:Access", "profile:Profile", "certificate:Certificate", "sshKey:SshKey", "tag:Tag", "user:User", "workflow:Workflow",
  ]),
  ...typesOf("aws:scheduler", ["scheduleGroup:ScheduleGroup"]),
  ...typesOf("aws:ses", [
    "activeReceiptRuleSet:ActiveReceiptRuleSet", "configurationSet:ConfigurationSet", "domainDkim:DomainDkim",
    "domainIdentityVerification:DomainIdentityVerification", "eventDestination:EventDestination", "identityNotificationTopic:IdentityNotificationTopic",
    "identityPolicy:IdentityPolicy", "mailFrom:MailFrom", "receiptFilter:ReceiptFilter", "receiptRule:ReceiptRule", "receiptRuleSet:ReceiptRuleSet",
    "template:Template",
  ]),
  ...typesOf("aws:sesv2", [
    "configurationSet:ConfigurationSet", "configurationSetEventDestination:ConfigurationSetEventDestination",
    "emailIdentityFeedbackAttributes:EmailIdentityFeedbackAttributes", "emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
    "emailIdentityPolicy:EmailIdentityPolicy",
  ]),
  ...typesOf("aws:mq", ["configuration:Configuration"]),
  ...typesOf("aws:dax", ["parameterGroup:ParameterGroup", "subnetGroup:SubnetGroup"]),
  ...typesOf("aws:glacier", ["vaultLock:VaultLock"]),
  ...typesOf("aws:timestreamwrite", ["database:Database"]),
  ...typesOf("aws:dsql", ["clusterPolicy:ClusterPolicy"]),
  ...typesOf("aws:ebs", [
    "defaultKmsKey:DefaultKmsKey", "encryptionByDefault:EncryptionByDefault", "fastSnapshotRestore:FastSnapshotRestore",
    "snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  ]),
  ...typesOf("aws:dynamodb", ["contributorInsights:ContributorInsights", "resourcePolicy:ResourcePolicy", "tableItem:TableItem", "tag:Tag"]),
  ...typesOf("aws:ec2", [
    "defaultNetworkAcl:DefaultNetworkAcl", "defaultRouteTable:DefaultRouteTable", "defaultSecurityGroup:DefaultSecurityGroup",
    "defaultSubnet:DefaultSubnet", "defaultVpc:DefaultVpc", "egressOnlyInternetGateway:EgressOnlyInternetGateway",
    "flowLog:FlowLog", "internetGateway:InternetGateway", "internetGatewayAttachment:InternetGatewayAttachment", "keyPair:KeyPair",
    "launchConfiguration:LaunchConfiguration", "launchTemplate:LaunchTemplate", "mainRouteTableAssociation:MainRouteTableAssociation",
    "networkAcl:NetworkAcl", "networkAclAssociation:NetworkAclAssociation", "networkAclRule:NetworkAclRule", "placementGroup:PlacementGroup",
    "route:Route", "routeTable:RouteTable", "routeTableAssociation:RouteTableAssociation", "securityGroup:SecurityGroup",
    "securityGroupAssociation:SecurityGroupAssociation", "securityGroupRule:SecurityGroupRule", "subnet:Subnet", "tag:Tag", "vpc:Vpc",
    "vpcDhcpOptions:VpcDhcpOptions", "vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", "vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  ]),
  ...typesOf("aws:ec2", ["vpcEndpointPolicy:VpcEndpointPolicy", "vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", "vpnConnectionRoute:VpnConnectionRoute", "vpnGatewayAttachment:VpnGatewayAttachment", "vpnGatewayRoutePropagation:VpnGatewayRoutePropagation"]),
  ...typesOf("aws:ec2transitgateway", [
    "prefixListReference:PrefixListReference", "route:Route", "routeTable:RouteTable", "routeTableAssociation:RouteTableAssociation",
    "routeTablePropagation:RouteTablePropagation",
  ]),
  ...typesOf("aws:efs", ["accessPoint:AccessPoint", "fileSystemPolicy:FileSystemPolicy"]),
  ...typesOf("aws:eks", [
    "accessEntry:AccessEntry", "accessPolicyAssociation:AccessPolicyAssociation", "addon:Addon", "identityProviderConfig:IdentityProviderConfig",
    "podIdentityAssociation:PodIdentityAssociation",
  ]),
  ...typesOf("aws:ecr", ["accountSetting:AccountSetting", "lifecyclePolicy:LifecyclePolicy", "registryPolicy:RegistryPolicy", "registryScanningConfiguration:RegistryScanningConfiguration", "repositoryPolicy:RepositoryPolicy"]),
  ...typesOf("aws:ecs", ["accountSettingDefault:AccountSettingDefault", "capacityProvider:CapacityProvider", "cluster:Cluster", "clusterCapacityProviders:ClusterCapacityProviders", "tag:Tag", "taskDefinition:TaskDefinition"]),
  ...typesOf("aws:elasticache", ["parameterGroup:ParameterGroup", "subnetGroup:SubnetGroup", "reservedCacheNode:ReservedCacheNode", "user:User", "userGroup:UserGroup", "userGroupAssociation:UserGroupAssociation"]),
  ...typesOf("aws:kinesis", ["resourcePolicy:ResourcePolicy", "streamConsumer:StreamConsumer"]),
  ...typesOf("aws:kms", ["alias:Alias", "grant:Grant", "keyPolicy:KeyPolicy"]),
  ...typesOf("aws:lambda", ["alias:Alias", "functionEventInvokeConfig:FunctionEventInvokeConfig", "invocation:Invocation", "layerVersion:LayerVersion", "layerVersionPermission:LayerVersionPermission", "permission:Permission", "provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"]),
  ...typesOf("aws:lb", ["listenerCertificate:ListenerCertificate", "trustStore:TrustStore"]),
  ...typesOf("aws:alb", ["listenerCertificate:ListenerCertificate"]),
  ...typesOf("aws:memorydb", ["acl:Acl", "parameterGroup:ParameterGroup", "subnetGroup:SubnetGroup", "user:User"]),
  ...typesOf("aws:msk", [
    "clusterPolicy:ClusterPolicy", "configuration:Configuration", "scramSecretAssociation:ScramSecretAssociation",
    "singleScramSecretAssociation:SingleScramSecretAssociation", "topic:Topic",
  ]),
  ...typesOf("aws:opensearch", [
    "serverlessAccessPolicy:ServerlessAccessPolicy", "serverlessLifecyclePolicy:ServerlessLifecyclePolicy",
    "serverlessSecurityConfig:ServerlessSecurityConfig", "serverlessSecurityPolicy:ServerlessSecurityPolicy", "domainPolicy:DomainPolicy", "domainSamlOptions:DomainSamlOptions", "package:Package", "packageAssociation:PackageAssociation"]),
  ...typesOf("aws:rds", ["proxyDefaultTargetGroup:ProxyDefaultTargetGroup", "clusterParameterGroup:ClusterParameterGroup", "clusterRoleAssociation:ClusterRoleAssociation", "eventSubscription:EventSubscription", "optionGroup:OptionGroup", "parameterGroup:ParameterGroup", "roleAssociation:RoleAssociation", "subnetGroup:SubnetGroup"]),
  ...typesOf("aws:route53", ["resolverRule:ResolverRule", "resolverRuleAssociation:ResolverRuleAssociation", "resolverQueryLogConfig:ResolverQueryLogConfig", "resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation", "queryLog:QueryLog", "delegationSet:DelegationSet", "keySigningKey:KeySigningKey", "hostedZoneDnsSec:HostedZoneDnsSec", "zoneAssociation:ZoneAssociation"]),
  ...typesOf("aws:s3", [
    "accountPublicAccessBlock:AccountPublicAccessBlock", "bucketAcl:BucketAcl", "bucketAclV2:BucketAclV2", "bucketCorsConfiguration:BucketCorsConfiguration",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration", "bucketLogging:BucketLogging", "bucketMetric:BucketMetric", "bucketNotification:BucketNotification",
    "bucketObject:BucketObject", "bucketObjectv2:BucketObjectv2",
    "bucketOwnershipControls:BucketOwnershipControls", "bucketPolicy:BucketPolicy", "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "inventory:Inventory", "objectCopy:ObjectCopy",
  ]),
  ...typesOf("aws:s3control", [
    "accessPointPolicy:AccessPointPolicy", "multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy",
    "storageLensConfiguration:StorageLensConfiguration",
  ]),
  ...typesOf("aws:secretsmanager", ["secretPolicy:SecretPolicy", "secretRotation:SecretRotation", "secretVersion:SecretVersion"]),
  ...typesOf("aws:sns", ["topicPolicy:TopicPolicy", "topicSubscription:TopicSubscription", "dataProtectionPolicy:DataProtectionPolicy"]),
  ...typesOf("aws:ssm", [
    "activation:Activation", "association:Association", "defaultPatchBaseline:DefaultPatchBaseline", "document:Document",
    "maintenanceWindow:MaintenanceWindow", "maintenanceWindowTarget:MaintenanceWindowTarget", "maintenanceWindowTask:MaintenanceWindowTask",
    "patchBaseline:PatchBaseline", "patchGroup:PatchGroup", "resourceDataSync:ResourceDataSync", "serviceSetting:ServiceSetting",
  ]),
  ...typesOf("aws:synthetics", ["group:Group", "groupAssociation:GroupAssociation"]),
  ...typesOf("aws:sqs", ["queuePolicy:QueuePolicy", "redriveAllowPolicy:RedriveAllowPolicy", "redrivePolicy:RedrivePolicy"]),
]); // prettier-ignore

/** Kinds of Kubernetes that are names, rules, settings or work that ends. */
const harmlessKinds: ReadonlySet<string> = new Set([
  "APIService", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "ControllerRevision", "CSIDriver", "CustomResourceDefinition",
  "EndpointSlice", "Endpoints", "Event", "FlowSchema", "GatewayClass", "IngressClass", "Lease", "LimitRange", "MutatingWebhookConfiguration",
  "Namespace", "NetworkPolicy", "PersistentVolume", "PodTemplate", "PriorityLevelConfiguration", "ReferenceGrant", "ResourceQuota", "Role",
  "RoleBinding", "RuntimeClass", "Secret", "ServiceAccount", "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration", "VolumeAttachment",
]); // prettier-ignore

/** Kinds of extensions that are certificates, names, secrets, rules or settings, by their whole type. */
const harmlessExtensions: ReadonlySet<string> = new Set([
  ...typesIn("cert-manager.io/v1", ["Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"]),
  ...typesIn("externaldns.k8s.io/v1alpha1", ["DNSEndpoint"]),
  ...typesIn("external-secrets.io/v1", ["ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore"]),
  ...typesIn("external-secrets.io/v1beta1", ["ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore"]),
  ...typesIn("keda.sh/v1alpha1", ["ClusterTriggerAuthentication", "TriggerAuthentication"]),
  ...typesIn("monitoring.coreos.com/v1", ["PodMonitor", "PrometheusRule", "ServiceMonitor"]),
  ...typesIn("argoproj.io/v1alpha1", ["AnalysisTemplate", "ClusterAnalysisTemplate"]),
  // Which machines and subnets a pool of Karpenter may use: where its nodes stand, the pool requires.
  ...typesIn("karpenter.k8s.aws/v1", ["EC2NodeClass"]),
  ...typesIn("kafka.strimzi.io/v1beta2", ["KafkaTopic", "KafkaUser"]),
]); // prettier-ignore

/** Components of the Kubernetes provider, made of objects that are judged. */
const kubernetesComponents = [
  "kubernetes:yaml",
  "kubernetes:kustomize",
  "kubernetes:helm.sh/v2",
  "kubernetes:helm.sh/v4",
] as const;

/** API groups of Kubernetes itself; a kind of any other group is somebody's extension. */
const coreGroups: ReadonlySet<string> = new Set(["core", "apps", "autoscaling", "batch", "policy", "extensions"]);

/** Everything that is known to be harmless, sorted, for the docs. */
export function harmlessLists(): Readonly<
  Record<"packages" | "awsModules" | "types" | "kinds" | "extensions", readonly string[]>
> {
  return {
    packages: sortedUnique(harmlessPackages),
    awsModules: sortedUnique(harmlessAwsModules),
    types: sortedUnique(harmlessTypes),
    kinds: sortedUnique(harmlessKinds),
    extensions: sortedUnique(harmlessExtensions),
  };
}

/** Read, although the rest of their module is harmless. */
const readAnyway: ReadonlySet<string> = new Set([
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:servicequotas/serviceQuota:ServiceQuota",
]);

const cache = new Map<string, boolean>();

/** Whether a type is known to place, hold and route nothing. */
export function isHarmless(type: string): boolean {
  let answer = cache.get(type);
  if (answer === undefined) cache.set(type, (answer = judge(type)));
  return answer;
}

function judge(type: string): boolean {
  const provider = type.slice(0, type.indexOf(":"));
  if (harmlessPackages.has(provider) || harmlessTypes.has(type)) return true;
  if (readAnyway.has(type)) return false;
  if (provider === "aws") return harmlessAwsModules.has(type.slice(4).split("/", 1)[0] ?? "");
  if (provider !== "kubernetes") return false;
  if (harmlessExtensions.has(type)) return true;
  if (kubernetesComponents.some((prefix) => type.startsWith(prefix))) return true;
  const [, group = "", kind = ""] = type.split(":");
  const api = group.split("/", 1)[0] ?? "";
  const isCore = coreGroups.has(api) || api.endsWith(".k8s.io");
  const plain = kind.endsWith("Patch") ? kind.slice(0, -"Patch".length) : kind;
  return isCore && harmlessKinds.has(plain);
}

function typesOf(module: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${module}/${name}`);
}

function typesIn(api: string, kinds: readonly string[]): readonly string[] {
  return kinds.map((kind) => `kubernetes:${api}:${kind}`);
}
