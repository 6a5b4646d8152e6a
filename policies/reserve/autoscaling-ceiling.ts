import { byText } from "../../lib/order";
import { known, type DomainId, type Replica, type Service, type Urn } from "../../model";
import { createSurvival, type Survival } from "../../survival";
import { factsOf, ownServices, singleLosses } from "../evidence/read";
import { judgeEach } from "../evidence/judgeEach";
import { isShort, leastShareOf } from "../evidence/reserve";
import { domainWords, percent, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

export const autoscalingCeiling: Policy = {
  name: "autoscaling-ceiling",
  code: "DPX324",
  title: "An autoscaler's maximum admits the redirected peak",
  family: "reserve",
  severity: "medium",
  rows: ["3", "K7"],
  why:
    "After the loss of a site its traffic comes to the others. A scaler that may not grow to meet it turns elastic " +
    "capacity into the same lack of room that the other data centres had.",
  proves:
    "Puts every scaled replica at its scaler's maximum in the model, takes each domain of the tier's kinds away and " +
    "compares what is left with peak demand × the least share promised.",
  fix: {
    text: "Raise the maximum of the scaler until the sites left can carry the peak.",
    snippet: 'new aws.autoscaling.Group("login-seoul", { minSize: 30, maxSize: 60, desiredCapacity: 30 });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  judge(context) {
    const candidates = shortAtPresent(context);
    if (candidates.size === 0) return [];
    const services = [...candidates].map(([service, { ceilings }]) => atCeiling(service, ceilings));
    const grown = createSurvival({ ...context.estate, services });
    return judgeEach(
      grown,
      candidates.keys(),
      (service) => judgeGrown(service, candidates.get(service), grown),
      (service) => JSON.stringify(candidates.get(service)?.losses),
    );
  },
};

/** Most units that each scaler of a service may run, by the scaled resource. */
type Ceilings = ReadonlyMap<Urn, number>;

/** A scaled service of which, after these losses, what runs now is too little. */
interface Candidate {
  readonly ceilings: Ceilings;
  readonly losses: readonly DomainId[];
}

function judgeGrown(service: Service, candidate: Candidate | undefined, grown: Survival): Violation | undefined {
  const least = leastShareOf(service);
  const worst = candidate?.losses
    .map((id) => ({ id, share: grown.outcome(service.id, [id]).bestShare }))
    .filter(({ share }) => share > 0 && isShort(share, least))
    .sort((a, b) => a.share - b.share || byText(a.id, b.id))[0];
  if (candidate === undefined || worst === undefined) return undefined;
  return {
    verdict: "broken",
    service: service.id,
    lost: [worst.id],
    urns: [...candidate.ceilings.keys()].sort(),
    properties: ["maxSize", "maxReplicas"],
    message:
      `${subject(service)} must be able to grow to ${percent(least)} of its peak when ` +
      `${domainWords(worst.id)} is lost, and its scalers stop at ${percent(worst.share)}.`,
  };
}

/** What is enough without growing is enough with it: in a good estate nothing is left to be put at its ceiling. */
function shortAtPresent(context: PolicyContext): ReadonlyMap<Service, Candidate> {
  const scaled = scaledServices(context);
  const mayShrink = (service: Service) =>
    [...(scaled.get(service) ?? [])].some(([urn, ceiling]) => ceiling < unitsOf(urn, service.replicas));
  const short = judgeEach(
    context.survival,
    scaled.keys(),
    (service) => {
      const isTooLittle = (id: DomainId) =>
        isShort(context.survival.outcome(service.id, [id]).bestShare, leastShareOf(service));
      const losses = singleLosses(context, service).filter((id) => mayShrink(service) || isTooLittle(id));
      const ceilings = scaled.get(service);
      return ceilings === undefined || losses.length === 0 ? undefined : ([service, { ceilings, losses }] as const);
    },
    (service) => (mayShrink(service) ? undefined : ""),
  );
  return new Map(short);
}

/** Services with a scaler of which the maximum is known. */
function scaledServices(context: PolicyContext): ReadonlyMap<Service, Ceilings> {
  const known = new Map(
    factsOf(context.estate, "autoscaling").flatMap(({ urn, workload = urn, maximum }) =>
      maximum.known ? [[workload, maximum.value] as const] : [],
    ),
  );
  if (known.size === 0) return new Map();
  const services = new Map<Service, Ceilings>();
  for (const service of ownServices(context)) {
    const ceilings = new Map<Urn, number>();
    for (const { urn } of service.replicas) {
      const ceiling = known.get(urn);
      if (ceiling !== undefined) ceilings.set(urn, ceiling);
    }
    if (ceilings.size > 0) services.set(service, ceilings);
  }
  return services;
}

/** The service alone, at its maximum; the replicas of one scaler share the units as they share them now. */
function atCeiling(service: Service, ceilings: Ceilings): Service {
  const { replicas } = service;
  return { ...service, dependencies: [], replicas: replicas.map((replica) => grow(replica, replicas, ceilings)) };
}

function grow(replica: Replica, siblings: readonly Replica[], ceilings: Ceilings): Replica {
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
