import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { type CloudSite, type Mistake, componentTypes } from "../../model";
import { type ServiceIdentity, awsTags, awsWorkloadTags, published } from "../common/identity";
import { argumentMistake, outsideRange, refuseIfAny } from "../common/refuse";
import type { SiteNetwork } from "../network/siteNetwork";

export interface AwsServiceArgs {
  /** The service that runs here. */
  readonly identity: ServiceIdentity;
  /** The cloud site; every resource is made in its region. */
  readonly site: CloudSite;
  /** The site's network; the load balancer and the instances stand in all of its zones. */
  readonly network: SiteNetwork;
  /** Instances to run, reserve included, 1 to 5000. They run always: a loss elsewhere must find them running. In place. */
  readonly units: number;
  /** Most instances under load, at least `units`. In place. @default half as many again as `units` */
  readonly mostUnits?: number;
  /** Profile of the instances' role. A change replaces the instances one by one. */
  readonly instanceProfileArn: pulumi.Input<string>;
  /** Container image that the instances run; its registry must not be one that is lost with another site. */
  readonly image: string;
  /** Instance type. A change replaces the instances one by one. @default c7i.2xlarge */
  readonly instanceType?: string;
  /** Machine image, or where its id is found. @default the newest Amazon Linux 2023, looked up by the cloud at each start */
  readonly machineImage?: string;
  /** Port that the units listen on, 1 to 65535. @default 8080 */
  readonly port?: number;
  /** Path that answers 200 only when the unit can do its work. @default /healthz/deep */
  readonly healthPath?: string;
  /** Certificate in the site's region. With it the listener speaks HTTPS and sends HTTP there. @default none: HTTP only */
  readonly certificateArn?: pulumi.Input<string>;
  /** False lets the load balancer be deleted. @default true */
  readonly deletionProtection?: boolean;
}

/** Looked up by EC2 itself when an instance starts: a preview needs no call, and no id of a region stands in the code. */
const newestAmazonLinux = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

export const defaultInstanceType = "c7i.2xlarge";
export const defaultPort = 8080;
export const defaultHealthPath = "/healthz/deep";

/** AWS takes 32 characters for a load balancer's name, of which the engine needs 8 to make it unique. */
const longestName = 24;

/**
 * A service in one region of AWS: a load balancer over all zones and an autoscaling group that never runs fewer units than
 * planned.
 *
 * Cost: `units` instances day and night, and one load balancer.
 */
export class AwsService extends pulumi.ComponentResource {
  readonly loadBalancer: lb.LoadBalancer;
  readonly group: autoscaling.Group;

  constructor(name: string, args: AwsServiceArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(awsServiceMistakes(name, args));
    super(componentTypes.awsService, name, {}, options);

    const firewall = createFirewall(this, name, args);
    this.loadBalancer = createLoadBalancer(this, name, args, firewall.front);
    const targets = createTargets(this, name, args, this.loadBalancer);
    this.group = createGroup(this, name, args, firewall.units, targets);
    this.registerOutputs({ ...published(args.identity), sites: [args.site.name], units: args.units });
  }
}

/** All mistakes in the arguments. */
export function awsServiceMistakes(
  name: string,
  args: Pick<AwsServiceArgs, "units" | "mostUnits" | "port">,
): Mistake[] {
  return [
    ...outsideRange("DPX203", name, "units", args.units, 1, 5000),
    ...outsideRange("DPX203", name, "mostUnits", args.mostUnits ?? args.units, args.units, 10_000),
    ...outsideRange("DPX204", name, "port", args.port ?? defaultPort, 1, 65_535),
    ...(name.length <= longestName
      ? []
      : [
          argumentMistake(
            "DPX205",
            name,
            `The name of a service on AWS must have at most ${longestName} characters, but "${name}" has ${name.length}.`,
            "Shorten the name of the service or of the site.",
          ),
        ]),
  ];
}

function commonOf({ identity, site }: AwsServiceArgs) {
  return { region: site.region, tags: awsTags(identity, site.name) };
}

/** Users reach the load balancer on its public ports; only the load balancer reaches the units. */
function createFirewall(parent: AwsService, name: string, args: AwsServiceArgs) {
  const { port = defaultPort, network, certificateArn } = args;
  const options = { parent };
  const common = commonOf(args);
  const group = (part: string, description: string) =>
    new ec2.SecurityGroup(`${name}-${part}`, { ...common, vpcId: network.vpc.id, description }, options);
  const front = group("front", "Load balancer");
  const units = group("units", "Units behind the load balancer");
  const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });

  for (const publicPort of certificateArn === undefined ? [80] : [80, 443]) {
    const args = { ...common, securityGroupId: front.id, cidrIpv4: "0.0.0.0/0", ...tcp(publicPort) };
    new vpc.SecurityGroupIngressRule(`${name}-front-${publicPort}`, args, options);
  }
  const toUnits = { ...common, securityGroupId: front.id, referencedSecurityGroupId: units.id, ...tcp(port) };
  new vpc.SecurityGroupEgressRule(`${name}-front-units`, toUnits, options);
  const fromFront = { ...common, securityGroupId: units.id, referencedSecurityGroupId: front.id, ...tcp(port) };
  new vpc.SecurityGroupIngressRule(`${name}-units-front`, fromFront, options);
  const outward = { ...common, securityGroupId: units.id, cidrIpv4: "0.0.0.0/0", ...tcp(443) };
  new vpc.SecurityGroupEgressRule(`${name}-units-out`, outward, options);
  return { front, units };
}

function createLoadBalancer(parent: AwsService, name: string, args: AwsServiceArgs, firewall: ec2.SecurityGroup) {
  return new lb.LoadBalancer(
    name,
    {
      ...commonOf(args),
      loadBalancerType: "application",
      subnets: args.network.zones.map((zone) => zone.publicSubnet.id),
      securityGroups: [firewall.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: args.deletionProtection ?? true,
    },
    { parent },
  );
}

function createTargets(parent: AwsService, name: string, args: AwsServiceArgs, balancer: lb.LoadBalancer) {
  const common = commonOf(args);
  const targets = new lb.TargetGroup(
    name,
    {
      ...common,
      vpcId: args.network.vpc.id,
      port: args.port ?? defaultPort,
      protocol: "HTTP",
      targetType: "instance",
      deregistrationDelay: 30,
      healthCheck: {
        path: args.healthPath ?? defaultHealthPath,
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    },
    { parent },
  );
  const forward = { type: "forward", targetGroupArn: targets.arn };
  const listen = (port: number, more: Omit<lb.ListenerArgs, "loadBalancerArn">) =>
    new lb.Listener(`${name}-${port}`, { ...common, loadBalancerArn: balancer.arn, port, ...more }, { parent });
  if (args.certificateArn === undefined) {
    listen(80, { protocol: "HTTP", defaultActions: [forward] });
  } else {
    const redirect = { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } };
    listen(80, { protocol: "HTTP", defaultActions: [redirect] });
    const secure = {
      protocol: "HTTPS",
      certificateArn: args.certificateArn,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    };
    listen(443, { ...secure, defaultActions: [forward] });
  }
  return targets;
}

function createGroup(
  parent: AwsService,
  name: string,
  args: AwsServiceArgs,
  firewall: ec2.SecurityGroup,
  targets: lb.TargetGroup,
) {
  const { identity, site, network, units } = args;
  const template = new ec2.LaunchTemplate(
    name,
    {
      ...commonOf(args),
      imageId: args.machineImage ?? newestAmazonLinux,
      instanceType: args.instanceType ?? defaultInstanceType,
      iamInstanceProfile: { arn: args.instanceProfileArn },
      vpcSecurityGroupIds: [firewall.id],
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
      updateDefaultVersion: true,
      userData: startScript(args),
    },
    { parent },
  );
  const tags = Object.entries({ Name: name, ...awsWorkloadTags(identity, site.name) });
  return new autoscaling.Group(
    name,
    {
      region: site.region,
      vpcZoneIdentifiers: network.zones.map((zone) => zone.privateSubnet.id),
      desiredCapacity: units,
      minSize: units,
      maxSize: args.mostUnits ?? Math.ceil(units * 1.5),
      targetGroupArns: [targets.arn],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 120,
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      // New units first: an update never takes a site below what was planned for it.
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 110 } },
      tags: tags.map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    },
    { parent },
  );
}

/** Runs the image at the start of an instance. */
function startScript({ image, port = defaultPort }: AwsServiceArgs): string {
  const script = [
    "#!/bin/sh",
    "set -e",
    "dnf install -y docker",
    "systemctl enable --now docker",
    `docker run --detach --restart always --publish ${port}:${port} '${image}'`,
    "",
  ];
  return Buffer.from(script.join("\n")).toString("base64");
}
