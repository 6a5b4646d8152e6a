/** Who may speak with whom, port by port: inside of a network from group to group, across by ranges of addresses. */
import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { awsTags } from "../common/identity";
import type { Reach, Settled } from "./args";

export interface Groups {
  /** Of the public entrance. */
  readonly front?: ec2.SecurityGroup;
  /** Of the load balancer inside of the network. */
  readonly balancer?: ec2.SecurityGroup;
  readonly units: ec2.SecurityGroup;
}

type Parent = pulumi.ComponentResource;

/** Region, tags: what every resource of the service has. */
export function commonOf({ identity, site }: Pick<Settled, "identity" | "site">) {
  return { region: site.region, tags: awsTags(identity, site.name) };
}

export const httpsPort = 443;
const httpPort = 80;

/** The groups of a service, and the rules between them. */
export function createGroups(parent: Parent, name: string, args: Settled): Groups {
  const { kind, port, network, balancer: existing, compute } = args;
  const common = commonOf(args);
  const group = (part: string, description: string) =>
    new ec2.SecurityGroup(`${name}-${part}`, { ...common, vpcId: network.vpcId, description }, { parent });
  const units = group("units", "Units of the service");
  if (kind === "worker") return { units };
  if (existing) {
    ingressFrom(parent, `${name}-units-balancer`, common, units.id, existing.securityGroupId, port);
    return { units };
  }
  const balancer = group("balancer", "Load balancer inside of the network");
  // Lambda is called by its API, which no rule of a group stands before.
  if (compute.on !== "lambda")
    allow(parent, `${name}-balancer-units`, common, { from: balancer.id, to: units.id, port });
  if (kind === "internal") return { balancer, units };

  const front = group("front", "Entrance from the internet");
  for (const open of [httpPort, httpsPort]) {
    const rule = { ...common, securityGroupId: front.id, cidrIpv4: "0.0.0.0/0", ...tcp(open) };
    new vpc.SecurityGroupIngressRule(`${name}-front-${open}`, rule, { parent });
    allow(parent, `${name}-front-balancer-${open}`, common, { from: front.id, to: balancer.id, port: open });
  }
  return { front, balancer, units };
}

/** Opens the units' own ways out: the endpoints of their network, and what they were told to reach. */
export function createReaches(parent: Parent, name: string, args: Settled, units: ec2.SecurityGroup): void {
  const { network, reaches } = args;
  const { endpointsGroupId, prefixListIds } = network;
  const s3 = prefixListIds?.["s3"];
  const own: readonly Reach[] = [
    ...(endpointsGroupId === undefined
      ? []
      : [{ name: "endpoints", port: httpsPort, securityGroupId: endpointsGroupId }]),
    // The layers of an image are objects of S3.
    ...(s3 === undefined ? [] : [{ name: "s3", port: httpsPort, prefixListId: s3 }]),
  ];
  for (const reach of [...own, ...reaches]) createReach(parent, name, commonOf(args), units.id, reach);
}

type Common = ReturnType<typeof commonOf>;

/** One way out of a group. */
export function createReach(
  parent: Parent,
  name: string,
  common: Common,
  from: pulumi.Input<string>,
  { name: to, port, securityGroupId, prefixListId, cidr }: Reach,
): void {
  if (securityGroupId !== undefined) {
    allow(parent, `${name}-${to}`, common, { from, to: securityGroupId, port });
    return;
  }
  const target = prefixListId === undefined ? { cidrIpv4: cidr } : { prefixListId };
  new vpc.SecurityGroupEgressRule(
    `${name}-${to}`,
    { ...common, securityGroupId: from, ...target, ...tcp(port) },
    { parent },
  );
}

interface Way {
  readonly from: pulumi.Input<string>;
  readonly to: pulumi.Input<string>;
  readonly port: number;
}

/** A way from one group to another: both have to know it. */
export function allow(parent: Parent, name: string, common: Common, { from, to, port }: Way): void {
  new vpc.SecurityGroupEgressRule(
    name,
    { ...common, securityGroupId: from, referencedSecurityGroupId: to, ...tcp(port) },
    { parent },
  );
  ingressFrom(parent, name, common, to, from, port);
}

function ingressFrom(
  parent: Parent,
  name: string,
  common: Common,
  group: pulumi.Input<string>,
  from: pulumi.Input<string>,
  port: number,
): void {
  new vpc.SecurityGroupIngressRule(
    name,
    { ...common, securityGroupId: group, referencedSecurityGroupId: from, ...tcp(port) },
    { parent },
  );
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
