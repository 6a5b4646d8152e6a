/** ARNs: what they name, and by which type and id Pulumi takes it over. */

export interface Arn {
  readonly service: string;
  /** Empty for what is in no region. */
  readonly region: string;
  readonly account: string;
  /** What follows the account, such as `table/ledger`. */
  readonly resource: string;
}

/** Undefined for what is no ARN (IAM User Guide, "Identify AWS resources with Amazon Resource Names"). */
export function parseArn(text: string): Arn | undefined {
  const [, service, region, account, resource] = /^arn:[^:]+:([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (service === undefined || resource === undefined) return undefined;
  return { service, region: region ?? "", account: account ?? "", resource };
}

/** How the id of a type is made: of the whole ARN, or of what follows the kind. */
type IdOf = (arn: string, rest: string) => string;
const whole: IdOf = (arn) => arn;
const tail: IdOf = (_, rest) => rest;

/**
 * Types by service and kind of object, with the id that the type's page in the provider's documentation imports by.
 * `""` is the kind of what an ARN names by its name alone.
 */
const types: Readonly<Record<string, readonly [type: string, id: IdOf]>> = {
  "backup backup-vault": ["aws:backup/vault:Vault", tail],
  "cloudfront distribution": ["aws:cloudfront/distribution:Distribution", tail],
  "cloudwatch alarm": ["aws:cloudwatch/metricAlarm:MetricAlarm", tail],
  "dynamodb table": ["aws:dynamodb/table:Table", tail],
  "ec2 elastic-ip": ["aws:ec2/eip:Eip", tail],
  "ec2 instance": ["aws:ec2/instance:Instance", tail],
  "ec2 launch-template": ["aws:ec2/launchTemplate:LaunchTemplate", tail],
  "ec2 natgateway": ["aws:ec2/natGateway:NatGateway", tail],
  "ec2 security-group": ["aws:ec2/securityGroup:SecurityGroup", tail],
  "ec2 subnet": ["aws:ec2/subnet:Subnet", tail],
  "ec2 volume": ["aws:ebs/volume:Volume", tail],
  "ec2 vpc": ["aws:ec2/vpc:Vpc", tail],
  "ecs cluster": ["aws:ecs/cluster:Cluster", tail],
  "ecs service": ["aws:ecs/service:Service", tail],
  "eks cluster": ["aws:eks/cluster:Cluster", tail],
  "elasticache cluster": ["aws:elasticache/cluster:Cluster", tail],
  "elasticache replicationgroup": ["aws:elasticache/replicationGroup:ReplicationGroup", tail],
  "elasticfilesystem file-system": ["aws:efs/fileSystem:FileSystem", tail],
  "elasticloadbalancing loadbalancer": ["aws:lb/loadBalancer:LoadBalancer", whole],
  "elasticloadbalancing targetgroup": ["aws:lb/targetGroup:TargetGroup", whole],
  "es domain": ["aws:opensearch/domain:Domain", tail],
  "globalaccelerator accelerator": ["aws:globalaccelerator/accelerator:Accelerator", whole],
  "kinesis stream": ["aws:kinesis/stream:Stream", tail],
  "kms key": ["aws:kms/key:Key", tail],
  "lambda function": ["aws:lambda/function:Function", tail],
  "memorydb cluster": ["aws:memorydb/cluster:Cluster", tail],
  "rds cluster": ["aws:rds/cluster:Cluster", tail],
  "rds db": ["aws:rds/instance:Instance", tail],
  "rds global-cluster": ["aws:rds/globalCluster:GlobalCluster", tail],
  "route53 healthcheck": ["aws:route53/healthCheck:HealthCheck", tail],
  "route53 hostedzone": ["aws:route53/zone:Zone", tail],
  "s3 ": ["aws:s3/bucket:Bucket", tail],
  "secretsmanager secret": ["aws:secretsmanager/secret:Secret", whole],
  "sns ": ["aws:sns/topic:Topic", whole],
  "sqs ": ["aws:sqs/queue:Queue", (arn) => queueUrl(arn)],
  "states stateMachine": ["aws:sfn/stateMachine:StateMachine", whole],
};

/** A type and an id for an ARN; the type is the service's and kind's own words where no row knows it. */
export function importOf(arn: string): { readonly type: string; readonly id?: string } {
  const parts = parseArn(arn);
  if (parts === undefined) return { type: "aws:unknown" };
  const { service, resource } = parts;
  const [, kind = "", rest = resource] = /^([^:/]+)[:/](.+)$/s.exec(resource) ?? [];
  const key = `${service} ${kind}`;
  const row = Object.hasOwn(types, key) ? types[key] : undefined;
  if (row === undefined) return { type: `aws:${service}${kind === "" ? "" : `/${kind}`}` };
  const [type, idOf] = row;
  return { type, id: idOf(arn, rest) };
}

/** Amazon SQS Developer Guide, "Queue and message identifiers". */
function queueUrl(arn: string): string {
  const { region = "", account = "", resource = "" } = parseArn(arn) ?? {};
  return `https://sqs.${region}.amazonaws.com/${account}/${resource}`;
}

/** The id at an ARN's end where AWS has drawn it, so that no two objects have it: `vpc-0a1b2c3d4e5f60718`. */
export function drawnId(arn: string): string | undefined {
  return /[:/]([a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17})$/.exec(arn)?.[1];
}
