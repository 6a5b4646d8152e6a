import { kindOf, type DomainId } from "../../model";
import { domainsById, fateOf, ownServices } from "../evidence/read";
import { domainWords, subject } from "../evidence/words";
import type { Policy } from "../policy";

const sharedFate = new Set(["region", "zone", "facility", "power"]);

export const healthCheckInside: Policy = {
  name: "health-check-inside",
  code: "DPX334",
  title: "A site is not judged only from inside itself",
  family: "routing",
  severity: "high",
  rows: ["2", "K4", "K8"],
  why:
    "Monitoring and the switch-over stood where they watched. A checker that goes dark with its target reports " +
    "nothing, and nothing is not read as a failure.",
  proves:
    "Compares where each health check is measured from with where its target's replicas stand: at least one observer " +
    "must stand outside of the region, zone, facility and power domain that all of them share.",
  fix: {
    text: "Measure from outside: name checker regions other than the target's own.",
    snippet:
      'new aws.route53.HealthCheck("login-seoul", { ...check, regions: ["us-west-2", "eu-west-1", "ap-southeast-1"] ' +
      "});",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const domains = domainsById(context.estate);
    const shared = (placements: readonly (readonly DomainId[])[]): readonly DomainId[] => {
      const [first, ...rest] = placements.map((placement) => fateOf(domains, placement));
      return [...(first ?? [])].filter((id) => sharedFate.has(kindOf(id)) && rest.every((fate) => fate.has(id))).sort();
    };
    for (const service of ownServices(context)) {
      const watched = new Map<DomainId, Set<string>>();
      for (const target of service.routes.flatMap((route) => route.targets)) {
        const check = target.healthCheck;
        if (!check || check.observers.length === 0) continue;
        const replicas = service.replicas.filter((replica) => target.replicas.includes(replica.id));
        const placements = replicas.flatMap((replica) => (replica.placement.known ? [replica.placement.value] : []));
        const common = shared([...placements, ...check.observers.map((id) => [id])])[0];
        if (!common || placements.length === 0) continue;
        watched.set(common, new Set([...(watched.get(common) ?? []), check.urn, target.urn]));
      }
      for (const [common, urns] of watched) {
        yield {
          verdict: "broken",
          service: service.id,
          lost: [common],
          urns: [...urns],
          properties: ["regions"],
          message:
            `${subject(service)} must be watched from outside of the site that is watched, and every observer of a ` +
            `health check stands in ${domainWords(common)}, as its target does.`,
        };
      }
    }
  },
};
