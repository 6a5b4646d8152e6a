import { factsOf, ownServices } from "../evidence/read";
import { list, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const aliasWithoutTargetHealth: Policy = {
  name: "alias-without-target-health",
  code: "DPX339",
  title: "An alias whose health decides is as healthy as its target",
  family: "routing",
  severity: "high",
  rows: ["2", "K4"],
  why:
    "Traffic has to leave a dead facility by itself. An alias that does not evaluate its target's health is healthy " +
    "for ever: a failover's primary never gives way, and every name that goes by it believes that all is well.",
  proves:
    "Looks at each alias of a Route 53 name with several answers, and at each alias by whose health another name's " +
    "alias goes: it must evaluate its target's health or have a health check. A last resort, and the only answer of " +
    "a name, need neither: Route 53 gives them whatever their health is.",
  fix: {
    text: "Set `evaluateTargetHealth` on the alias, or attach a health check to the record.",
    snippet:
      'new aws.route53.Record("login-seoul", { ...record, aliases: [{ name: alb.dnsName, zoneId: alb.zoneId, ' +
      "evaluateTargetHealth: true }] });",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const aliases = new Map(factsOf(context.estate, "blindAlias").map((fact) => [fact.urn, fact]));
    if (aliases.size === 0) return;
    for (const service of ownServices(context)) {
      for (const route of service.routes) {
        const found = route.targets.flatMap((target) => {
          const alias = aliases.get(target.urn);
          return alias !== undefined && (alias.isFollowed || !target.lastResort) ? [alias] : [];
        });
        const blind = found.filter((alias) => alias.blind.known);
        const open = found.find((alias) => !alias.blind.known);
        const common = { service: service.id, lost: [], properties: ["aliases.evaluateTargetHealth", "healthCheckId"] };
        const wanted = `${subject(service)} must have aliases of "${route.name}" that evaluate their targets' health`;
        if (blind.length > 0) {
          const urns = [...new Set(blind.map(({ urn }) => urn))].sort();
          const verb = urns.length === 1 ? "does not and has" : "do not and have";
          const message = `${wanted}, and ${list(urns.map(urnName))} ${verb} no health check.`;
          yield { ...common, verdict: "broken", urns, message };
        } else if (open?.blind.known === false) {
          const message = `${wanted}, and ${open.blind.missing} is not known yet.`;
          yield { ...common, verdict: "unknown", urns: [open.urn], message };
        }
      }
    }
  },
};
