import { ownServices, urnsOf } from "../evidence/read";
import type { Policy } from "../policy";

export const undeclaredTier: Policy = {
  name: "undeclared-tier",
  code: "DPX393",
  title: "Every service has a tier",
  family: "operations",
  severity: "low",
  rows: ["9"],
  why:
    "Paid services were to be compensated, free ones not, and taxi drivers lost a day's trade on a free one: what is " +
    "critical has to be said before the fire.",
  proves:
    "Looks whether a service's tier comes from configuration, a tag or a dependent, or was taken as the default. " +
    "Where the tags are not known yet, the service may be critical, and every policy takes it for that.",
  fix: {
    text: "Tag the service's resources with its tier: critical, important or standard.",
    snippet: 'tags: { "duplex:service": "login", "duplex:tier": "critical" }',
  },
  asksFor: "tier",
  levels: { critical: "advisory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const { source } = service.tierFrom;
      if (source === "unknown") {
        yield {
          verdict: "unknown",
          service: service.id,
          lost: [],
          urns: urnsOf(service),
          message:
            `Service "${service.id}" must state its tier in words that are known before the update; they are not, so ` +
            'it is judged as "critical".',
        };
      }
      if (source !== "default") continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message: `Service "${service.id}" must state its tier, and states none: it is judged as "${service.tier}".`,
      };
    }
  },
};
