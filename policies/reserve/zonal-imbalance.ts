import { byText } from "../../lib/order";
import { kindOf, known, type DomainId, type Replica, type Service } from "../../model";
import { createSurvival } from "../../survival";
import { survivalInIsolation } from "../evidence/isolation";
import { domainsById, ownServices } from "../evidence/read";
import { isShort, leastShareOf } from "../evidence/reserve";
import { count, domainWords, percent, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";
import { addTo } from "../../lib/lists";

export const zonalImbalance: Policy = {
  name: "zonal-imbalance",
  code: "DPX327",
  title: "The fullest zone takes no more with it than was planned",
  family: "reserve",
  severity: "medium",
  rows: ["3", "K1", "K7"],
  why:
    "Most services and core functions stood in one facility, beside three others. A service in three zones with most " +
    "of its units in one is spread on paper: the loss that counts is that of the fullest zone.",
  proves:
    "Adds up the units of each zone. Where the peak and each unit's capacity are known, takes the fullest zone away " +
    "in the model and asks whether the same units, spread evenly over the same zones of each region, would have been " +
    "enough. Where they are not, no zone may hold more than the largest share, rounded up to a unit.",
  fix: {
    text: "Spread the same units evenly over the zones; no more of them are needed.",
    snippet:
      'new aws.autoscaling.Group("login", { vpcZoneIdentifiers: [subnetA.id, subnetB.id, subnetC.id], minSize: 9, ' +
      "maxSize: 18,\n" +
      '  availabilityZoneDistribution: { capacityDistributionStrategy: "balanced-only" } });',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {
    largestShare: {
      type: "number",
      description:
        "Largest share of a service's units that one of several zones may hold where the peak is not known, 0 to 1.",
      default: 0.5,
      minimum: 0,
      maximum: 1,
    },
  },
  *judge(context) {
    for (const service of ownServices(context)) {
      // A store's members are copies, not room: of them `quorum-in-one-site` and `least-copies` speak.
      if (service.layer === "store" || service.quorum === "majority") continue;
      const units = unitsByZone(service);
      if (units === undefined || units.size < 2) continue;
      const violation = isDemandKnown(service) ? byPeak(context, service, units) : byShare(context, service, units);
      if (violation) yield violation;
    }
  },
};

type Units = ReadonlyMap<DomainId, number>;

/** Serving units of each zone; undefined where a place or a number is not known, which `placement-proof` reports. */
function unitsByZone(service: Service): Units | undefined {
  const units = new Map<DomainId, number>();
  for (const replica of serving(service)) {
    if (!replica.placement.known || !replica.units.known) return undefined;
    const zone = zoneOf(replica);
    if (zone !== undefined && replica.units.value > 0) units.set(zone, (units.get(zone) ?? 0) + replica.units.value);
  }
  return units;
}

function serving(service: Service): readonly Replica[] {
  return service.replicas.filter(({ role }) => role === "active");
}

function zoneOf({ placement }: Replica): DomainId | undefined {
  return placement.known ? placement.value.find((id) => kindOf(id) === "zone") : undefined;
}

function isDemandKnown(service: Service): boolean {
  return service.peakRps?.known === true && serving(service).every(({ capacityRps }) => capacityRps?.known === true);
}

function totalOf(service: Service): number {
  return serving(service).reduce((sum, { units }) => sum + (units.known ? units.value : 0), 0);
}

function fullestOf(units: Units): readonly [DomainId, number] {
  const sorted = [...units].sort(([a, one], [b, other]) => other - one || byText(a, b));
  return sorted[0] ?? ["zone:none", 0];
}

function byPeak(context: PolicyContext, service: Service, units: Units): Violation | undefined {
  const least = leastShareOf(service);
  const alone = survivalInIsolation(context);
  const [lost, most] = fullestOf(units);
  const left = alone.outcome(service.id, [lost]).bestShare;
  if (!isShort(left, least)) return undefined;
  const even = createSurvival({ ...context.estate, services: [spreadEvenly(context, service)] });
  const leftIfEven = Math.min(...[...units.keys()].map((zone) => even.outcome(service.id, [zone]).bestShare));
  // Too few units, however they are spread, are a matter of `reserve-n-minus-1`.
  if (isShort(leftIfEven, least)) return undefined;
  return violationOf(service, lost, [
    `must keep ${percent(least)} of its peak when its fullest zone is lost, and ${domainWords(lost)} takes ${most} ` +
      "of its",
    `${count(totalOf(service), "unit")} with it: ${percent(left)} is left, where an even spread would leave ` +
      `${percent(leftIfEven)}.`,
  ]);
}

function byShare(context: PolicyContext, service: Service, units: Units): Violation | undefined {
  const share = typeof context.config.largestShare === "number" ? context.config.largestShare : 0.5;
  const [lost, most] = fullestOf(units);
  const total = totalOf(service);
  const planned = Math.ceil(total * share - 1e-9);
  if (most <= planned) return undefined;
  return violationOf(service, lost, [
    `must have at most ${planned} of its ${count(total, "unit")} in any one zone (${percent(share)}), and ${most} ` +
      "stand in",
    `${domainWords(lost)}.`,
  ]);
}

function violationOf(service: Service, lost: DomainId, words: readonly string[]): Violation {
  const urns = serving(service)
    .filter((replica) => zoneOf(replica) === lost)
    .map(({ urn }) => urn);
  return {
    verdict: "broken",
    service: service.id,
    lost: [lost],
    urns: [...new Set(urns)].sort(),
    message: `${subject(service)} ${words.join(" ")}`,
  };
}

/**
 * The service by itself, the units of each region in equal parts in each of the zones that it has there, in whole
 * units.
 */
function spreadEvenly({ estate }: PolicyContext, service: Service): Service {
  const domains = domainsById(estate);
  const byRegion = new Map<string, Replica[]>();
  const rest: Replica[] = [];
  for (const replica of service.replicas) {
    const zone = replica.role === "active" ? zoneOf(replica) : undefined;
    if (zone === undefined) rest.push(replica);
    else {
      const region = (domains.get(zone)?.within ?? []).filter((id) => kindOf(id) === "region").join();
      addTo(byRegion, region, replica);
    }
  }
  const spread = [...byRegion.values()].flatMap((replicas): readonly Replica[] => {
    const zones = [...new Set(replicas.flatMap((replica) => zoneOf(replica) ?? []))].sort();
    const units = sumOf(replicas, ({ units }) => units);
    const capacity = sumOf(replicas, ({ capacityRps }) => capacityRps);
    const [pattern] = replicas;
    if (pattern === undefined || units === 0) return replicas;
    return zones.map((zone, index) => {
      const part = Math.floor(units / zones.length) + (index < units % zones.length ? 1 : 0);
      const at = { placement: known([zone]), units: known(part), capacityRps: known((capacity * part) / units) };
      return { ...pattern, id: `${service.id}#${zone}`, ...at, remainder: undefined };
    });
  });
  return { ...service, dependencies: [], routes: [], replicas: [...spread, ...rest] };
}

function sumOf(replicas: readonly Replica[], read: (replica: Replica) => Replica["capacityRps"]): number {
  return replicas.reduce((sum, replica) => {
    const value = read(replica);
    return sum + (value?.known ? value.value : 0);
  }, 0);
}
