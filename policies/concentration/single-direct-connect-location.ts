import { kindOf, nameOf, type DomainId, type LinkFact, type Service } from "../../model";
import { domainsById, factsOf, fateOf, ownServices, servicesById } from "../evidence/read";
import { domainWords, list, subject, urnName } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const singleDirectConnectLocation: Policy = {
  name: "single-direct-connect-location",
  code: "DPX314",
  title: "The way to a region ends in two Direct Connect locations, at two carriers, or has a VPN beside it",
  family: "concentration",
  severity: "high",
  rows: ["8", "K6"],
  why:
    "A fire in one telecom building had stopped card payments in a whole district. Connections that end in one " +
    "Direct Connect location, bundled or not, end in one building: a service in its own buildings and in a region is " +
    "cut in two with it.",
  proves:
    "A way is a service's where it, or what it needs to serve or to start, stands in buildings of one's own and in " +
    "the region that the way leads into, by virtual interfaces, Direct Connect gateways and the gateways associated " +
    "with them. All ways of such a pair are compared by location and by provider (AWS Direct Connect Resiliency " +
    'Toolkit, "High resiliency"); a VPN into the same region is a second way.',
  fix: {
    text: "Order a second connection in another location, from another carrier, or keep a VPN to the same gateway.",
    snippet:
      'const second = new aws.directconnect.Connection("second", { location: "LGU1", bandwidth: "1Gbps", ' +
      'providerName: "lguplus" });\n' +
      'new aws.directconnect.TransitVirtualInterface("second", { connectionId: second.id, dxGatewayId: gateway.id, ' +
      'vlan: 4094, bgpAsn: 65352, addressFamily: "ipv4" });',
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {},
  *judge(context) {
    const links = factsOf(context.estate, "link");
    if (links.length === 0) return;
    for (const service of ownServices(context)) {
      if (service.layer === "routing") continue;
      for (const region of spannedRegions(service, context)) {
        const ways = links.filter(({ regions }) => regions.some((one) => one.known && one.value === region));
        const fault = faultOf(ways);
        if (fault === undefined) continue;
        const { lost, end, open } = fault;
        const must = `must keep a way to ${domainWords(region)} when any one building or carrier is lost`;
        const names = list(ways.map(({ urn }) => urnName(urn)));
        const found =
          open === undefined
            ? `${allOf(ways)} to ${domainWords(region)} ${ways.length === 1 ? "ends" : "end"} ${end ?? ""}, by ${names}`
            : `${open} is not known yet`;
        yield {
          verdict: open === undefined ? "broken" : "unknown",
          service: service.id,
          lost: lost === undefined ? [] : [lost],
          urns: ways.map(({ urn }) => urn),
          properties: ["location", "providerName"],
          message: `${subject(service)} ${must}, and ${found}.`,
        };
      }
    }
  },
};

function allOf(ways: readonly LinkFact[]): string {
  if (ways.length === 1) return "its only way";
  return ways.length === 2 ? "both of its ways" : `all ${ways.length} of its ways`;
}

interface Fault {
  readonly lost?: DomainId;
  /** Where all of them end, in words. */
  readonly end?: string;
  /** What would have to be known. */
  readonly open?: string;
}

/** What is wrong with the ways of one pair; undefined where no building and no carrier is on all of them. */
function faultOf(ways: readonly LinkFact[]): Fault | undefined {
  if (ways.length === 0 || ways.some(({ location }) => location === undefined)) return undefined;
  const locations = new Set<DomainId>();
  let open: string | undefined;
  for (const { location } of ways) {
    if (location?.known === true) locations.add(location.value);
    else open ??= location?.missing;
  }
  const [building] = locations;
  if (locations.size < 2) {
    if (open !== undefined) return { open };
    if (building === undefined) return undefined;
    return { lost: building, end: `in Direct Connect location "${locationName(building)}"` };
  }
  const carriers = new Set(ways.map(({ carrier }) => carrier));
  const [carrier] = carriers;
  if (carriers.size !== 1 || carrier === undefined) return undefined;
  return { lost: carrier, end: `at ${domainWords(carrier)}` };
}

/**
 * Regions in which a service or what it needs stands, where something of it stands in one's own buildings too. Sorted.
 */
function spannedRegions(service: Service, { estate, survival }: PolicyContext): Iterable<DomainId> {
  const domains = domainsById(estate);
  const services = servicesById(estate);
  const regions = new Set<DomainId>();
  let isAtHome = false;
  for (const id of survival.closure(service.id)) {
    const { layer, replicas = [] } = services.get(id) ?? {};
    if (layer === "routing") continue;
    for (const { placement } of replicas) {
      if (!placement.known) continue;
      const inBuilding = placement.value.some((one) => kindOf(one) === "facility");
      isAtHome ||= inBuilding;
      // A building's region is a place on the map, no region of a cloud.
      if (inBuilding) continue;
      for (const one of fateOf(domains, placement.value)) if (kindOf(one) === "region") regions.add(one);
    }
  }
  return isAtHome ? [...regions].sort() : [];
}

function locationName(building: DomainId): string {
  return nameOf(building).replace(/^direct-connect\//, "");
}
