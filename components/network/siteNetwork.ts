import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { CloudSite, Mistake } from "../../model";
import { tagKeys } from "../../model";
import { argumentMistake, refuseIfAny } from "../common/refuse";
import {
  type SubnetPlan,
  mostZones,
  narrowestPrefix,
  parseCidr,
  planSubnets,
  widestPrefix,
  zoneNumber,
} from "./subnets";

export interface SiteNetworkArgs {
  /** The region of a cloud and its zones. A zone taken away deletes its subnets; the others stay. */
  readonly site: CloudSite;
  /** Addresses, /16 to /20. A change replaces the network and everything in it. @default a /16 of 10.0.0.0/8 that follows from the site's name */
  readonly cidr?: string;
}

/** A zone's part of a network. */
export interface NetworkZone {
  readonly zoneId: string;
  readonly publicSubnet: ec2.Subnet;
  readonly privateSubnet: ec2.Subnet;
}

/**
 * The network of a cloud site: in each zone a public subnet, a private subnet and a NAT gateway of its own, so that a zone
 * that is lost takes nothing from the others.
 *
 * Cost: one NAT gateway per zone and hour, beside the traffic through it.
 */
export class SiteNetwork extends pulumi.ComponentResource {
  readonly vpc: ec2.Vpc;
  readonly zones: readonly NetworkZone[];

  constructor(name: string, args: SiteNetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const { site, cidr = defaultCidr(args.site.name) } = args;
    refuseIfAny(networkMistakes(name, cidr, site.zoneIds));
    const plan = planSubnets(cidr, site.zoneIds);
    super("duplex:site:SiteNetwork", name, {}, options);

    const create = creator(this, name, site);
    this.vpc = create.vpc(cidr);
    const publicRoutes = create.publicRoutes(this.vpc);
    this.zones = plan.map((zone) => create.zone(this.vpc, zone, publicRoutes));
    this.registerOutputs({ vpcId: this.vpc.id, cidr, zoneIds: site.zoneIds });
  }
}

/** Addresses of a site: stable whatever other sites there are. */
export function defaultCidr(siteName: string): string {
  // FNV-1a over the name. Networks are not joined with each other, so that two that share a range do no harm.
  let hash = 0x811c9dc5;
  for (const letter of siteName) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `10.${hash % 256}.0.0/16`;
}

function networkMistakes(name: string, cidr: string, zoneIds: readonly string[]): readonly Mistake[] {
  const { address, prefix } = parseCidr(cidr);
  const size = 2 ** (32 - prefix);
  const isNetwork = prefix >= widestPrefix && prefix <= narrowestPrefix && address % size === 0;
  const unknownZones = zoneIds.filter((zoneId) => !(zoneNumber(zoneId) >= 1 && zoneNumber(zoneId) <= mostZones));
  return [
    ...(isNetwork
      ? []
      : [
          argumentMistake(
            "DPX201",
            name,
            `cidr must be a network from /${widestPrefix} to /${narrowestPrefix} that begins at its first address, but is "${cidr}".`,
            "Write one such as 10.20.0.0/16.",
          ),
        ]),
    ...(zoneIds.length > 0
      ? []
      : [argumentMistake("DPX202", name, "site.zoneIds must name a zone, but is empty.", "Name zone ids.")]),
    ...unknownZones.map((zoneId) =>
      argumentMistake(
        "DPX202",
        name,
        `A zone id must end in az1 to az${mostZones}, but is "${zoneId}".`,
        "Write a zone id such as apne2-az1.",
      ),
    ),
  ];
}

/** Creates the parts; every one has the region, the parent and the tags. */
function creator(parent: SiteNetwork, name: string, { name: site, region }: CloudSite) {
  const options = { parent };
  const common = (part: string) => ({ region, tags: { Name: `${name}-${part}`, [tagKeys.site]: site } });

  const routeTable = (part: string, vpc: ec2.Vpc, target: Partial<ec2.RouteArgs>) => {
    const table = new ec2.RouteTable(`${name}-${part}`, { ...common(part), vpcId: vpc.id }, options);
    const route = { region, routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target };
    new ec2.Route(`${name}-${part}-default`, route, options);
    return table;
  };
  const subnet = (part: string, vpc: ec2.Vpc, zoneId: string, cidrBlock: string, table: ec2.RouteTable) => {
    const args = { ...common(part), vpcId: vpc.id, availabilityZoneId: zoneId, cidrBlock };
    const made = new ec2.Subnet(`${name}-${part}`, args, options);
    new ec2.RouteTableAssociation(`${name}-${part}`, { region, subnetId: made.id, routeTableId: table.id }, options);
    return made;
  };

  return {
    vpc: (cidrBlock: string) =>
      new ec2.Vpc(name, { ...common("vpc"), cidrBlock, enableDnsHostnames: true, enableDnsSupport: true }, options),
    publicRoutes: (vpc: ec2.Vpc) => {
      const gateway = new ec2.InternetGateway(name, { ...common("internet"), vpcId: vpc.id }, options);
      return routeTable("public", vpc, { gatewayId: gateway.id });
    },
    zone: (vpc: ec2.Vpc, { zoneId, publicCidr, privateCidr }: SubnetPlan, publicTable: ec2.RouteTable): NetworkZone => {
      const publicSubnet = subnet(`public-${zoneId}`, vpc, zoneId, publicCidr, publicTable);
      const address = new ec2.Eip(`${name}-${zoneId}`, { ...common(`nat-${zoneId}`), domain: "vpc" }, options);
      const nat = new ec2.NatGateway(
        `${name}-${zoneId}`,
        { ...common(`nat-${zoneId}`), subnetId: publicSubnet.id, allocationId: address.id },
        // An address can be given to a NAT gateway only once the way to the internet exists.
        { parent, dependsOn: [publicTable] },
      );
      const privateTable = routeTable(`private-${zoneId}`, vpc, { natGatewayId: nat.id });
      return {
        zoneId,
        publicSubnet,
        privateSubnet: subnet(`private-${zoneId}`, vpc, zoneId, privateCidr, privateTable),
      };
    },
  };
}
