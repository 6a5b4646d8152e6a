/** Which service of AWS makes and changes objects of a type, as CloudTrail names it in `eventSource`. */

/**
 * Endpoint prefixes by the module of Pulumi's type token, where the two differ. CloudTrail's `eventSource` is the
 * prefix with `.amazonaws.com` (AWS service endpoint prefixes: Service Authorization Reference).
 */
const prefixes: Readonly<Record<string, readonly string[]>> = {
  acmpca: ["acm-pca"],
  alb: ["elasticloadbalancing"],
  apigatewayv2: ["apigateway"],
  appautoscaling: ["application-autoscaling", "autoscaling"],
  arcregionswitch: ["arc-region-switch"],
  cfg: ["config"],
  cloudwatch: ["monitoring", "logs", "events"],
  cognito: ["cognito-idp", "cognito-identity"],
  docdb: ["rds"],
  ebs: ["ec2"],
  ec2clientvpn: ["ec2"],
  ec2transitgateway: ["ec2"],
  efs: ["elasticfilesystem"],
  elasticsearch: ["es"],
  elb: ["elasticloadbalancing"],
  kinesis: ["kinesis", "firehose"],
  lb: ["elasticloadbalancing"],
  mq: ["amazonmq"],
  msk: ["kafka"],
  mskconnect: ["kafkaconnect"],
  neptune: ["rds"],
  networkfirewall: ["network-firewall"],
  opensearch: ["es"],
  route53recoverycontrol: ["route53-recovery-control-config"],
  route53recoveryreadiness: ["route53-recovery-readiness"],
  s3control: ["s3"],
  sesv2: ["ses"],
  sfn: ["states"],
  timestreamwrite: ["timestream"],
  vpc: ["ec2"],
  vpclattice: ["vpc-lattice"],
  vpn: ["ec2"],
};

/** It writes tags of objects of every service (Resource Groups Tagging API). */
const tagging = "tagging";

/** Their calls are logged in one region, wherever the caller is: nothing to compare with a resource's own. */
const global: ReadonlySet<string> = new Set([
  "cloudfront",
  "globalaccelerator",
  "iam",
  "networkmanager",
  "organizations",
  "route53",
  "route53-recovery-control-config",
  "route53-recovery-readiness",
  "shield",
  "waf",
]);

/** Whether a service can change objects of a type, such as `aws:ecs/service:Service`. */
export function changesType(service: string, type: string): boolean {
  const [, module = ""] = /^aws:([^/:]+)\//.exec(type) ?? [];
  return service === tagging || (prefixes[module] ?? [module]).includes(service);
}

export function isGlobal(service: string): boolean {
  return global.has(service);
}
