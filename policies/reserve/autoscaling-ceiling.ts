import { createSurvival, known, type Estate, type Replica } from "../../model";
import { factsOf, ownServices, relevantOf, requirementOf } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, percent, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const autoscalingCeiling: Policy = {
  name: "autoscaling-ceiling",
  code: "DPX324",
  title: "An autoscaler's maximum admits the redirected peak",
  family: "reserve",
  severity: "medium",
  rows: ["3", "K7"],
  why:
    "After the loss of a site its traffic comes to the others. A scaler that may not grow to meet it turns elastic capacity " +
    "into the same lack of room that the other data centres had.",
  proves:
    "Puts every scaled replica at its scaler's maximum in the model, takes each domain of the tier's kinds away and " +
    "compares what is left with peak demand × the least share promised.",
  fix: {
    text: "Raise the maximum of the scaler until the sites left can carry the peak.",
    snippet: 'new aws.autoscaling.Group("login-seoul", { minSize: 30, maxSize: 60, desiredCapacity: 30 });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const ceilings = ceilingsOf(context.estate);
    if (ceilings.size === 0) return;
    const grown = createSurvival(atCeiling(context.estate, ceilings));
    for (const service of ownServices(context)) {
      const scaled = [...new Set(service.replicas.filter((r) => ceilings.has(r.urn)).map((r) => r.urn))].sort();
      if (scaled.length === 0) continue;
      const kinds = requirementOf(context, service).surviveOne;
      const worst = kinds
        .flatMap((kind) => relevantOf(context, service, kind))
        .map((id) => ({ id, share: grown.outcome(service.id, [id]).bestShare }))
        .filter(({ share }) => share > 0 && isShort(share, leastShareOf(service)))
        .sort((a, b) => a.share - b.share || a.id.localeCompare(b.id, "en"))[0];
      if (!worst) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [worst.id],
        urns: scaled,
        properties: ["maxSize", "maxReplicas"],
        message:
          `${subject(service)} must be able to grow to ${percent(leastShareOf(service))} of its peak when ` +
          `${domainWords(worst.id)} is lost, and its scalers stop at ${percent(worst.share)}.`,
      };
    }
  },
};

function ceilingsOf(estate: Estate): ReadonlyMap<string, number> {
  const known = factsOf(estate, "autoscaling").flatMap((fact) =>
    fact.maximum.known ? [[fact.urn, fact.maximum.value] as const] : [],
  );
  return new Map(known);
}

/** The scaled services alone, at their maximum; the replicas of one share the units as they share them now. */
function atCeiling(estate: Estate, ceilings: ReadonlyMap<string, number>): Estate {
  const scaled = estate.services.filter((service) => service.replicas.some(({ urn }) => ceilings.has(urn)));
  return {
    ...estate,
    services: scaled.map((service) => ({
      ...service,
      dependencies: [],
      replicas: service.replicas.map((replica) => grow(replica, service.replicas, ceilings)),
    })),
  };
}

function grow(replica: Replica, siblings: readonly Replica[], ceilings: ReadonlyMap<string, number>): Replica {
  const ceiling = ceilings.get(replica.urn);
  if (ceiling === undefined || !replica.units.known || !replica.capacityRps?.known) return replica;
  const units = siblings
    .filter((sibling) => sibling.urn === replica.urn)
    .reduce((sum, sibling) => sum + (sibling.units.known ? sibling.units.value : 0), 0);
  if (units === 0) return replica;
  const factor = ceiling / units;
  return {
    ...replica,
    units: known(replica.units.value * factor),
    capacityRps: known(replica.capacityRps.value * factor),
  };
}
