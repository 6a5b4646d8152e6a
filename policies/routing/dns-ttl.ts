import { ownServices, requirementOf } from "../evidence/read";
import { duration, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const dnsTtl: Policy = {
  name: "dns-ttl",
  code: "DPX332",
  title: "A name's answers expire soon enough to leave a dead facility",
  family: "routing",
  severity: "medium",
  rows: ["2"],
  why:
    "Traffic has to leave a dead facility in seconds to a minute. A resolver keeps an answer for its whole time to " +
    "live, whatever the health check has found.",
  proves: "Compares the time to live of each DNS answer with the longest that the service's tier allows.",
  fix: {
    text: "Lower the record's time to live.",
    snippet: 'new aws.route53.Record("login-seoul", { ...record, ttl: 30 });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {
    longestTtlSeconds: {
      type: "integer",
      description: "Longest time to live in seconds, for every tier; 0 keeps the tiers' own (60, 60 and 300).",
      default: 0,
      minimum: 0,
      maximum: 172800,
    },
  },
  *judge(context) {
    for (const service of ownServices(context)) {
      const longest = longestOf(context, requirementOf(context, service).longestTtlSeconds);
      for (const route of service.routes) {
        if (route.kind !== "dns") continue;
        const subjectOf = { service: service.id, lost: [], urns: [route.urn], properties: ["ttl"] };
        const answers = `answers for "${route.name}" that live at most ${duration(longest)}`;
        const wanted = `${subject(service)} must have ${answers}`;
        if (!route.ttlSeconds.known)
          yield {
            ...subjectOf,
            verdict: "unknown",
            message: `${wanted}, and ${route.ttlSeconds.missing} is not known yet.`,
          };
        else if (route.ttlSeconds.value > longest)
          yield {
            ...subjectOf,
            verdict: "broken",
            message: `${wanted}, and they live ${duration(route.ttlSeconds.value)}.`,
          };
      }
    }
  },
};

function longestOf(context: PolicyContext, ofTier: number): number {
  const knob = context.config.longestTtlSeconds;
  return typeof knob === "number" && knob > 0 ? knob : ofTier;
}
