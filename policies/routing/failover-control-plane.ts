import type { Route, Service } from "../../model";
import { ownServices } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const failoverControlPlane: Policy = {
  name: "failover-control-plane",
  code: "DPX333",
  title: "Leaving a dead target needs no control plane",
  family: "routing",
  severity: "high",
  rows: ["2", "K3", "K4"],
  why:
    "The tools that promote a standby were duplexed only inside the facility that burned. An API that has to be " +
    "called on the day is one more thing that must be alive on that day.",
  proves:
    "Looks whether a name or address of the service leaves a dead target by a health check, or only by a call to an " +
    "API.",
  fix: {
    text:
      "Answer with all sites and let health checks take a dead one out, instead of changing the record in an " +
      "emergency.",
    snippet:
      'new aws.route53.Record("login-seoul", { ...record, setIdentifier: "seoul", weightedRoutingPolicies: [{ ' +
      "weight: 50 }], healthCheckId: check.id });",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      for (const route of service.routes.filter((one) => one.needsControlPlane && !leadsToAll(one, service))) {
        yield {
          verdict: "broken",
          service: service.id,
          lost: [],
          urns: [route.urn, ...route.targets.map((target) => target.urn)].filter(
            (urn, i, all) => all.indexOf(urn) === i,
          ),
          message:
            `${subject(service)} must leave a dead target with data-plane actions only, and "${route.name}" needs a ` +
            "control-plane call to do so.",
        };
      }
    }
  },
};

/** One answer before everything that serves (a load balancer, a distribution): there is no other to turn to. */
function leadsToAll({ targets }: Route, { replicas }: Service): boolean {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) return false;
  const behind = new Set(only.replicas);
  const serving = replicas.filter(({ role }) => role === "active");
  return serving.length > 1 && serving.every(({ id }) => behind.has(id));
}
