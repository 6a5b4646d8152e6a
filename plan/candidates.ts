/** An estate as what is to be planned: its services with their sites, their losses, and what each unit costs. */
import type { EstateSpec, ServiceSpec, SiteSpec } from "../estate";
import { leastSitesOf, reserveInputOf, servicePlanInput } from "../estate/servicePlan";
import { listsBy } from "../lib/lists";
import { byText } from "../lib/order";
import { type Mistake, UserError, placementsOf, stretchedClusterOf } from "../model";
import { lossCases } from "../survival";
import type { PriceList } from "./prices/schema";
import { coresOf, entranceMonth, unitMonth } from "./prices/unitCost";
import type { CandidateSite, Room, ServiceDemand } from "./program/demand";

/** @throws UserError (DPX601) with every price that the list lacks */
export function demandsOf(estate: EstateSpec, prices: PriceList, leastShareTwo?: number): readonly ServiceDemand[] {
  const lacks: Lack[] = [];
  const demands = estate.services.map((service): ServiceDemand => {
    const input = servicePlanInput(estate, service);
    return {
      service: service.name,
      sites: estate.sites
        .filter(({ name }) => service.sites.includes(name))
        .map((site) => candidate({ estate, prices, service, site }, lacks)),
      cases: lossCases({ ...reserveInputOf(input), leastShareTwo }),
      leastSites: leastSitesOf(input.requirement, input.sites),
    };
  });
  if (lacks.length > 0) throw new UserError(lackMistakes(lacks));
  return demands;
}

/** A price that is not in the list, and who needs it. */
interface Lack {
  readonly path: string;
  readonly service: string;
}

interface Question {
  readonly estate: EstateSpec;
  readonly prices: PriceList;
  readonly service: ServiceSpec;
  readonly site: SiteSpec;
}

function candidate({ estate, prices, service, site }: Question, lacks: Lack[]): CandidateSite {
  const unit = unitMonth(prices, service, site);
  const entrance = entranceMonth(prices, estate, service, site);
  for (const cost of [unit, entrance]) {
    if ("missing" in cost) lacks.push(...cost.missing.map((path) => ({ path, service: service.name })));
  }
  return {
    name: site.name,
    placements: placementsOf(site),
    unitMonth: "amount" in unit ? unit.amount : 0,
    entranceMonth: "amount" in entrance ? entrance.amount : 0,
    unitCores: site.kind === "facility" && site.cores !== undefined ? coresOf(service) : 0,
    cluster: stretchedClusterOf(site),
  };
}

function lackMistakes(lacks: readonly Lack[]): readonly Mistake[] {
  return [...listsBy(lacks, ({ path }) => path)]
    .sort(([one], [other]) => byText(one, other))
    .map(([path, users]) => {
      const services = [...new Set(users.map(({ service }) => service))].join(", ");
      return {
        code: "DPX601",
        path,
        message: `The list has no such price, and what it is of runs for ${services}.`,
        fix: "Write it at this path of a price list of your own, and give that with `--prices FILE`.",
      };
    });
}

/** What the services of a facility share. */
export function roomsOf({ sites }: EstateSpec): readonly Room[] {
  return sites.flatMap((site) =>
    site.kind === "facility" && site.cores !== undefined ? [{ site: site.name, cores: site.cores }] : [],
  );
}
