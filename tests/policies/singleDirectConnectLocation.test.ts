/** Ways between one's own buildings and a region: which of them count for which service, and when they are one. */
import { readEstate } from "../../inventory";
import { judge } from "../../policies/judge";
import type { Site } from "../../model";
import { facility } from "../support/estateBuilder";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const region = "ap-northeast-2";
const sites: readonly Site[] = [facility("pangyo")];

interface Changes {
  /** Location and carrier of each connection; an empty location is one that a preview does not know. */
  readonly links: readonly (readonly [string | undefined, string?])[];
  readonly vpn?: boolean;
  /** Bundles of connections instead of single ones. */
  readonly bundled?: boolean;
  /** Where the function runs; none leaves the service in its own building. */
  readonly functionIn?: string;
}

/** A shop in Pangyo that needs a function in Seoul, and the connections between the two. */
function findingsOf({ links, vpn = false, bundled = false, functionIn = region }: Changes) {
  const stack = new StackBuilder();
  const transit = stack.add("aws:ec2transitgateway/transitGateway:TransitGateway", "hub", { region });
  const gateway = stack.add("aws:directconnect/gateway:Gateway", "corp", {});
  stack.add("aws:directconnect/gatewayAssociation:GatewayAssociation", "hub", {
    dxGatewayId: output(gateway),
    associatedGatewayId: output(transit),
  });
  links.forEach(([location, providerName], index) => {
    const type = bundled ? "linkAggregationGroup:LinkAggregationGroup" : "connection:Connection";
    const connection = stack.add(`aws:directconnect/${type}`, `link-${index}`, { region, location, providerName });
    stack.add("aws:directconnect/transitVirtualInterface:TransitVirtualInterface", `link-${index}`, {
      connectionId: output(connection),
      dxGatewayId: output(gateway),
    });
  });
  if (vpn) stack.add("aws:ec2/vpnConnection:VpnConnection", "backup", { region, transitGatewayId: output(transit) });
  stack.add("aws:sqs/queue:Queue", "orders", { region: functionIn, tags: tags({ service: "orders" }) });
  stack.deployment(stack.cluster("home"), "shop", 2, { service: "shop", tier: "critical", dependsOn: "orders" });
  const estate = readEstate(stack.resources, { sites, clusters: { home: "pangyo" } });
  return judge(estate, { today: "2026-06-30" })
    .findings.filter(({ policy }) => policy === "single-direct-connect-location")
    .map(({ service, verdict, level, lost }) => [service, verdict, level, ...lost].join(" "));
} // prettier-ignore

const broken = (end: string) => [`shop broken mandatory ${end}`];

test("one location is refused, also where two connections end in it", () => {
  expect(findingsOf({ links: [["KINX1"]] })).toEqual(broken("facility:direct-connect/KINX1"));
  expect(findingsOf({ links: [["KINX1", "kt"], ["KINX1", "lgu"]] })).toEqual(broken("facility:direct-connect/KINX1"));
}); // prettier-ignore

test("a bundle of connections is one way, for it ends in one location", () => {
  expect(findingsOf({ links: [["KINX1"]], bundled: true })).toEqual(broken("facility:direct-connect/KINX1"));
  expect(findingsOf({ links: [["KINX1"], ["LGU1"]], bundled: true })).toEqual([]);
});

test("one carrier of two locations is refused; a carrier that is not said is not taken for another's", () => {
  expect(findingsOf({ links: [["KINX1", "kt"], ["LGU1", "kt"]] })).toEqual(broken("carrier:kt"));
  expect(findingsOf({ links: [["KINX1", "kt"], ["LGU1", "lgu"]] })).toEqual([]);
  expect(findingsOf({ links: [["KINX1", "kt"], ["LGU1"]] })).toEqual([]);
}); // prettier-ignore

test("a VPN into the same region is a second way", () => {
  expect(findingsOf({ links: [["KINX1"]], vpn: true })).toEqual([]);
});

test("a service that does not stand on both sides needs no way", () => {
  expect(findingsOf({ links: [["KINX1"]], functionIn: "ap-northeast-1" })).toEqual([]);
});

test("a location that is not known is not proven", () => {
  expect(findingsOf({ links: [["KINX1"], [undefined]] })).toEqual(["shop unknown mandatory"]);
});
