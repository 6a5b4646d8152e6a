import { mapKnown, type Estate, type Replica, type SpotFact, type Urn } from "../../model";
import { createSurvival } from "../../survival";
import { survivalInIsolation } from "../evidence/isolation";
import { factsOf, normalAndLosses, ownServices } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, list, percent, subject, urnName } from "../evidence/words";
import type { Policy } from "../policy";

export const spotOnlyCapacity: Policy = {
  name: "spot-only-capacity",
  code: "DPX326",
  title: "No peak is carried by capacity that only Spot gives",
  family: "reserve",
  severity: "high",
  rows: ["3", "K2", "K7"],
  why:
    "The other data centres had no room when they were asked. Spot is the room that others have left over: when a " +
    "site is lost everybody asks for machines at once, and the cloud takes Spot capacity back with two minutes' " +
    "notice.",
  proves:
    "Reads Spot's share of each workload (mixed instances policy, launch template, capacity provider strategy, " +
    "capacity type of a node group), takes those units away in the model, with nothing lost and with each domain " +
    "that the tier must survive, and compares what is left with the share promised.",
  fix: {
    text: "Give the peak and the reserve on-demand capacity, and let Spot only add to it.",
    snippet:
      "mixedInstancesPolicy: { launchTemplate, instancesDistribution: { onDemandBaseCapacity: 30, " +
      "onDemandPercentageAboveBaseCapacity: 0 } }",
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {},
  *judge(context) {
    const facts = new Map(factsOf(context.estate, "spot").map((fact) => [fact.urn, fact]));
    if (facts.size === 0) return;
    const kept = createSurvival(withoutSpot(context.estate, facts));
    const whole = survivalInIsolation(context);
    for (const service of ownServices(context)) {
      const own = [...new Set(service.replicas.map(({ urn }) => urn))].flatMap((urn) => facts.get(urn) ?? []);
      if (own.length === 0) continue;
      const least = leastShareOf(service);
      const isEnough = (share: number): boolean => !isShort(share, least);
      // What is too little with Spot as well is a matter of the reserve, not of Spot.
      const lost = normalAndLosses(context, service).find(
        (loss) =>
          isEnough(whole.outcome(service.id, loss).bestShare) && !isEnough(kept.outcome(service.id, loss).bestShare),
      );
      const open = own.find(({ share }) => !share.known);
      const common = { service: service.id, urns: own.map(({ urn }) => urn).sort() };
      const wanted = `${subject(service)} must carry ${percent(least)} of its peak without Spot capacity`;
      if (lost !== undefined) {
        const when = lost.map((id) => ` when ${domainWords(id)} is lost`).join("");
        const left = percent(kept.outcome(service.id, lost).bestShare);
        yield { ...common, verdict: "broken", lost, message: `${wanted}${when}, and ${left} is left: ${shares(own)}.` };
      } else if (open?.share.known === false) {
        const message = `${wanted}, and ${open.share.missing} is not known yet.`;
        yield { ...common, verdict: "unknown", lost: [], message };
      }
    }
  },
};

/** Spot's share as a sentence's end: `Spot gives 100 % of "login-seoul"`. */
function shares(facts: readonly SpotFact[]): string {
  const known = facts.flatMap(({ urn, share }) => (share.known ? [`${percent(share.value)} of ${urnName(urn)}`] : []));
  return `Spot gives ${list(known.sort())}`;
}

/**
 * The services with Spot in them alone, without it. A share that is not known is none: the rest must be proven broken.
 */
function withoutSpot(estate: Estate, facts: ReadonlyMap<Urn, SpotFact>): Estate {
  const shrink = (replica: Replica): Replica => {
    const share = facts.get(replica.urn)?.share;
    if (!share?.known) return replica;
    const shrunk = { ...replica, units: mapKnown(replica.units, (units) => units * (1 - share.value)) };
    if (replica.capacityRps === undefined) return shrunk;
    return { ...shrunk, capacityRps: mapKnown(replica.capacityRps, (rps) => rps * (1 - share.value)) };
  };
  return {
    ...estate,
    services: estate.services
      .filter(({ replicas }) => replicas.some(({ urn }) => facts.has(urn)))
      .map((service) => ({ ...service, dependencies: [], routes: [], replicas: service.replicas.map(shrink) })),
  };
}
