import { ownServices } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const healthCheckShallow: Policy = {
  name: "health-check-shallow",
  code: "DPX335",
  title: "A health check asks whether the service works, not whether a port is open",
  family: "routing",
  severity: "low",
  rows: ["2", "K15"],
  why:
    "A load balancer in front of a dead database still accepts connections. The peer's services stayed up with " +
    "errors while switching; only a check that goes through the service sees that.",
  proves: "Looks whether the check of each target asks for a path of its own rather than for a port or for `/`.",
  fix: {
    text: "Let the check ask for a path that fails when the service cannot do its work.",
    snippet: 'new aws.route53.HealthCheck("login-seoul", { type: "HTTPS", fqdn, resourcePath: "/healthz" });',
  },
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const checks = service.routes.flatMap((route) => route.targets).flatMap((target) => target.healthCheck ?? []);
      const urns = [...new Set(checks.filter((check) => check.shallow).map((check) => check.urn))].sort();
      if (urns.length === 0) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns,
        properties: ["type", "resourcePath"],
        message:
          `${subject(service)} must be checked through a path of its own, and ${list(urns.map(urnName))} ` +
          `${urns.length === 1 ? "asks" : "ask"} only for a port or for "/".`,
      };
    }
  },
};
