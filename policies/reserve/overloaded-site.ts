import { ownServices, singleLosses } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, list, percent, subject, urnName } from "../evidence/words";
import type { Service } from "../../model";
import type { Policy, PolicyContext, Violation } from "../policy";

export const overloadedSite: Policy = {
  name: "overloaded-site",
  code: "DPX363",
  title: "No answer is sent more than what stands behind it carries",
  family: "reserve",
  severity: "high",
  rows: ["3", "10", "K7"],
  why:
    "The work of the lost data centre was to go to the others, which had no room for it. A name hands requests " +
    "out by its weights, whatever stands behind each answer: a site that is sent more than it carries is down, " +
    "however much is idle elsewhere.",
  proves:
    "Shares the peak out by the weights of each name (or the dials of each accelerator) over the answers that are " +
    "left, with nothing lost and after each single loss that the tier names, and compares each answer's part " +
    "with the capacity behind it. Together the answers must serve the least share that is promised.",
  fix: {
    text: "Set the weights in proportion to the capacity behind each answer, or add units where most is sent.",
    snippet: "weightedRoutingPolicies: [{ weight: 50 }] // as many as at the other site, which is as large",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.routes.length === 0 || service.peakRps === undefined) continue;
      const violation = judgeService(context, service);
      if (violation !== undefined) yield violation;
    }
  },
};

function judgeService(context: PolicyContext, service: Service): Violation | undefined {
  const least = leastShareOf(service);
  for (const lost of [[], ...singleLosses(context, service).map((id) => [id])]) {
    const found = context.survival.overload(service.id, lost);
    if (found === undefined || !isShort(found.share, least)) continue;
    // Where too little is left altogether, the policies of reserve say so.
    if (isShort(context.survival.outcome(service.id, lost).bestShare, least)) continue;
    const { route, target, sentRps, carriedRps, share } = found;
    const when = lost.length === 0 ? "with nothing lost" : `when ${list(lost.map(domainWords))} is lost`;
    return {
      verdict: "broken",
      service: service.id,
      lost,
      urns: [target.urn],
      properties: ["weightedRoutingPolicies"],
      message:
        `${subject(service)} must serve at least ${percent(least)} of its peak ${when}, and serves ` +
        `${percent(share)}: the weights of "${route.name}" send ${Math.round(sentRps)} requests per second to ` +
        `${urnName(target.urn)}, behind which ${Math.round(carriedRps)} are carried.`,
    };
  }
  return undefined;
}
