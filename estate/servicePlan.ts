/**
 * The plan of one service: how many units in which site. Pure; made for all services before the first resource exists.
 */
import {
  type AcceptedLoss,
  type DomainId,
  type Mistake,
  type Site as SiteRecord,
  type TierRequirement,
  UserError,
  acceptanceOf,
  domainsOfSites,
  placementsOf,
  stretchedClusterOf,
} from "../model";
import { planReserve } from "../survival";
import type { ReserveInput } from "../survival/reserve";
import { givenPlan, type PlannedSite, type ServicePlan } from "./givenPlan";
import type { EstateSpec, ServiceSpec } from "./spec";

export type { PlannedSite, ServicePlan };

export interface ServicePlanInput {
  /** Name of the service, for messages. */
  readonly service: string;
  readonly peakRps: number;
  readonly unitRps: number;
  /** Share of the peak that must be left after one loss. */
  readonly leastShare: number;
  readonly sites: readonly SiteRecord[];
  readonly requirement: TierRequirement;
  /** Losses that somebody has decided not to survive. @default none */
  readonly acceptedLosses?: readonly AcceptedLoss[];
  /** Units by site that somebody has decided on. @default the least equal number */
  readonly units?: Readonly<Record<string, number>>;
}

/** Kinds whose loss no number of units can answer: a vendor's is answered by dependencies, not by sites. */
const notPlaced = ["vendor", "controlPlane", "account"] as const;

/**
 * Plans a service.
 *
 * @throws UserError where no number of units survives what the tier asks for, naming the domains
 */
export function planService(input: ServicePlanInput): ServicePlan {
  const { service, sites } = input;
  const single = singleSite(input);
  const plan = planReserve(reserveInputOf(input));
  const refused =
    plan.kind === "refused" ? [{ code: "DPX221", path: service, message: plan.message, fix: plan.fix }] : [];
  if (plan.kind === "refused" || single.length > 0) throw new UserError([...single, ...refused]);
  if (input.units !== undefined) return givenPlan(service, sites, input.units, reserveInputOf(input));
  return {
    sites: evenInClusters(
      plan.sites.map((planned, index) => ({
        site: recordAt(sites, index),
        units: planned.units,
        reserveUnits: planned.reserveUnits,
      })),
    ),
    binding: plan.binding,
  };
}

/** What the service asks of its reserve, in the words of the model. */
export function reserveInputOf({ sites, requirement, ...input }: ServicePlanInput): ReserveInput {
  const placed = (kinds: TierRequirement["surviveOne"]) =>
    kinds.filter((kind) => !notPlaced.some((other) => other === kind));
  const domains = domainsOfSites(sites);
  return {
    peakRps: input.peakRps,
    unitRps: input.unitRps,
    sites: sites.map((site) => ({ name: site.name, placements: placementsOf(site) })),
    domains,
    surviveOne: placed(requirement.surviveOne),
    letGo: domains.map(({ id }) => id).filter((id) => isAccepted(input, id)),
    surviveTwo: placed(requirement.surviveTwo),
    leastShareOne: input.leastShare,
  };
}

/** On any day: the judgement refuses what has expired, and a plan does not change overnight. */
function isAccepted({ acceptedLosses, service }: Pick<ServicePlanInput, "acceptedLosses" | "service">, id: DomainId) {
  return acceptanceOf(acceptedLosses, service, [id], "") !== undefined;
}

/** What a service of an estate asks of its plan. */
export function servicePlanInput(estate: EstateSpec, service: ServiceSpec): ServicePlanInput {
  return {
    service: service.name,
    peakRps: service.peakRps,
    unitRps: service.unitRps,
    leastShare: service.objectives.leastShare,
    sites: estate.sites.filter((site) => service.sites.includes(site.name)),
    requirement: estate.requirements[service.tier],
    acceptedLosses: estate.acceptedLosses,
    units: service.units,
  };
}

/**
 * Fewest of these sites in which a service of the tier has its copies, whichever of them are taken; never fewer than
 * two. A region counts by its zones, which are buildings apart, as the policy least-copies counts.
 */
export function leastSitesOf({ leastCopies }: TierRequirement, sites: readonly SiteRecord[]): number {
  const copies = sites.map((site) => placementsOf(site).length).sort((a, b) => a - b);
  const least = copies.findIndex((_, index) => sum(copies.slice(0, index + 1)) >= leastCopies);
  return Math.max(2, least < 0 ? sites.length + 1 : least + 1);
}

/** A scheduler spreads evenly: each site of a stretched cluster gets what the one that needs most gets. */
function evenInClusters(sites: readonly PlannedSite[]): readonly PlannedSite[] {
  return sites.map((planned) => {
    const cluster = stretchedClusterOf(planned.site);
    if (cluster === undefined) return planned;
    const most = Math.max(
      ...sites.filter(({ site }) => stretchedClusterOf(site) === cluster).map(({ units }) => units),
    );
    return { ...planned, units: most, reserveUnits: planned.reserveUnits + most - planned.units };
  });
}

function singleSite({ service, sites, requirement }: ServicePlanInput): readonly Mistake[] {
  const { tier, leastCopies } = requirement;
  const copies = sum(sites.map((site) => placementsOf(site).length));
  if (sites.length >= 2 && copies >= leastCopies) return [];
  return [
    {
      code: "DPX220",
      path: service,
      message:
        `A service of tier ${tier} must run in at least 2 sites with ${leastCopies} zones or buildings together, but ` +
        `runs in ${sites.length} with ${copies}.`,
      fix: "Add sites under other operators and in other regions, or zones to a region.",
    },
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function recordAt(sites: readonly SiteRecord[], index: number): SiteRecord {
  const site = sites[index];
  if (!site) throw new Error(`The plan has more sites than the service: ${index + 1} of ${sites.length}.`);
  return site;
}

/** What stands in the way of a plan, for every service of an estate; empty where all of them can be planned. */
export function planMistakes(estate: EstateSpec): readonly Mistake[] {
  return estate.services.flatMap((service) => {
    try {
      planService(servicePlanInput(estate, service));
      return [];
    } catch (error) {
      if (error instanceof UserError) return error.mistakes;
      throw error;
    }
  });
}
