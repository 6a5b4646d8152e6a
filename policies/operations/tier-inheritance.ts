import { tiers, type Service, type Tier } from "../../model";
import { onlyMember } from "../../model/dependency";
import { needs, servicesById, urnsOf } from "../evidence/read";
import type { Policy } from "../policy";

export const tierInheritance: Policy = {
  name: "tier-inheritance",
  code: "DPX390",
  title: "What a critical service needs is critical too",
  family: "operations",
  severity: "high",
  rows: ["9", "K5", "K6"],
  why:
    "Login was a system among others until everything behind it stopped. What others depend on ranks with the " +
    "highest tier of its dependents; a tag may not say less.",
  proves:
    "Compares the tier that a service's own tag or configuration claims with the tiers of all that cannot serve or " +
    "start without it. It is judged by the higher one in any case.",
  fix: {
    text: "Raise the tag to the tier of the dependent, or remove it: the tier is then inherited.",
    snippet: 'tags: { "duplex:service": "login", "duplex:tier": "critical" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    const dependents = new Map<Service, Service>();
    for (const dependent of context.estate.services) {
      for (const member of needs(dependent).flatMap(onlyMember)) {
        const needed = services.get(member);
        if (!needed || needed.layer === "vendor" || !claimsLess(claimOf(needed), dependent.tier)) continue;
        const strictest = dependents.get(needed);
        if (!strictest || claimsLess(strictest.tier, dependent.tier)) dependents.set(needed, dependent);
      }
    }
    for (const [needed, dependent] of dependents) {
      yield {
        verdict: "broken",
        service: needed.id,
        lost: [],
        urns: urnsOf(needed),
        properties: ["duplex:tier"],
        message:
          `Service "${needed.id}" must be of tier "${dependent.tier}", because "${dependent.id}" needs it, and ` +
          `claims "${claimOf(needed) ?? needed.tier}".`,
      };
    }
  },
};

/** What the service itself says of its tier; undefined where it says nothing and simply inherits. */
function claimOf(service: Service): Tier | undefined {
  const { source, claimed } = service.tierFrom;
  if (claimed) return claimed;
  return source === "tag" || source === "configuration" ? service.tier : undefined;
}

function claimsLess(claim: Tier | undefined, than: Tier): boolean {
  return claim !== undefined && tiers.indexOf(claim) > tiers.indexOf(than);
}
