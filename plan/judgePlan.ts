/** A plan as an estate of the model, and what the structure function says of it: the one judge of everything else. */
import type { EstateSpec, ServiceSpec } from "../estate";
import { by } from "../lib/order";
import { domainsOfSites, placementsOf, type Estate, type Placement, type Replica, type Service } from "../model";
import { createSurvival } from "../survival";
import type { Loss } from "../survival/losses";
import type { ServiceDemand } from "./program/demand";

/** Units by service, in the order of its sites in the demand. */
export type Units = ReadonlyMap<string, readonly number[]>;

/** A promise that is not kept. */
export interface Broken {
  readonly service: string;
  readonly lost: Loss;
  /** Share of the peak that is left, 0..1. */
  readonly share: number;
}

/** What sums of binary fractions may differ by, as a share of the peak. */
const tolerance = 1e-9;

/** Every promise that these units do not keep: what is left after a loss is less than what the tier asks for. */
export function brokenBy(estate: EstateSpec, demands: readonly ServiceDemand[], units: Units): readonly Broken[] {
  const survival = createSurvival(estateOf(estate, demands, units));
  const services = new Map(estate.services.map((service) => [service.name, service]));
  return demands.flatMap(({ service: name, cases }) => {
    const service = services.get(name);
    if (service === undefined) return [];
    return cases.flatMap(({ lost, unitsNeeded }) => {
      const { status, share } = survival.outcome(name, lost);
      const wanted = Math.min(1, (unitsNeeded * service.unitRps) / service.peakRps, leastShareOf(service, lost));
      return status !== "down" && share >= wanted - tolerance ? [] : [{ service: name, lost, share }];
    });
  });
}

/** After two losses a service may be degraded, and never down. */
function leastShareOf({ objectives }: ServiceSpec, lost: Loss): number {
  return lost.length === 0 ? 1 : lost.length === 1 ? objectives.leastShare : 0;
}

function estateOf(estate: EstateSpec, demands: readonly ServiceDemand[], units: Units): Estate {
  const byName = new Map(demands.map((demand) => [demand.service, demand]));
  const services = estate.services.map((service) =>
    serviceOf(service, byName.get(service.name), units.get(service.name) ?? []),
  );
  return {
    domains: domainsOfSites(estate.sites),
    services: services.sort(by(({ id }) => id)),
    facts: [],
    notJudged: [],
  };

  function serviceOf(service: ServiceSpec, demand: ServiceDemand | undefined, planned: readonly number[]): Service {
    const sites = demand?.sites ?? [];
    return {
      id: service.name,
      layer: service.layer,
      tier: service.tier,
      tierFrom: { source: "configuration" },
      peakRps: { known: true, value: service.peakRps },
      objectives: service.objectives,
      replicas: sites.flatMap(({ name }, index) => {
        const site = estate.sites.find((one) => one.name === name);
        return site === undefined ? [] : replicasOf(service, name, placementsOf(site), planned[index] ?? 0);
      }),
      quorum: "any",
      dependencies: [],
      routes: [],
      backups: [],
      urns: [],
    };
  }
}

/** Whole spreads stand in every zone; of what is left over nobody knows the zone before it is lost. */
function replicasOf(
  { name, unitRps }: ServiceSpec,
  site: string,
  places: readonly Placement[],
  units: number,
): readonly Replica[] {
  const each = Math.floor(units / places.length);
  const replica = (key: string, placement: Placement, count: number): Replica => ({
    id: `${name}#${site}#${key}`,
    urn: `${name}#${site}`,
    role: "active",
    placement: { known: true, value: placement },
    capacityRps: { known: true, value: count * unitRps },
    units: { known: true, value: count },
    startSeconds: 0,
    startNeeds: [],
  });
  const whole = each === 0 ? [] : places.map((placement, index) => replica(`zone-${index}`, placement, each));
  const left = Array.from({ length: units % places.length }, (_, rank): Replica => {
    const first = places[0] ?? [];
    return { ...replica(`left-${rank}`, first, 1), remainder: { places, rank } };
  });
  return [...whole, ...left];
}
