import { createSurvival, known, type DomainId, type Estate, type Replica, type Service, type Urn } from "../../model";
import { Cleared } from "../evidence/cleared";
import { factsOf, ownServices, singleLosses } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, percent, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";

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
    const candidates = shortAtPresent(context, ceilingsOf(context.estate));
    if (candidates.length === 0) return;
    const grown = createSurvival({ ...context.estate, services: candidates.map(atCeiling) });
    const cleared = new Cleared(grown);
    for (const { service, ceilings, losses } of candidates) {
      if (cleared.has(service, losses)) continue;
      const least = leastShareOf(service);
      const worst = losses
        .map((id) => ({ id, share: grown.outcome(service.id, [id]).bestShare }))
        .filter(({ share }) => share > 0 && isShort(share, least))
        .sort((a, b) => a.share - b.share || a.id.localeCompare(b.id, "en"))[0];
      if (!worst) {
        cleared.add(service, losses);
        continue;
      }
      yield {
        verdict: "broken",
        service: service.id,
        lost: [worst.id],
        urns: [...ceilings.keys()].sort(),
        properties: ["maxSize", "maxReplicas"],
        message:
          `${subject(service)} must be able to grow to ${percent(least)} of its peak when ` +
          `${domainWords(worst.id)} is lost, and its scalers stop at ${percent(worst.share)}.`,
      };
    }
  },
};

/** A scaled service, and the losses after which what runs now is too little. */
interface Candidate {
  readonly service: Service;
  /** Most units that each of its scalers may run, by the scaled resource. */
  readonly ceilings: ReadonlyMap<Urn, number>;
  readonly losses: readonly DomainId[];
}

/** What is enough without growing is enough with it: in a good estate nothing is left to be put at its ceiling. */
function shortAtPresent(context: PolicyContext, known: ReadonlyMap<Urn, number>): readonly Candidate[] {
  if (known.size === 0) return [];
  const cleared = new Cleared(context.survival);
  return ownServices(context).flatMap((service) => {
    const ceilings = new Map<Urn, number>();
    for (const { urn } of service.replicas) {
      const ceiling = known.get(urn);
      if (ceiling !== undefined) ceilings.set(urn, ceiling);
    }
    if (ceilings.size === 0) return [];
    const least = leastShareOf(service);
    const mayShrink = [...ceilings].some(([urn, ceiling]) => ceiling < unitsOf(urn, service.replicas));
    if (!mayShrink && cleared.has(service)) return [];
    const losses = singleLosses(context, service).filter(
      (id) => mayShrink || isShort(context.survival.outcome(service.id, [id]).bestShare, least),
    );
    if (losses.length > 0) return [{ service, ceilings, losses }];
    if (!mayShrink) cleared.add(service);
    return [];
  });
}

function ceilingsOf(estate: Estate): ReadonlyMap<Urn, number> {
  const known = factsOf(estate, "autoscaling").flatMap((fact) =>
    fact.maximum.known ? [[fact.urn, fact.maximum.value] as const] : [],
  );
  return new Map(known);
}

/** The service alone, at its maximum; the replicas of one scaler share the units as they share them now. */
function atCeiling({ service, ceilings }: Candidate): Service {
  const { replicas } = service;
  return { ...service, dependencies: [], replicas: replicas.map((replica) => grow(replica, replicas, ceilings)) };
}

function grow(replica: Replica, siblings: readonly Replica[], ceilings: ReadonlyMap<Urn, number>): Replica {
  const ceiling = ceilings.get(replica.urn);
  if (ceiling === undefined || !replica.units.known || !replica.capacityRps?.known) return replica;
  const units = unitsOf(replica.urn, siblings);
  if (units === 0) return replica;
  const factor = ceiling / units;
  return {
    ...replica,
    units: known(replica.units.value * factor),
    capacityRps: known(replica.capacityRps.value * factor),
  };
}

function unitsOf(urn: Urn, replicas: readonly Replica[]): number {
  return replicas
    .filter((replica) => replica.urn === urn)
    .reduce((sum, { units }) => sum + (units.known ? units.value : 0), 0);
}
