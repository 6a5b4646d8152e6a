/** The load balancer inside of the network: for other services there, and behind the entrance for everybody. */
import * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "./args";
import { type Groups, commonOf, httpsPort } from "./firewall";

type Parent = pulumi.ComponentResource;

export interface Balanced {
  readonly targets: lb.TargetGroup;
  /** Undefined where one that exists already is used. */
  readonly balancer?: lb.LoadBalancer;
  /** What must stand before units can be put behind the balancer. */
  readonly ready: readonly pulumi.Resource[];
  /** Parts of ARNs by which CloudWatch knows the two. */
  readonly dimensions: { readonly TargetGroup: pulumi.Output<string>; readonly LoadBalancer: pulumi.Output<string> };
}

/** Refuses TLS below 1.2 (Elastic Load Balancing, "Security policies"). */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

export function createBalancer(parent: Parent, name: string, args: Settled, groups: Groups): Balanced {
  const targets = createTargets(parent, name, args);
  return args.balancer ? behindExisting(parent, name, args, targets) : behindOwn(parent, name, args, groups, targets);
}

function createTargets(parent: Parent, name: string, args: Settled): lb.TargetGroup {
  const { network, compute, port, protocol, readyPath } = args;
  const healthCheck = {
    path: readyPath,
    // A call of gRPC that the unit does not know is an answer of a unit that is ready.
    matcher: protocol === "grpc" ? "0-99" : "200",
    interval: 10,
    timeout: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
  };
  if (compute.on === "lambda") {
    const waiting = { ...healthCheck, enabled: true, interval: 35, timeout: 30 };
    return new lb.TargetGroup(name, { ...commonOf(args), targetType: "lambda", healthCheck: waiting }, { parent });
  }
  return new lb.TargetGroup(
    name,
    {
      ...commonOf(args),
      vpcId: network.vpcId,
      port,
      protocol: "HTTP",
      protocolVersion: protocol === "grpc" ? "GRPC" : "HTTP1",
      targetType: compute.on === "fargate" ? "ip" : "instance",
      deregistrationDelay: 30,
      healthCheck,
    },
    { parent },
  );
}

function behindOwn(
  parent: Parent,
  name: string,
  args: Settled,
  { balancer: group }: Groups,
  targets: lb.TargetGroup,
): Balanced {
  if (!group) throw new Error(`${name} has a load balancer and no security group for it.`);
  const common = commonOf(args);
  const balancer = new lb.LoadBalancer(
    name,
    {
      ...common,
      loadBalancerType: "application",
      internal: true,
      subnets: args.network.zones.map((zone) => zone.privateSubnetId),
      securityGroups: [group.id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: args.deletionProtection,
    },
    { parent },
  );
  const listen = (port: number, more: Omit<lb.ListenerArgs, "loadBalancerArn">) =>
    new lb.Listener(`${name}-${port}`, { ...common, loadBalancerArn: balancer.arn, port, ...more }, { parent });
  const redirect = { port: String(httpsPort), protocol: "HTTPS", statusCode: "HTTP_301" };
  const plain = listen(80, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect }] });
  const secure = listen(httpsPort, {
    protocol: "HTTPS",
    certificateArn: args.certificateArn,
    sslPolicy: tlsPolicy,
    defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
  });
  createPrivateNames(parent, name, args, { name: balancer.dnsName, zoneId: balancer.zoneId });
  return {
    targets,
    balancer,
    ready: [plain, secure],
    dimensions: { TargetGroup: targets.arnSuffix, LoadBalancer: balancer.arnSuffix },
  };
}

function behindExisting(parent: Parent, name: string, args: Settled, targets: lb.TargetGroup): Balanced {
  const { balancer } = args;
  if (!balancer) throw new Error(`${name} was told of no load balancer.`);
  const rule = new lb.ListenerRule(
    name,
    {
      ...commonOf(args),
      listenerArn: balancer.listenerArn,
      priority: balancer.priority,
      actions: [{ type: "forward", targetGroupArn: targets.arn }],
      conditions: [{ hostHeader: { values: [...balancer.hosts] } }],
    },
    { parent },
  );
  createPrivateNames(parent, name, args, { name: balancer.dnsName, zoneId: balancer.hostedZoneId });
  const suffix = pulumi
    .output(balancer.listenerArn)
    .apply((arn) => arn.split(":listener/")[1]?.split("/").slice(0, 3).join("/") ?? "");
  return { targets, ready: [rule], dimensions: { TargetGroup: targets.arnSuffix, LoadBalancer: suffix } };
}

interface AliasTarget {
  readonly name: pulumi.Input<string>;
  readonly zoneId: pulumi.Input<string>;
}

/**
 * Names inside of the networks. A name that instances of other regions share answers each network with the nearest of
 * them that lives. A name of this site alone has a weight too, so that another answer can stand beside it without a new
 * record.
 */
function createPrivateNames(parent: Parent, name: string, { privateNames, site }: Settled, target: AliasTarget): void {
  for (const { name: host, shared } of privateNames?.names ?? []) {
    const policy = shared
      ? { latencyRoutingPolicies: [{ region: site.region }] }
      : { weightedRoutingPolicies: [{ weight: 100 }] };
    new route53.Record(
      `${name}-${shared ? "shared" : "own"}-name`,
      {
        zoneId: privateNames?.zoneId ?? "",
        name: host,
        type: "A",
        setIdentifier: site.name,
        ...policy,
        aliases: [{ ...target, evaluateTargetHealth: true }],
      },
      { parent },
    );
  }
}
