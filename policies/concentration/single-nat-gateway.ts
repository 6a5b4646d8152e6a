import { byText } from "../../lib/order";
import { kindOf, known, type DomainId, type EgressFact, type Estate, type Replica } from "../../model";
import { createSurvival } from "../../survival";
import { survivalInIsolation } from "../evidence/isolation";
import { domainsById, factsOf, ownServices } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, list, percent, subject, urnName } from "../evidence/words";
import type { Policy, Violation } from "../policy";
import { listsBy } from "../../lib/lists";

export const singleNatGateway: Policy = {
  name: "single-nat-gateway",
  code: "DPX318",
  title: "No NAT gateway in one zone is the way out of the others",
  family: "concentration",
  severity: "high",
  rows: ["1", "K2", "K6"],
  why:
    "The whole was as redundant as its weakest system. Replicas in three zones that leave through a gateway in one " +
    "of them cannot reach registries, queues or third parties once that zone is dark: on paper three sites, in truth " +
    "one.",
  proves:
    "Follows each workload's subnets over their route tables and default routes to a NAT gateway, lets all replicas " +
    "behind it fall with the gateway's zone in the model, and compares what is left with the share promised.",
  fix: {
    text: "Make a NAT gateway in each zone with a route table of its own, or one whose availability mode is regional.",
    snippet:
      "const nat = new aws.ec2.NatGateway(`out-${zone}`, { subnetId: publicSubnets[zone].id, allocationId: " +
      "addresses[zone].id });\n" +
      'const table = new aws.ec2.RouteTable(`out-${zone}`, { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: ' +
      "nat.id }] });\n" +
      "new aws.ec2.RouteTableAssociation(`out-${zone}`, { subnetId: privateSubnets[zone].id, routeTableId: table.id " +
      "});",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const ways = factsOf(context.estate, "egress").filter(servesOtherZones);
    if (ways.length === 0) return;
    const withGateways = createSurvival(fallingWith(context.estate, ways));
    const byService = listsBy(ways, ({ service }) => service);
    for (const service of ownServices(context)) {
      const own = byService.get(service.id);
      if (own === undefined) continue;
      const zones = [...new Set(own.flatMap(zonesOfGateway))].sort();
      const worst = zones
        .map((zone) => ({ zone, share: withGateways.outcome(service.id, [zone]).bestShare }))
        .filter(({ zone, share }) => share < survivalInIsolation(context).outcome(service.id, [zone]).bestShare)
        .filter(({ share }) => isShort(share, leastShareOf(service)))
        .sort((a, b) => a.share - b.share || byText(a.zone, b.zone))[0];
      const common = { service: service.id, properties: ["natGatewayId", "routeTableId"] };
      const blind = own.find(({ placement }) => !placement.known);
      if (worst !== undefined) {
        const ofZone = own.filter((way) => zonesOfGateway(way).includes(worst.zone));
        yield {
          ...common,
          ...describe(ofZone),
          verdict: "broken",
          lost: [worst.zone],
          message:
            `${subject(service)} must keep its way out when ${domainWords(worst.zone)} is lost, and its replicas in ` +
            `${list(servedBeside(ofZone))} leave through ${gateways(ofZone)} there: ${percent(worst.share)} of its ` +
            "peak is left.",
        };
      } else if (blind?.placement.known === false) {
        yield {
          ...common,
          ...describe([blind]),
          verdict: "unknown",
          lost: [],
          message:
            `${subject(service)} must keep its way out when any one zone is lost, and several zones leave through ` +
            `${gateways([blind])}, of which ${blind.placement.missing} is not known yet.`,
        };
      }
    }
  },
};

function zonesOfGateway({ placement }: EgressFact) {
  return placement.known ? placement.value.filter((id) => kindOf(id) === "zone") : [];
}

/**
 * True where a zone hangs on a gateway outside of it; one whose own zone is not known cannot stand in all of several.
 */
function servesOtherZones(way: EgressFact): boolean {
  if (!way.placement.known) return way.zones.length > 1;
  const own = zonesOfGateway(way);
  return own.length > 0 && way.zones.some((zone) => !own.includes(zone));
}

/** The services behind these gateways alone, each replica placed in the zone of its way out as well. */
function fallingWith(estate: Estate, ways: readonly EgressFact[]): Estate {
  const services = new Set(ways.map(({ service }) => service));
  const byWorkload = listsBy(ways, ({ workload }) => workload);
  const domains = domainsById(estate);
  const fall = (replica: Replica): Replica => {
    const { placement, remainder } = replica;
    if (!placement.known) return replica;
    const own = byWorkload.get(replica.urn) ?? [];
    const withWay = (place: readonly DomainId[]) => {
      const behind = own.filter(({ zones }) => zones.some((zone) => place.includes(zone)));
      const enough = place.flatMap((id) => domains.get(id)?.suppliedBy ?? []);
      const taken = enough.flatMap((zones) => zonesWithAllWays(zones, own));
      return [...new Set([...place, ...behind.flatMap(zonesOfGateway), ...taken])];
    };
    return {
      ...replica,
      placement: known(withWay(placement.value)),
      ...(remainder ? { remainder: { ...remainder, places: remainder.places.map(withWay) } } : {}),
    };
  };
  return {
    ...estate,
    services: estate.services
      .filter(({ id }) => services.has(id))
      .map((service) => ({ ...service, dependencies: [], routes: [], replicas: service.replicas.map(fall) })),
  };
}

/** Of a replica that any one of several zones is enough for: the zones whose loss leaves none of them a way out. */
function zonesWithAllWays(zones: readonly DomainId[], ways: readonly EgressFact[]): readonly DomainId[] {
  const waysOf = (zone: DomainId) => ways.filter((way) => way.zones.includes(zone));
  const falls = (zone: DomainId, lost: DomainId) =>
    zone === lost || (waysOf(zone).length > 0 && waysOf(zone).every((way) => zonesOfGateway(way).includes(lost)));
  return [...new Set(ways.flatMap(zonesOfGateway))].filter((lost) => zones.every((zone) => falls(zone, lost)));
}

function describe(ways: readonly EgressFact[]): Pick<Violation, "urns"> {
  return { urns: [...new Set(ways.map(({ urn }) => urn))].sort() };
}

function gateways(ways: readonly EgressFact[]): string {
  const names = [...new Set(ways.map(({ urn }) => urnName(urn)))].sort();
  return `NAT ${names.length === 1 ? "gateway" : "gateways"} ${list(names)}`;
}

function servedBeside(ways: readonly EgressFact[]): readonly string[] {
  const served = ways.flatMap((way) => way.zones.filter((zone) => !zonesOfGateway(way).includes(zone)));
  return [...new Set(served)].sort().map(domainWords);
}
