/**
 * Ways between one's own buildings and AWS. A Direct Connect connection ends in one building, whatever its bandwidth;
 * connections of one gateway stand in for each other, and so does a VPN to the same gateway.
 */
import { domainId, known, mapKnown, unknown, type DomainId, type Known, type LinkFact } from "../../../model";
import type { Draft } from "../../draft";
import { membersBy } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, propertyPath, textAt } from "../../values";
import { placeInZones, scopeOf } from "../placing";
import { byText } from "../../../lib/order";
import { memoize } from "../../../lib/memo";

const connectionTypes = [
  "aws:directconnect/connection:Connection",
  "aws:directconnect/linkAggregationGroup:LinkAggregationGroup",
] as const;
const interfaceTypes = [
  "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface",
  "aws:directconnect/transitVirtualInterface:TransitVirtualInterface",
  "aws:directconnect/publicVirtualInterface:PublicVirtualInterface",
] as const;
const gatewayTypes = ["aws:directconnect/gateway:Gateway"] as const;
const associationTypes = ["aws:directconnect/gatewayAssociation:GatewayAssociation"] as const;
const nearGatewayTypes = [
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ec2/vpnGateway:VpnGateway",
] as const;
const vpnTypes = ["aws:ec2/vpnConnection:VpnConnection"] as const;

export const connections: Reader = {
  gives: "a link that ends in one building and at one carrier",
  types: connectionTypes,
  read(resource, into, context) {
    const { aws } = context;
    const location = textAt(resource, "location");
    const provider = textAt(resource, "providerName");
    const region = aws.regional(resource);
    const placement: Known<readonly DomainId[]> =
      location === undefined
        ? unknown(propertyPath(resource, "location"))
        : mapKnown(region, (domains) => [
            building(location),
            ...(provider === undefined ? [] : [domainId("carrier", provider)]),
            ...domains,
          ]);
    into.place({
      resource,
      layer: "routing",
      sharing: "copy",
      scope: scopeOf(resource, context),
      workload: resource.name,
      replicas: [standing(resource, placement)],
    });
    joinAlike(resource, into, context);
    stateLink(
      resource,
      {
        location: location === undefined ? unknown(propertyPath(resource, "location")) : known(building(location)),
        ...(provider === undefined ? {} : { carrier: domainId("carrier", provider) }),
      },
      into,
      context,
    );
  },
};

const building = (location: string): DomainId => domainId("facility", `direct-connect/${location}`);

/** A VPN ends in the region as a whole: its two tunnels stand in two zones (AWS's documentation). */
export const vpnConnections: Reader = {
  gives: "a link into a region, beside the others of its gateway",
  types: vpnTypes,
  read(resource, into, context) {
    into.place({
      resource,
      layer: "routing",
      sharing: "copy",
      scope: scopeOf(resource, context),
      workload: resource.name,
      replicas: [standing(resource, context.aws.regional(resource))],
    });
    joinAlike(resource, into, context);
    stateLink(resource, {}, into, context);
  },
};

/** Read with the connections that they join. */
export const hybridParts: Reader = {
  gives: "which links lead to the same gateway",
  types: [
    ...interfaceTypes,
    ...gatewayTypes,
    ...associationTypes,
    "aws:ec2/vpnGateway:VpnGateway",
    "aws:ec2/customerGateway:CustomerGateway",
  ],
  read: (resource, into) => into.attach(resource),
};

/**
 * A network's way to a transit gateway ends in one zone for each subnet; it belongs to a service only if it says so.
 */
export const transitGateways: Reader = {
  gives: "a network's way out, where it says whose it is",
  types: [nearGatewayTypes[0], "aws:ec2transitgateway/vpcAttachment:VpcAttachment"],
  read(resource, into, context) {
    const { aws, identities } = context;
    if (identities.of(resource).claim === "derived") return;
    const isGateway = resource.type === nearGatewayTypes[0];
    const zones = isGateway
      ? aws.regional(resource)
      : (aws.zonesOfSubnets(resource, "subnetIds", field(resource.properties, "subnetIds")) ??
        unknown<readonly DomainId[]>(propertyPath(resource, "subnetIds")));
    placeInZones(resource, { layer: "routing", sharing: "service", zones }, into, context);
  },
};

function standing(resource: Resource, placement: Known<readonly DomainId[]>) {
  const nothing = { startSeconds: 0, startNeeds: [] };
  return { id: resource.urn, urn: resource.urn, role: "active" as const, placement, units: known(1), ...nothing };
}

/**
 * States a way into the regions behind it; a connection that nothing leads over, while something leads over others, is
 * none.
 */
function stateLink(
  resource: Resource,
  ends: Pick<LinkFact, "location" | "carrier">,
  into: Draft,
  context: ReadContext,
): void {
  const { links, near } = gatewaysOf(context);
  const own = [...links].filter(([, list]) => list.includes(resource)).map(([gateway]) => gateway);
  const isPhysical = connectionTypes.some((type) => type === resource.type);
  const isUnused =
    isPhysical && own.length === 0 && interfaceTypes.some((type) => context.stack.ofType(type).length > 0);
  if (isUnused) return;
  const behind = own.flatMap((gateway) => near.get(gateway) ?? []);
  const regions = (behind.length > 0 ? behind : [resource]).map((one) =>
    mapKnown(context.aws.regionOf(one), (code) => context.aws.region(code)),
  );
  into.state({ kind: "link", urn: resource.urn, regions, ...ends });
}

/** Joins a connection with the first of those that lead to the same gateway. */
function joinAlike(resource: Resource, into: Draft, context: ReadContext): void {
  for (const [, links] of gatewaysOf(context).links) {
    const [first] = links;
    if (first !== undefined && first !== resource && links.includes(resource)) into.copy(first.urn, resource.urn);
  }
}

interface Gateways {
  /**
   * Connections by the gateway on the side of AWS: a transit or VPN gateway behind a Direct Connect gateway is that
   * one.
   */
  readonly links: ReadonlyMap<Resource, readonly Resource[]>;
  /** The transit and VPN gateways of each, which stand in regions. */
  readonly near: ReadonlyMap<Resource, readonly Resource[]>;
}

const gatewaysOf = memoize((context: ReadContext): Gateways => {
  const { stack } = context;
  const far = new Map<Resource, Resource>();
  for (const [gateway, associations] of membersBy(stack, associationTypes, "dxGatewayId", gatewayTypes)) {
    for (const one of associations) {
      const near = field(one.properties, "associatedGatewayId");
      const found = stack.references(one, "associatedGatewayId", nearGatewayTypes, near).resources;
      for (const associated of found) far.set(associated, gateway);
    }
  }
  const lists = new Map<Resource, Set<Resource>>();
  const add = (gateway: Resource, link: Resource): void => {
    const end = far.get(gateway) ?? gateway;
    lists.set(end, (lists.get(end) ?? new Set()).add(link));
  };
  for (const property of ["dxGatewayId", "vpnGatewayId"]) {
    for (const [gateway, interfaces] of membersBy(stack, interfaceTypes, property, [
      ...gatewayTypes,
      ...nearGatewayTypes,
    ])) {
      for (const one of interfaces) {
        const connection = field(one.properties, "connectionId");
        for (const link of stack.references(one, "connectionId", connectionTypes, connection).resources)
          add(gateway, link);
      }
    }
  }
  for (const property of ["transitGatewayId", "vpnGatewayId"]) {
    for (const [gateway, vpns] of membersBy(stack, vpnTypes, property, nearGatewayTypes)) {
      for (const vpn of vpns) add(gateway, vpn);
    }
  }
  const sorted = (all: Iterable<Resource>) => [...all].sort((a, b) => byText(a.urn, b.urn));
  const isNear = ({ type }: Resource) => nearGatewayTypes.some((one) => one === type);
  const nearOf = (gateway: Resource) => [...far].filter(([, end]) => end === gateway).map(([one]) => one);
  const ends = [...lists.keys()];
  return {
    links: new Map([...lists].map(([gateway, set]) => [gateway, sorted(set)])),
    near: new Map(ends.map((gateway) => [gateway, isNear(gateway) ? [gateway] : sorted(nearOf(gateway))])),
  };
});
