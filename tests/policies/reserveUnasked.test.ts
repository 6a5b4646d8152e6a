/** A partial loss of the first site, as names of Route 53 really answer it; and why survival does not say so itself. */
import { readEstate } from "../../inventory";
import { known } from "../../model";
import { createSurvival } from "../../survival";
import { judge } from "../../policies/judge";
import { cloud, dns, estate, replica, service, target } from "../support/estateBuilder";
import { output, StackBuilder, type Made } from "../support/stackBuilder";
import { reserve } from "./examples/reserve";
import type { Value } from "../../inventory/resource";

const words = { service: "shop", tier: "critical", peakRps: 400, unitRps: 100 } as const;

type Routing = Readonly<Record<string, Value | Made>>;

/** So many units in two zones of Seoul, four in Tokyo, and a name whose two answers are routed like this. */
function findingsOf(units: number, first: Routing, second: Routing) {
  const stack = new StackBuilder();
  const check = stack.add("aws:route53/healthCheck:HealthCheck", "shop", { type: "HTTPS", resourcePath: "/deep" });
  for (const [site, region, count, routing] of [
    ["seoul", "ap-northeast-2", units, first],
    ["tokyo", "ap-northeast-1", 4, second],
  ] as const) {
    const subnets = stack.subnets(site, region, [`${site}-az1`, `${site}-az2`]);
    const { balancer, targets } = stack.loadBalancer(`shop-${site}`, region, subnets, words);
    stack.autoscalingGroup(`shop-${site}`, region, subnets, count, words, { targetGroupArns: [output(targets, "arn")] });
    stack.add("aws:route53/record:Record", `shop-${site}`, {
      name: "shop.example",
      type: "CNAME",
      ttl: 30,
      setIdentifier: site,
      records: [output(balancer, "dnsName")],
      healthCheckId: output(check),
      ...routing,
    });
  }
  return judge(readEstate(stack.resources), { today: "2026-06-30" })
    .findings.filter(({ policy }) => policy === "reserve-unasked")
    .map(({ lost, message }) => [...lost, /and \d+ % is served/.exec(message)?.[0]].join(" "));
} // prettier-ignore

const weight = (value: number): Routing => ({ weightedRoutingPolicies: [{ weight: value }] });
const failover = (type: string): Routing => ({ failoverRoutingPolicies: [{ type }] });

test.each([
  ["an answer of weight 0", weight(100), weight(0)],
  ["the secondary of a failover pair", failover("PRIMARY"), failover("SECONDARY")],
])("%s is not asked while half of the first site still answers", (_, first, second) => {
  expect(findingsOf(4, first, second)).toEqual(["zone:seoul-az1 and 50 % is served"]);
  expect(findingsOf(8, first, second)).toEqual([]);
});

test("an answer that has a weight is asked", () => {
  expect(findingsOf(4, weight(50), weight(50))).toEqual([]);
});

test("the second origin of a distribution is asked for each request that the first one fails", () => {
  const found = reserve["reserve-unasked"]?.refused.estate;
  if (!found) throw new Error("The policy has an example that is refused.");
  const services = found.services.map((one) => ({ ...one, routes: one.routes.map((route) => ({ ...route, kind: "cdn" as const })) }));
  const policiesOf = (from: typeof found) => judge(from, { today: "2026-06-30" }).findings.map(({ policy }) => policy);
  expect(policiesOf(found)).toContain("reserve-unasked");
  expect(policiesOf({ ...found, services })).not.toContain("reserve-unasked");
}); // prettier-ignore

test("survival counts all that serves, for capacity that came back with a further loss would not be monotone", () => {
  const seoul = cloud("seoul", 3);
  const [one, two, last] = seoul.zoneIds.map((zone) => replica(zone, [`zone:${zone}`], { capacityRps: known(50) }));
  if (!one || !two || !last) throw new Error("Three zones were asked for.");
  const replicas = [one, two, { ...last, capacityRps: known(100) }];
  const names = [dns("shop.example", [target([one.id, two.id]), target([last.id], { share: known(0), lastResort: true })])];
  const survival = createSurvival(estate([seoul], [service("shop", replicas, { peakRps: known(100), routes: names })]));
  const shareWithout = (...lost: readonly { readonly id: string }[]) =>
    survival.outcome("shop", lost.map(({ id }) => `zone:${id}` as const)).share;
  const served = [shareWithout(), shareWithout(one), shareWithout(one, two), shareWithout(one, two, last)];
  expect(served).toEqual([1, 1, 1, 0]);
  expect([...served].sort((a, b) => b - a)).toEqual(served);
}); // prettier-ignore
