import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { rangesOverlap } from "../../estate/addresses";
import { type CloudSite, type Mistake, tagKeys } from "../../model";
import { argumentMistake, refuseIfAny } from "../common/refuse";
import type { Network } from "./network";

/** One side of a connection. */
export interface PeeredSite {
  readonly site: CloudSite;
  readonly network: Network;
}

export interface SitePeeringArgs {
  /** The side that asks for the connection. A change replaces it. */
  readonly from: PeeredSite;
  /** The side that accepts it. A change replaces it. */
  readonly to: PeeredSite;
}

/**
 * A private way between the networks of two cloud sites, for calls that have no instance of their own site to go to.
 * Between other networks there is none: what a site does not need must not fail with another.
 *
 * Cost: the traffic between the regions.
 */
export class SitePeering extends pulumi.ComponentResource {
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: SitePeeringArgs, options?: pulumi.ComponentResourceOptions) {
    refuseIfAny(peeringMistakes(name, args));
    const { from, to } = args;
    const stated = { sites: [from.site.name, to.site.name] };
    super("duplex:site:SitePeering", name, stated, options);
    const tags = { Name: name, [tagKeys.site]: from.site.name };

    const connection = new ec2.VpcPeeringConnection(
      name,
      {
        region: from.site.region,
        vpcId: from.network.vpcId,
        peerVpcId: to.network.vpcId,
        peerRegion: to.site.region,
        tags,
      },
      { parent: this },
    );
    const accepted = new ec2.VpcPeeringConnectionAccepter(
      name,
      { region: to.site.region, vpcPeeringConnectionId: connection.id, autoAccept: true, tags },
      { parent: this },
    );
    this.connectionId = accepted.id;
    createRoutes(this, name, from, to, accepted);
    createRoutes(this, name, to, from, accepted);
    this.registerOutputs({ ...stated, connectionId: this.connectionId });
  }
}

function peeringMistakes(name: string, { from, to }: SitePeeringArgs): readonly Mistake[] {
  const [one, other] = [from.network.cidr, to.network.cidr];
  const closed = [from, to].filter(({ network }) =>
    network.zones.some((zone) => zone.privateRouteTableId === undefined),
  );
  return [
    ...(rangesOverlap(one, other)
      ? [
          argumentMistake(
            "DPX224",
            name,
            `The networks of "${from.site.name}" (${one}) and "${to.site.name}" (${other}) overlap.`,
            "Give one of them a cidr of its own.",
          ),
        ]
      : []),
    ...closed.map(({ site }) =>
      argumentMistake(
        "DPX225",
        name,
        `The network of "${site.name}" does not name the route tables of its private subnets.`,
        "Write privateRouteTableId for each of its zones.",
      ),
    ),
  ];
}

/** From every private subnet of one side to all of the other. */
function createRoutes(
  parent: SitePeering,
  name: string,
  from: PeeredSite,
  to: PeeredSite,
  accepted: ec2.VpcPeeringConnectionAccepter,
) {
  for (const { zoneId, privateRouteTableId } of from.network.zones) {
    if (privateRouteTableId === undefined) continue;
    new ec2.Route(
      `${name}-${zoneId}`,
      {
        region: from.site.region,
        routeTableId: privateRouteTableId,
        destinationCidrBlock: to.network.cidr,
        vpcPeeringConnectionId: accepted.id,
      },
      { parent },
    );
  }
}
