/**
 * Ways of a network that end in one zone for each subnet: interface endpoints and firewalls. Each belongs to
 * a service only if it says so: a network's way is nobody's in particular.
 */
import { unknown, type DomainId } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, items, propertyPath, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { placeInZones, zonesOfListed } from "../placing";
import type { Zones } from "../region";

/** A reader of one type of such ways. */
export function endpoints(
  type: string,
  gives: string,
  zonesOf: (resource: Resource, context: ReadContext) => Zones,
): Reader {
  return {
    gives,
    types: [type],
    read(resource, into, context) {
      if (context.identities.of(resource).claim === "derived") return;
      const zones = zonesOf(resource, context);
      placeInZones(resource, { layer: "routing", sharing: "service", zones }, into, context);
      if (resource.type === firewallType) stateDeletion(resource, deletionGuards.firewall, into);
    },
  };
}

const firewallType = "aws:networkfirewall/firewall:Firewall";

export const networkEndpoints: readonly Reader[] = [
  endpoints(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "a network's way to a service of AWS, where it says whose it is",
    (resource, { aws }) => {
      // An endpoint of the gateway kind is a route, without anything that stands in a zone.
      if ((textAt(resource, "vpcEndpointType") ?? "Gateway") === "Gateway") return aws.regional(resource);
      return zonesOfListed(resource, "subnetIds", { aws });
    },
  ),
  endpoints(
    firewallType,
    "a network's firewall, where it says whose it is, and protection against deletion",
    (resource, { aws }) => {
      const mapped = items(field(resource.properties, "availabilityZoneMappings")).map((one) =>
        field(one, "availabilityZoneId"),
      );
      const ids = mapped.filter((id): id is string => typeof id === "string");
      if (ids.length === 0 || ids.length < mapped.length) return zonesInside(resource, "subnetMappings", aws);
      const places = ids.map((id) => aws.zoneOf(resource, id));
      const open = places.find((place) => !place.known);
      return open ?? { known: true, value: places.flatMap((place) => (place.known ? [place.value] : [])) };
    },
  ),
];

/** Zones of the subnets that each member of a list names. */
export function zonesInside(resource: Resource, property: string, aws: ReadContext["aws"]): Zones {
  const list = field(resource.properties, property);
  const subnets = typeof list === "symbol" ? list : items(list).map((one) => field(one, "subnetId"));
  return (
    aws.zonesOfSubnets(resource, property, subnets) ?? unknown<readonly DomainId[]>(propertyPath(resource, property))
  );
}
