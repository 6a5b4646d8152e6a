/** The plan of an estate: the least cost that keeps every promise, beside today's units and "double everything". */
import type { EstateSpec } from "../estate";
import { planService, servicePlanInput } from "../estate/servicePlan";
import type { Tier } from "../model";
import type { Loss } from "../survival/losses";
import { unitsLeft } from "../survival/reserve";
import { demandsOf, roomsOf } from "./candidates";
import { brokenBy, type Broken, type Units } from "./judgePlan";
import type { PriceList } from "./prices/schema";
import type { ServiceDemand } from "./program/demand";
import { optimise, type Contradicted, type OutOfTime, type Search } from "./program/optimise";

/** One way to run the estate. */
export interface Variant {
  readonly units: number;
  /** Units above those that carry the peak while nothing is lost. */
  readonly reserveUnits: number;
  /** Of the list's currency, a month. */
  readonly costMonth: number;
  /** Promises that it does not keep. */
  readonly broken: readonly Broken[];
}

export interface PlannedSite {
  readonly site: string;
  readonly units: number;
  readonly todayUnits: number;
}

export interface PlannedService {
  readonly service: string;
  readonly tier: Tier;
  readonly sites: readonly PlannedSite[];
  /** The loss that leaves least beyond what it asks for; empty for normal operation. */
  readonly binding: Loss;
  /** Least share of the peak that two losses together leave, 0..1; null where the tier asks for none. */
  readonly shareAfterTwo: number | null;
  readonly costMonth: number;
  readonly todayCostMonth: number;
}

export interface EstatePlan {
  readonly kind: "planned";
  readonly services: readonly PlannedService[];
  readonly plan: Variant;
  readonly today: Variant;
  /** Twice the units of the peak, spread evenly over each service's sites. */
  readonly doubled: Variant;
  /** No plan costs less a month. */
  readonly boundMonth: number;
  /** What the plan may cost too much, as a share of its cost; 0 where it is proven to be the cheapest. */
  readonly gap: number;
}

export interface PlanSearch extends Search {
  /** Share of the peak that must be left after two losses, where the tier asks for them. @default one unit */
  readonly leastShareTwo?: number;
}

/**
 * Plans an estate.
 *
 * @throws UserError with every price that is missing
 */
export function planEstate(
  estate: EstateSpec,
  prices: PriceList,
  search: PlanSearch,
): EstatePlan | Contradicted | OutOfTime {
  const demands = demandsOf(estate, prices, search.leastShareTwo);
  const found = optimise(demands, roomsOf(estate), search);
  if (found.kind !== "optimum") return found;
  const today = todayUnits(estate, demands);
  const variant = (units: Units): Variant => ({
    ...sums(demands, units),
    broken: brokenBy(estate, demands, units),
  });
  const plan = variant(found.units);
  const [first] = plan.broken;
  if (first !== undefined) {
    throw new Error(
      `The plan of ${first.service} does not survive ${first.lost.join(" with ")}: program and model differ.`,
    );
  }
  return {
    kind: "planned",
    services: demands.map((demand) => plannedService(estate, demand, found.units, today)),
    plan,
    today: variant(today),
    doubled: variant(new Map(demands.map((demand) => [demand.service, doubledUnits(demand)]))),
    boundMonth: Math.min(found.bound, plan.costMonth),
    gap: plan.costMonth === 0 ? 0 : Math.max(0, (plan.costMonth - found.bound) / plan.costMonth),
  };
}

function todayUnits(estate: EstateSpec, demands: readonly ServiceDemand[]): Units {
  const services = new Map(estate.services.map((service) => [service.name, service]));
  return new Map(
    demands.map(({ service: name, sites }) => {
      const service = services.get(name);
      const planned = service === undefined ? [] : planService(servicePlanInput(estate, service)).sites;
      return [name, sites.map((site) => planned.find((one) => one.site.name === site.name)?.units ?? 0)];
    }),
  );
}

/** Units of the peak while nothing is lost: the first of the cases. */
function peakUnits({ cases }: ServiceDemand): number {
  return cases.find(({ lost }) => lost.length === 0)?.unitsNeeded ?? 0;
}

function doubledUnits(demand: ServiceDemand): readonly number[] {
  return demand.sites.map(() => Math.ceil((2 * peakUnits(demand)) / demand.sites.length));
}

function sums(demands: readonly ServiceDemand[], units: Units): Omit<Variant, "broken"> {
  const total = demands.reduce((sum, { service }) => sum + unitsIn(units.get(service) ?? []), 0);
  const peak = demands.reduce((sum, demand) => sum + peakUnits(demand), 0);
  return {
    units: total,
    reserveUnits: total - peak,
    costMonth: demands.reduce((sum, demand) => sum + costOf(demand, units.get(demand.service) ?? []), 0),
  };
}

function unitsIn(units: readonly number[]): number {
  return units.reduce((sum, one) => sum + one, 0);
}

function costOf({ sites }: ServiceDemand, units: readonly number[]): number {
  return sites.reduce((sum, { unitMonth, entranceMonth }, index) => {
    const here = units[index] ?? 0;
    return sum + here * unitMonth + (here > 0 ? entranceMonth : 0);
  }, 0);
}

function plannedService(estate: EstateSpec, demand: ServiceDemand, plan: Units, today: Units): PlannedService {
  const { service: name, sites, cases } = demand;
  const units = plan.get(name) ?? [];
  const before = today.get(name) ?? [];
  const spare = cases.map((one) => unitsLeft(one, units, sites) - one.unitsNeeded);
  const binding = cases[spare.indexOf(Math.min(...spare))];
  const spec = estate.services.find((service) => service.name === name);
  if (spec === undefined) throw new Error(`"${name}" is planned, and no service of the estate.`);
  const afterTwo = cases.filter(({ lost }) => lost.length === 2).map((one) => unitsLeft(one, units, sites));
  return {
    service: name,
    tier: spec.tier,
    sites: sites.map(({ name: site }, index) => ({
      site,
      units: units[index] ?? 0,
      todayUnits: before[index] ?? 0,
    })),
    binding: binding?.lost ?? [],
    shareAfterTwo: afterTwo.length === 0 ? null : Math.min(1, (Math.min(...afterTwo) * spec.unitRps) / spec.peakRps),
    costMonth: costOf(demand, units),
    todayCostMonth: costOf(demand, before),
  };
}
