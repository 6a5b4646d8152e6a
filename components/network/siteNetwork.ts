import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { defaultRange, parseRange, sizeOf } from "../../estate/addresses";
import type { CloudSite, Mistake } from "../../model";
import { tagKeys } from "../../model";
import { argumentMistake, refuseIfAny } from "../common/refuse";
import { createEndpoints } from "./endpoints";
import type { Network, NetworkZone } from "./network";
import { type SubnetPlan, mostZones, narrowestPrefix, planSubnets, widestPrefix, zoneNumber } from "./subnets";

export interface SiteNetworkArgs {
  /** The region of a cloud and its zones. A zone taken away deletes its subnets; the others stay. */
  readonly site: CloudSite;
  /**
   * Addresses, /16 to /20. A change replaces the network and everything in it. @default a /16 of 10.0.0.0/8 that
   * follows from the site's name
   */
  readonly cidr?: string;
  /** False makes no way from private subnets to the internet: no NAT gateways. In place. @default true */
  readonly internet?: boolean;
  /** Services of AWS that private subnets reach by interface endpoints, such as ecr.api. In place. @default none */
  readonly endpoints?: readonly string[];
}

/**
 * The network of a cloud site: in each zone a public subnet, a private subnet and, where units call the internet, a NAT
 * gateway of its own, so that a zone that is lost takes nothing from the others. S3 and DynamoDB are reached by routes,
 * other services of AWS by the endpoints asked for.
 *
 * Cost: a NAT gateway per zone and hour beside the traffic through it, and an interface endpoint per service, zone and
 * hour.
 */
export class SiteNetwork extends pulumi.ComponentResource {
  /** What other components take. */
  readonly network: Network;

  constructor(name: string, args: SiteNetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const { site, cidr = defaultRange(args.site.name), internet = true, endpoints = [] } = args;
    refuseIfAny(networkMistakes(name, cidr, site.zoneIds));
    const plan = planSubnets(cidr, site.zoneIds);
    const stated = { cidr };
    super("duplex:site:SiteNetwork", name, stated, options);

    const create = creator(this, name, site);
    const vpc = create.vpc(cidr);
    const publicRoutes = create.publicRoutes(vpc);
    const zones = plan.map((zone) => create.zone(vpc, zone, publicRoutes, internet));
    const ways = createEndpoints(this, name, {
      region: site.region,
      vpcId: vpc.id,
      subnetIds: zones.map((zone) => zone.privateSubnetId),
      routeTableIds: zones.map((zone) => zone.privateRouteTableId),
      services: endpoints,
      tagsOf: (part) => create.common(part).tags,
    });
    this.network = {
      vpcId: vpc.id,
      cidr,
      zones,
      prefixListIds: ways.prefixListIds,
      ...(ways.groupId ? { endpointsGroupId: ways.groupId } : {}),
    };
    this.registerOutputs({ ...stated, vpcId: vpc.id, zoneIds: site.zoneIds });
  }
}

function networkMistakes(name: string, cidr: string, zoneIds: readonly string[]): readonly Mistake[] {
  const range = parseRange(cidr);
  const { first, prefix } = range;
  const isNetwork = prefix >= widestPrefix && prefix <= narrowestPrefix && first % sizeOf(range) === 0;
  const unknownZones = zoneIds.filter((zoneId) => !(zoneNumber(zoneId) >= 1 && zoneNumber(zoneId) <= mostZones));
  return [
    ...(isNetwork
      ? []
      : [
          argumentMistake(
            "DPX201",
            name,
            `cidr must be a network from /${widestPrefix} to /${narrowestPrefix} that begins at its first ` +
              `address, but is "${cidr}".`,
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

type MadeZone = NetworkZone & {
  readonly privateSubnetId: pulumi.Output<string>;
  readonly privateRouteTableId: pulumi.Output<string>;
};

/** Creates the parts; every one has the region, the parent and the tags. */
function creator(parent: SiteNetwork, name: string, { name: site, region }: CloudSite) {
  const options = { parent };
  const common = (part: string) => ({ region, tags: { Name: `${name}-${part}`, [tagKeys.site]: site } });

  const routeTable = (part: string, vpc: ec2.Vpc, target: Partial<ec2.RouteArgs> | undefined) => {
    const table = new ec2.RouteTable(`${name}-${part}`, { ...common(part), vpcId: vpc.id }, options);
    if (target) {
      const route = { region, routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target };
      new ec2.Route(`${name}-${part}-default`, route, options);
    }
    return table;
  };
  const subnet = (part: string, vpc: ec2.Vpc, zoneId: string, cidrBlock: string, table: ec2.RouteTable) => {
    const args = { ...common(part), vpcId: vpc.id, availabilityZoneId: zoneId, cidrBlock };
    const made = new ec2.Subnet(`${name}-${part}`, args, options);
    new ec2.RouteTableAssociation(`${name}-${part}`, { region, subnetId: made.id, routeTableId: table.id }, options);
    return made;
  };
  const natGateway = (zoneId: string, publicSubnet: ec2.Subnet, publicTable: ec2.RouteTable) => {
    const address = new ec2.Eip(`${name}-${zoneId}`, { ...common(`nat-${zoneId}`), domain: "vpc" }, options);
    return new ec2.NatGateway(
      `${name}-${zoneId}`,
      { ...common(`nat-${zoneId}`), subnetId: publicSubnet.id, allocationId: address.id },
      // An address can be given to a NAT gateway only once the way to the internet exists.
      { parent, dependsOn: [publicTable] },
    );
  };

  return {
    common,
    vpc: (cidrBlock: string) =>
      new ec2.Vpc(name, { ...common("vpc"), cidrBlock, enableDnsHostnames: true, enableDnsSupport: true }, options),
    publicRoutes: (vpc: ec2.Vpc) => {
      const gateway = new ec2.InternetGateway(name, { ...common("internet"), vpcId: vpc.id }, options);
      return routeTable("public", vpc, { gatewayId: gateway.id });
    },
    zone: (vpc: ec2.Vpc, plan: SubnetPlan, publicTable: ec2.RouteTable, internet: boolean): MadeZone => {
      const { zoneId, publicCidr, privateCidr } = plan;
      const publicSubnet = subnet(`public-${zoneId}`, vpc, zoneId, publicCidr, publicTable);
      const way = internet ? { natGatewayId: natGateway(zoneId, publicSubnet, publicTable).id } : undefined;
      const privateTable = routeTable(`private-${zoneId}`, vpc, way);
      const privateSubnet = subnet(`private-${zoneId}`, vpc, zoneId, privateCidr, privateTable);
      return {
        zoneId,
        availabilityZone: privateSubnet.availabilityZone,
        publicSubnetId: publicSubnet.id,
        privateSubnetId: privateSubnet.id,
        privateRouteTableId: privateTable.id,
      };
    },
  };
}
