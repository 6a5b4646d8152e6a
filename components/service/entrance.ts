/**
 * The entrance from the internet: a fixed address in each zone, which a name can lead to with a time to live of its
 * own.
 */
import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "./args";
import type { Balanced } from "./balancer";
import { type Groups, commonOf } from "./firewall";

/** An address by which clients come in. */
export interface EntranceAddress {
  /** Zone that it stands in. */
  readonly zoneId: string;
  /** Known once the way behind it stands: no name may lead to it before. */
  readonly address: pulumi.Output<string>;
}

/**
 * A network load balancer with an address in each zone, which hands connections to the application load balancer
 * inside. An alias to a load balancer is kept for 60 seconds whatever is asked; an address is answered with the
 * record's own time to live.
 */
export function createEntrance(
  parent: pulumi.ComponentResource,
  name: string,
  args: Settled,
  groups: Groups,
  { balancer, ready }: Balanced,
): readonly EntranceAddress[] {
  if (!groups.front || !balancer) throw new Error(`${name} has an entrance and nothing behind it.`);
  const { network, deletionProtection } = args;
  const common = commonOf(args);
  const options = { parent };
  const addresses = network.zones.map(({ zoneId }) => ({
    zoneId,
    eip: new ec2.Eip(`${name}-${zoneId}`, { ...common, domain: "vpc" }, options),
  }));
  const front = new lb.LoadBalancer(
    `${name}-nlb`,
    {
      ...common,
      loadBalancerType: "network",
      subnetMappings: network.zones.map(({ zoneId, publicSubnetId }) => ({
        subnetId: publicSubnetId,
        allocationId: addresses.find((one) => one.zoneId === zoneId)?.eip.allocationId,
      })),
      securityGroups: [groups.front.id],
      // A zone whose own part of the inner load balancer is gone hands on to the others.
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: deletionProtection,
    },
    options,
  );
  const listeners = [80, 443].map((port) =>
    createPassage({ parent, dependsOn: [...ready] }, name, args, { port, front, balancer }),
  );
  const standing = pulumi.all([front.arn, ...listeners.map((listener) => listener.arn)]);
  return addresses.map(({ zoneId, eip }) => ({
    zoneId,
    address: pulumi.all([eip.publicIp, standing]).apply(([address]) => address),
  }));
}

/** Hands the connections of one port on to the load balancer inside. */
function createPassage(
  { parent, dependsOn }: pulumi.CustomResourceOptions,
  name: string,
  args: Settled,
  { port, front, balancer }: { port: number; front: lb.LoadBalancer; balancer: lb.LoadBalancer },
): lb.Listener {
  const { network, readyPath } = args;
  const common = commonOf(args);
  const full = `${name}-${port}`;
  const targets = new lb.TargetGroup(
    full,
    {
      ...common,
      vpcId: network.vpcId,
      port,
      protocol: "TCP",
      targetType: "alb",
      // Port 80 only redirects: that it does is all that can be asked there.
      healthCheck: {
        protocol: port === 80 ? "HTTP" : "HTTPS",
        path: readyPath,
        matcher: "200-399",
        // A zone whose part of the inner load balancer is gone is left in 20 seconds; unless told, in 90.
        interval: 10,
        timeout: 6,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    },
    { parent },
  );
  new lb.TargetGroupAttachment(
    full,
    { region: common.region, targetGroupArn: targets.arn, targetId: balancer.arn, port },
    // A balancer can be a target only once it listens on the port.
    { parent, dependsOn },
  );
  return new lb.Listener(
    `${name}-nlb-${port}`,
    {
      ...common,
      loadBalancerArn: front.arn,
      port,
      protocol: "TCP",
      defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
    },
    { parent },
  );
}
