/**
 * The reserve: how many units each site must run so that what is left after a loss still carries the peak. Whole units,
 * equal in every site. A site's units spread over its zones as evenly as whole numbers allow, and since a scaler
 * decides which zone gets the odd one, the zones lost are taken to be the fuller ones.
 */
import type { DomainId, DomainKind, FailureDomain } from "../model/domain";
import { createFailureGraph } from "./failureGraph";
import { lossesOf, type Loss } from "./losses";
import type { Placement } from "../model/site";

/** One site of a plan: where its units can stand, one placement a zone. */
export interface ReserveSite {
  readonly name: string;
  readonly placements: readonly Placement[];
}

export interface ReserveInput {
  /** Requests per second at peak, of the whole service; more than 0. */
  readonly peakRps: number;
  /** Requests per second that one unit serves; more than 0. */
  readonly unitRps: number;
  readonly sites: readonly ReserveSite[];
  readonly domains: readonly FailureDomain[];
  /** Kinds of domain of which the loss of any *one* must leave `leastShareOne`. */
  readonly surviveOne: readonly DomainKind[];
  /** Domains whose loss alone is let go; together with another it is still answered. @default none */
  readonly letGo?: readonly DomainId[];
  /** Kinds of which the loss of any *two* together must leave `leastShareTwo`. @default none */
  readonly surviveTwo?: readonly DomainKind[];
  /** Share of the peak, 0..1, that must be left after one loss. @default 1 */
  readonly leastShareOne?: number;
  /** Share of the peak, 0..1, that must be left after two losses; at least one unit whatever the share. @default 0 */
  readonly leastShareTwo?: number;
}

/** Units in one site. */
export interface SiteReserve {
  readonly name: string;
  /** Units to run: `baseUnits` + `reserveUnits`. */
  readonly units: number;
  /** Units that carry this site's part of the peak while nothing is lost. */
  readonly baseUnits: number;
  /** Units above that, which stand ready for what other sites lose. */
  readonly reserveUnits: number;
  /** The units spread over the site's placements; they add up to `units`. */
  readonly placements: readonly { readonly placement: Placement; readonly units: number }[];
}

/** A loss and what it leaves. */
export interface BindingLoss {
  /** Empty where normal operation at peak already asks for this many units. */
  readonly lost: readonly DomainId[];
  readonly unitsLeft: number;
  readonly unitsNeeded: number;
  readonly capacityLeftRps: number;
  /** `capacityLeftRps` as a share of the peak; may be more than 1. */
  readonly shareLeft: number;
}

export interface ReservePlanned {
  readonly kind: "planned";
  /** In the order of the input. */
  readonly sites: readonly SiteReserve[];
  readonly totalUnits: number;
  /** The loss that one unit less per site would not survive; of several the one that leaves least. */
  readonly binding: BindingLoss;
}

/** Why there is no such plan. `message` and `fix` are full sentences, fit for a `Mistake`. */
export interface ReserveRefused {
  readonly kind: "refused";
  readonly reason: "peakRps" | "unitRps" | "leastShareOne" | "leastShareTwo" | "sites" | "everySiteLost";
  /** Minimal losses that leave no unit however many there are; empty unless every site is lost. */
  readonly losses: readonly Loss[];
  readonly message: string;
  readonly fix: string;
}

export type ReservePlan = ReservePlanned | ReserveRefused;

/** 0.1 × 30 is 3 in decimals and a little more in binary: that little must not ask for a fourth unit. */
const roundingShare = 8 * Number.EPSILON;

/**
 * Plans the least equal number of units per site that survives every loss asked for, and normal operation at peak.
 * Never throws: what cannot be planned is refused with the reason.
 */
export function planReserve(input: ReserveInput): ReservePlan {
  const refusal = refuseInput(input);
  if (refusal) return refusal;

  const cases = lossCases(input);
  const hopeless = cases.filter((one) => one.zonesLeft.every((left) => left === 0)).map((one) => one.lost);
  if (hopeless.length > 0) return refuseLosses(hopeless, input);

  const enough = (units: number) => cases.every((one) => equalUnitsLeft(one, units, input.sites) >= one.unitsNeeded);
  const most = Math.max(...cases.map((one) => one.unitsNeeded)) * Math.max(...input.sites.map(zonesOf));
  const units = least(enough, 1, most);
  const baseUnits = wholeUnits(input.peakRps / input.sites.length, input.unitRps);
  return {
    kind: "planned",
    sites: input.sites.map((site) => ({
      name: site.name,
      units,
      baseUnits,
      reserveUnits: units - baseUnits,
      placements: site.placements.map((placement, index) => ({
        placement,
        units: Math.floor(units / zonesOf(site)) + (index < units % zonesOf(site) ? 1 : 0),
      })),
    })),
    totalUnits: units * input.sites.length,
    binding: bindingLoss(cases, units, input),
  };
}

/** One loss: how many placements of each site it leaves, and how many units must stand in them. */
export interface LossCase {
  readonly lost: Loss;
  readonly zonesLeft: readonly number[];
  readonly unitsNeeded: number;
}

/** Normal operation, then every loss asked for, of one and of two domains, each sorted. */
export function lossCases(input: ReserveInput): LossCase[] {
  const graph = createFailureGraph(input.domains);
  const letGo = new Set(input.letGo);
  const relevant = graph.upstream(input.sites.flatMap((site) => site.placements.flat()));
  const caseOf = (lost: Loss, share: number): LossCase => {
    const failed = graph.failed(lost);
    const stands = (placement: Placement) => !placement.some((domain) => failed.has(domain));
    return {
      lost,
      zonesLeft: input.sites.map((site) => site.placements.filter(stands).length),
      unitsNeeded: Math.max(1, wholeUnits(share * input.peakRps, input.unitRps)),
    };
  };
  return [
    caseOf([], 1),
    ...lossesOf(relevant, 1, input.surviveOne)
      .filter((lost) => !lost.every((id) => letGo.has(id)))
      .map((lost) => caseOf(lost, input.leastShareOne ?? 1)),
    ...lossesOf(relevant, 2, input.surviveTwo ?? []).map((lost) => caseOf(lost, input.leastShareTwo ?? 0)),
  ];
}

/**
 * Units left when each site loses its fullest zones first.
 *
 * @param units of each site, in the order of `sites`
 */
export function unitsLeft(one: LossCase, units: readonly number[], sites: readonly ReserveSite[]): number {
  return sites.reduce((sum, site, index) => {
    const here = units[index] ?? 0;
    const zones = zonesOf(site);
    const left = one.zonesLeft[index] ?? 0;
    const lostZones = zones - left;
    return sum + Math.floor(here / zones) * left + Math.max(0, (here % zones) - lostZones);
  }, 0);
}

function equalUnitsLeft(one: LossCase, units: number, sites: readonly ReserveSite[]): number {
  return unitsLeft(
    one,
    sites.map(() => units),
    sites,
  );
}

function bindingLoss(cases: readonly LossCase[], units: number, input: ReserveInput): BindingLoss {
  const short = cases.filter((one) => equalUnitsLeft(one, units - 1, input.sites) < one.unitsNeeded);
  const spare = (one: LossCase) => equalUnitsLeft(one, units, input.sites) - one.unitsNeeded;
  // The cases stand in the order nothing, one, two lost, each sorted; a stable sort keeps that among equals.
  const [binding] = short.sort((one, other) => spare(one) - spare(other));
  if (!binding) throw new Error(`Planned ${units} units per site, but no loss asks for the last one of them.`);
  const left = equalUnitsLeft(binding, units, input.sites);
  return {
    lost: binding.lost,
    unitsLeft: left,
    unitsNeeded: binding.unitsNeeded,
    capacityLeftRps: left * input.unitRps,
    shareLeft: (left * input.unitRps) / input.peakRps,
  };
}

function refuseInput(input: ReserveInput): ReserveRefused | undefined {
  for (const reason of ["peakRps", "unitRps"] as const) {
    if (!(input[reason] > 0 && input[reason] < Infinity)) {
      const message = `${reason} must be a finite number of requests per second above 0, but is ${input[reason]}.`;
      return refuse(reason, message, `Write the measured requests per second as ${reason}.`);
    }
  }
  for (const reason of ["leastShareOne", "leastShareTwo"] as const) {
    const share = input[reason] ?? 0;
    if (!(share >= 0 && share <= 1)) {
      const message = `${reason} must be a share of the peak from 0 to 1, but is ${share}.`;
      return refuse(reason, message, "Write a share such as 0.75 for 75 % of the peak.");
    }
  }
  if (input.sites.length === 0) {
    return refuse("sites", "There must be at least one site, but there is none.", "Name the sites to stand in.");
  }
  const empty = input.sites.find((site) => site.placements.length === 0);
  if (empty) {
    const message = `Site "${empty.name}" must have at least one placement, but has none.`;
    return refuse("sites", message, "Give the site a facility or at least one zone id.");
  }
  const mostUnits = (input.peakRps / input.unitRps) * Math.max(...input.sites.map(zonesOf)) * input.sites.length;
  if (mostUnits > Number.MAX_SAFE_INTEGER) {
    const message = `unitRps must not be so small against the peak of ${input.peakRps}, but is ${input.unitRps}.`;
    return refuse("unitRps", message, "Write the requests per second of one whole unit (instance, pod, task).");
  }
  return undefined;
}

function refuseLosses(hopeless: readonly Loss[], input: ReserveInput): ReserveRefused {
  const singles = new Set(hopeless.filter((lost) => lost.length === 1).flat());
  const losses = hopeless.filter((lost) => lost.length === 1 || !lost.some((domain) => singles.has(domain)));
  const names = losses.map((lost) => lost.join(" with ")).join(", ");
  const sites = input.sites.map((site) => `"${site.name}"`).join(", ");
  return {
    ...refuse(
      "everySiteLost",
      `At least one site must stand after every loss, but no number of units helps: all of ${sites} fall with ` +
        `${names}.`,
      "Add a site that stands in none of these domains.",
    ),
    losses,
  };
}

function refuse(reason: ReserveRefused["reason"], message: string, fix: string): ReserveRefused {
  return { kind: "refused", reason, losses: [], message, fix };
}

function wholeUnits(rps: number, unitRps: number): number {
  return Math.ceil((rps / unitRps) * (1 - roundingShare));
}

function zonesOf(site: ReserveSite): number {
  return site.placements.length;
}

/** The least whole number from `low` that is enough, by halving; `high` must be enough and more never hurts. */
function least(enough: (units: number) => boolean, low: number, high: number): number {
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
