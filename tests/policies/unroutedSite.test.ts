/** Sites that were built and get no request, as weights of Route 53 really leave them. */
import { readEstate } from "../../inventory";
import { judge } from "../../policies/judge";
import { output, StackBuilder } from "../support/stackBuilder";

const words = { service: "shop", tier: "critical", peakRps: 400, unitRps: 100 } as const;
const regions = ["ap-northeast-2", "ap-northeast-1", "ap-northeast-3"] as const;

/** Sites that the policy names, of one site for each weight. */
function unrouted(...weights: readonly number[]): readonly string[] {
  const stack = new StackBuilder();
  const check = stack.add("aws:route53/healthCheck:HealthCheck", "shop", { type: "HTTPS", resourcePath: "/deep" });
  weights.forEach((weight, index) => {
    const [region, name] = [regions[index] ?? "", `shop-${index}`];
    const subnets = stack.subnets(name, region, [`${index}-az1`, `${index}-az2`]);
    const { balancer, targets } = stack.loadBalancer(name, region, subnets, words);
    stack.autoscalingGroup(name, region, subnets, 8, words, { targetGroupArns: [output(targets, "arn")] });
    stack.add("aws:route53/record:Record", name, {
      name: "shop.example",
      type: "CNAME",
      ttl: 30,
      setIdentifier: name,
      records: [output(balancer, "dnsName")],
      healthCheckId: output(check),
      weightedRoutingPolicies: [{ weight }],
    });
  });
  return judge(readEstate(stack.resources), { today: "2026-06-30" })
    .findings.filter(({ policy }) => policy === "unrouted-site")
    .flatMap(({ urns }) => urns.map((urn) => urn.split("::").at(-1) ?? ""));
}

test("a weight of 0 beside others is a site without requests, and so are two of them", () => {
  expect(unrouted(50, 50, 0)).toEqual(["shop-2"]);
  expect(unrouted(100, 0, 0)).toEqual(["shop-1", "shop-2"]);
});

test("the second site of a pair takes over as soon as the first is lost", () => {
  expect(unrouted(100, 0)).toEqual([]);
});

test("where all weights are 0 each answer is given", () => {
  expect(unrouted(0, 0, 0)).toEqual([]);
});

test("sites that share the requests are all routed to", () => {
  expect(unrouted(50, 30, 20)).toEqual([]);
});
