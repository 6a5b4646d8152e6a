/**
 * How subnets leave their network: the NAT gateway of the default route of the route table that each of them goes by.
 */
import { unknown, type DomainId, type Known } from "../../../model";
import type { Draft } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { field, propertyPath, sortedUnique, textAt } from "../../values";
import { subnetTypes } from "../region";
import { routesOf, tableOf } from "./routes";
import { addTo } from "../../../lib/lists";

export const natTypes = ["aws:ec2/natGateway:NatGateway"] as const;

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

/** The gateway of a table's default route, written inside of the table or beside it. */
function gatewayOf(table: Resource, context: ReadContext): Resource | undefined {
  const found = routesOf(table, context)
    .filter(({ destination }) => destination === everywhere)
    .flatMap(({ resource, property, of }) => {
      const key = property === "routes" ? "routes" : "natGatewayId";
      return context.stack.references(resource, key, natTypes, field(of, "natGatewayId")).resources;
    });
  return found[0];
}
