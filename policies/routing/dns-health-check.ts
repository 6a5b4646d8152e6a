import type { RouteTarget } from "../../model";
import { ownServices } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const dnsHealthCheck: Policy = {
  name: "dns-health-check",
  code: "DPX331",
  title: "Every answer of a name with several targets has a health check",
  family: "routing",
  severity: "high",
  rows: ["2", "K4"],
  why:
    "The automatic switch-over stood in the lost facility, so switching became manual and took days. A name whose " +
    "answers nobody checks goes on sending users to a dark building.",
  proves:
    "Looks at each name with more than one target, or with the primary of a failover: each target but the last " +
    "resort must have a health check, and one that is disabled, asks something else than its answer, or is healthy " +
    "whatever happens is none.",
  fix: {
    text: "Attach a health check to each record, or set `evaluateTargetHealth` on each alias.",
    snippet:
      'const check = new aws.route53.HealthCheck("login-seoul", { type: "HTTPS", fqdn, resourcePath: "/healthz", ' +
      "requestInterval: 10, failureThreshold: 3 });\n" +
      'new aws.route53.Record("login-seoul", { ...record, healthCheckId: check.id });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const own = new Set(service.replicas.map(({ id }) => id));
      for (const route of service.routes) {
        // A way in that other services share leads to this one by its own targets alone.
        const leading = route.targets.filter(
          ({ replicas, shut }) => shut === true || replicas.some((id) => own.has(id)),
        );
        const serving = (leading.length > 0 ? leading : route.targets).filter((target) => !target.lastResort);
        const blind = serving.filter((target) => !target.healthCheck);
        // The primary of a failover is left by its check alone, whether or not its secondary is in the stack.
        if ((serving.length < 2 && route.policy !== "failover") || blind.length === 0) continue;
        yield {
          verdict: "broken",
          service: service.id,
          lost: [],
          urns: [...new Set(blind.map((target) => target.urn))].sort(),
          properties: ["healthCheckId", "disabled", "aliases.evaluateTargetHealth"],
          message:
            `${subject(service)} must leave a dead target by itself, and ${blind.length} of the ${serving.length} ` +
            `answers of "${route.name}" have no health check that is on and judges them: ` +
            `${list([...new Set(blind.map(nameOf))].sort())}.`,
        };
      }
    }
  },
};

function nameOf({ urn, blind }: RouteTarget): string {
  return blind === undefined ? urnName(urn) : `${urnName(urn)} (${blind})`;
}
