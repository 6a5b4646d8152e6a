/** Units by site that somebody has decided on, held against every loss that the service has to survive. */
import { type Mistake, type Site as SiteRecord, UserError, stretchedClusterOf } from "../model";
import { lossCases, unitsLeft, type BindingLoss, type LossCase, type ReserveInput } from "../survival/reserve";

/** Units in one site. */
export interface PlannedSite {
  readonly site: SiteRecord;
  /** Units to run, reserve included. */
  readonly units: number;
  /** Of these, the units above the site's part of the peak. */
  readonly reserveUnits: number;
}

export interface ServicePlan {
  /** In the order of the input. */
  readonly sites: readonly PlannedSite[];
  /** The loss that asks for the last unit. */
  readonly binding: BindingLoss;
}

/**
 * The plan with these units.
 *
 * @throws UserError (DPX238, DPX239) where they are not those of the sites, or leave too few after a loss
 */
export function givenPlan(
  service: string,
  sites: readonly SiteRecord[],
  given: Readonly<Record<string, number>>,
  reserve: ReserveInput,
): ServicePlan {
  refuse(misnamed(service, sites, given));
  const units = sites.map(({ name }) => given[name] ?? 0);
  refuse(uneven(service, sites, units));
  const cases = lossCases(reserve).map((one) => ({ ...one, left: unitsLeft(one, units, reserve.sites) }));
  refuse(cases.flatMap((one) => (one.left < one.unitsNeeded ? [tooFew(service, one, one.left)] : [])));
  const [binding] = [...cases].sort((one, other) => one.left - one.unitsNeeded - (other.left - other.unitsNeeded));
  if (binding === undefined) throw new Error(`"${service}" has no case to be judged by, not even normal operation.`);
  const total = units.reduce((sum, one) => sum + one, 0);
  const peakUnits = cases.find(({ lost }) => lost.length === 0)?.unitsNeeded ?? 0;
  return {
    sites: sites.map((site, index) => {
      const here = units[index] ?? 0;
      // Weights follow the units, and so does each site's part of the peak.
      return { site, units: here, reserveUnits: here - Math.min(here, Math.ceil((peakUnits * here) / total)) };
    }),
    binding: {
      lost: binding.lost,
      unitsLeft: binding.left,
      unitsNeeded: binding.unitsNeeded,
      capacityLeftRps: binding.left * reserve.unitRps,
      shareLeft: (binding.left * reserve.unitRps) / reserve.peakRps,
    },
  };
}

function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new UserError(mistakes);
}

function misnamed(service: string, sites: readonly SiteRecord[], given: Readonly<Record<string, number>>): Mistake[] {
  const names = sites.map(({ name }) => name);
  const strange = Object.keys(given).filter((name) => !names.includes(name));
  const absent = names.filter((name) => given[name] === undefined);
  const about = (code: string, message: string, fix: string) => ({ code, path: `${service} units`, message, fix });
  return [
    ...strange.map((name) =>
      about(
        "DPX238",
        `Units are given for "${name}", where the service does not run.`,
        "Remove them, or add the site.",
      ),
    ),
    ...absent.map((name) =>
      about("DPX238", `No units are given for "${name}".`, "Write units for each site, or leave all of them out."),
    ),
  ];
}

function uneven(service: string, sites: readonly SiteRecord[], units: readonly number[]): Mistake[] {
  return sites.flatMap((site, index) => {
    const cluster = stretchedClusterOf(site);
    const head = sites.findIndex((one) => cluster !== undefined && stretchedClusterOf(one) === cluster);
    if (cluster === undefined || units[head] === units[index]) return [];
    return [
      {
        code: "DPX238",
        path: `${service} units`,
        message: `"${site.name}" has ${units[index]} units and another site of "${cluster}" ${units[head]}.`,
        fix: "Write the same for all of them: a scheduler spreads evenly.",
      },
    ];
  });
}

function tooFew(service: string, { lost, unitsNeeded }: LossCase, left: number): Mistake {
  const when = lost.length === 0 ? "While nothing is lost" : `After the loss of ${lost.join(" with ")}`;
  return {
    code: "DPX239",
    path: `${service} units`,
    message: `${when} at least ${unitsNeeded} units must stand, but ${left} do.`,
    fix: "Raise the units, or leave them out: `duplex plan` finds the cheapest that keep every promise.",
  };
}
