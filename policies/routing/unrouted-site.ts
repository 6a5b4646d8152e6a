import type { Route, RouteTarget } from "../../model";
import { ownServices } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const unroutedSite: Policy = {
  name: "unrouted-site",
  code: "DPX337",
  title: "Every active replica is behind an answer",
  family: "routing",
  severity: "high",
  rows: ["2", "3", "K2"],
  why:
    "There were three more data centres, but the work was not duplexed to them. A replica to which no name leads is " +
    "such a data centre: it costs, and it does not serve.",
  proves:
    "Looks, for each service with a name, whether every active replica is behind at least one of its targets, and " +
    "not only behind an answer of weight 0 among three or more. Where a service has a public name, one in a private " +
    "zone leads none of its clients anywhere.",
  fix: {
    text: "Add an answer for the site, with a health check.",
    snippet:
      'new aws.route53.Record("login-tokyo", { ...record, setIdentifier: "tokyo", weightedRoutingPolicies: [{ ' +
      "weight: 50 }], healthCheckId: check.id });",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      // A load balancer is no name: where the service has names, one of them has to lead to it.
      const names = service.routes.filter((route) => route.kind !== "loadBalancer");
      // What its own networks call it by is no name for its clients.
      const open = names.filter(({ isPrivate }) => isPrivate !== true);
      const routes = [open, names, service.routes].find((some) => some.length > 0) ?? [];
      const reached = new Set(routes.flatMap(sharing).flatMap((target) => target.replicas));
      // A service whose names lead to no known replica at all has a reader's gap, not a routing fault.
      if (reached.size === 0) continue;
      const unreached = service.replicas.filter((replica) => replica.role === "active" && !reached.has(replica.id));
      if (unreached.length === 0) continue;
      const urns = [...new Set(unreached.map((replica) => replica.urn))].sort();
      const atLast = routes.flatMap((route) => route.targets).flatMap((target) => target.replicas);
      const isLastResort = unreached.some((replica) => atLast.includes(replica.id));
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns,
        message:
          `${subject(service)} must have a name that leads to each of its active replicas, and none leads to ` +
          `${list(urns.map(urnName))}${isLastResort ? " before every other answer is gone" : ""}.`,
      };
    }
  },
};

/**
 * The answers that take part when one other is lost. Among three or more a weight of 0 is a site that was built and
 * serves nobody, however few of the others have a weight; the second one of a pair takes over as soon as the first is
 * lost.
 */
function sharing({ targets }: Route): readonly RouteTarget[] {
  const regular = targets.filter((target) => !target.lastResort);
  return targets.length > 2 && regular.length > 0 ? regular : targets;
}
