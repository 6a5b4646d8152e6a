import type { DomainId, Replica, RouteTarget, Service } from "../../model";
import { createSurvival } from "../../survival";
import { survivalInIsolation } from "../evidence/isolation";
import { normalAndLosses, ownServices } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, list, percent, subject, urnName } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

export const reserveUnasked: Policy = {
  name: "reserve-unasked",
  code: "DPX329",
  title: "Reserve behind an answer of last resort is not what a partial loss needs",
  family: "reserve",
  severity: "high",
  rows: ["3", "K2", "K7"],
  why:
    "There were three more data centres, and the work was not duplexed to them. What stands behind an answer of " +
    "weight 0, or behind the secondary of a failover pair, is asked when everything before it is dead: while a half " +
    "of the first site still answers, it carries the whole peak alone.",
  proves:
    "Leaves out of the model the replicas that only answers of last resort lead to (Amazon Route 53 Developer Guide: " +
    "a record of weight 0, and the secondary of a failover pair, are considered when all others are unhealthy), " +
    "takes away each domain after which something before them still serves, and compares what is left with the share " +
    "promised.",
  fix: {
    text:
      "Give the answer a weight, so that both sides share the traffic, or give the first site room for its own " +
      "partial loss.",
    snippet: "weightedRoutingPolicies: [{ weight: 50 }], // beside 50 of the other side",
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const unasked = unaskedReplicas(service);
      if (unasked.length === 0 || service.peakRps === undefined) continue;
      const worst = worstLoss(context, service, unasked);
      if (worst === undefined) continue;
      const { lost, share, least } = worst;
      const urns = [...new Set(unasked.map(({ urn }) => urn))].sort();
      const when = lost.length === 0 ? "with nothing lost" : `when ${list(lost.map(domainWords))} is lost`;
      yield {
        verdict: "broken",
        service: service.id,
        lost,
        urns,
        properties: ["weightedRoutingPolicies", "failoverRoutingPolicies"],
        message:
          `${subject(service)} must serve at least ${percent(least)} of its peak ${when}, and ${percent(share)} is ` +
          `served: ${list(urns.map(urnName))} would carry the rest, and is asked only when every answer before it is ` +
          "dead.",
      };
    }
  },
};

/**
 * Replicas that only answers of last resort of a name lead to, beside answers that are asked before them. The second
 * origin of a distribution is no such thing: it is asked for each request that the first one fails.
 */
function unaskedReplicas({ routes, replicas }: Service): readonly Replica[] {
  const behind = (targets: readonly RouteTarget[]) => targets.flatMap((target) => target.replicas);
  const names = routes.filter(({ kind, targets }) => kind === "dns" && targets.some(isRegular));
  const last = new Set(names.flatMap(({ targets }) => behind(targets.filter((target) => !isRegular(target)))));
  if (last.size === 0) return [];
  const entrances = routes.filter(({ kind }) => kind !== "loadBalancer");
  const asked = new Set(
    entrances.flatMap(({ kind, targets }) => behind(kind === "dns" ? targets.filter(isRegular) : targets)),
  );
  return replicas.filter(({ id }) => last.has(id) && !asked.has(id));
}

function isRegular({ lastResort }: RouteTarget): boolean {
  return !lastResort;
}

/** The loss after which least is served of what the service would carry if all of its replicas were asked. */
function worstLoss(context: PolicyContext, service: Service, unasked: readonly Replica[]) {
  const asked = service.replicas.filter((replica) => !unasked.includes(replica));
  const before = createSurvival({
    ...context.estate,
    services: [{ ...service, replicas: asked, dependencies: [], routes: [] }],
  });
  const losses = normalAndLosses(context, service).map((lost) => ({
    lost,
    share: before.outcome(service.id, lost).bestShare,
    least: lost.length === 0 ? 1 : leastShareOf(service),
  }));
  // With nothing left before them, the last resorts are asked; what falls short with all asked is another policy's.
  const short = losses.filter(
    ({ lost, share, least }) => share > 0 && isShort(share, least) && carries(context, service, lost, least),
  );
  return short.sort((a, b) => a.share - b.share)[0];
}

function carries(context: PolicyContext, { id }: Service, lost: readonly DomainId[], least: number): boolean {
  return !isShort(survivalInIsolation(context).outcome(id, lost).bestShare, least);
}
