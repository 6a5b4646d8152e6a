/**
 * How subnets leave their network: the NAT gateway of the default route of the route table that each of them goes by.
 */
import { unknown, type DomainId, type Known } from "../../../model";
import type { Draft } from "../../draft";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { field, items, propertyPath, sortedUnique, textAt } from "../../values";
import { subnetTypes } from "../region";
import { addTo } from "../../../lib/lists";

export const natTypes = ["aws:ec2/natGateway:NatGateway"] as const;
const tableTypes = ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"] as const;
const routeTypes = ["aws:ec2/route:Route"] as const;
const associationTypes = ["aws:ec2/routeTableAssociation:RouteTableAssociation"] as const;
const mainAssociationTypes = ["aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"] as const;
const vpcTypes = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"] as const;

const everywhere = "0.0.0.0/0";

/**
 * States through which NAT gateways a workload leaves the subnets that a property names. Where the stack holds no route
 * of a subnet, or one to something else, nothing is stated: the subnet may be public, or reach all it needs by
 * endpoints.
 */
export function stateEgress(workload: Resource, property: string, subnets: Value, into: Draft, context: ReadContext) {
  const { aws, stack } = context;
  const zonesBy = new Map<Resource, Known<DomainId>[]>();
  for (const subnet of stack.references(workload, property, subnetTypes, subnets).resources) {
    const table = tableOf(subnet, context);
    const gateway = table && gatewayOf(table, context);
    if (gateway !== undefined) addTo(zonesBy, gateway, aws.subnetZone(subnet));
  }
  for (const [gateway, zones] of zonesBy) {
    into.state(
      {
        kind: "egress",
        urn: gateway.urn,
        workload: workload.urn,
        placement: placeOfGateway(gateway, context),
        zones: sortedUnique(zones.flatMap((zone) => (zone.known ? [zone.value] : []))),
      },
      workload.urn,
    );
  }
}

/** One zone, that of its subnet; the region where it is made regional, for then AWS keeps it in every zone in use. */
export function placeOfGateway(gateway: Resource, { aws }: Pick<ReadContext, "aws">): Known<readonly DomainId[]> {
  if (textAt(gateway, "availabilityMode") === "regional") return aws.regional(gateway);
  const zones = aws.zonesOfSubnets(gateway, "subnetId", field(gateway.properties, "subnetId"));
  return zones === undefined ? unknown(propertyPath(gateway, "subnetId")) : zones;
}

/** The table that a subnet is associated with, else its network's main one. */
function tableOf(subnet: Resource, { stack }: ReadContext): Resource | undefined {
  const [own] = membersBy(stack, associationTypes, "subnetId", subnetTypes).get(subnet) ?? [];
  if (own !== undefined) return tableNamed(own, { stack });
  const [network] = stack.references(subnet, "vpcId", vpcTypes, field(subnet.properties, "vpcId")).resources;
  if (network === undefined) return undefined;
  const [main] = membersBy(stack, mainAssociationTypes, "vpcId", vpcTypes).get(network) ?? [];
  return main === undefined ? undefined : tableNamed(main, { stack });
}

function tableNamed(association: Resource, { stack }: Pick<ReadContext, "stack">): Resource | undefined {
  const value = field(association.properties, "routeTableId");
  return stack.references(association, "routeTableId", tableTypes, value).resources[0];
}

/** The gateway of a table's default route, written inside of the table or beside it. */
function gatewayOf(table: Resource, { stack }: ReadContext): Resource | undefined {
  const inside = items(field(table.properties, "routes")).filter((route) => field(route, "cidrBlock") === everywhere);
  const beside = membersBy(stack, routeTypes, "routeTableId", tableTypes).get(table) ?? [];
  const found = [
    ...inside.flatMap((route) => stack.references(table, "routes", natTypes, field(route, "natGatewayId")).resources),
    ...beside
      .filter((route) => field(route.properties, "destinationCidrBlock") === everywhere)
      .flatMap((r) => stack.references(r, "natGatewayId", natTypes, field(r.properties, "natGatewayId")).resources),
  ];
  return found[0];
}
