/** What an estate costs a month, by service and site, running and reserve apart. */
import type { EstateSpec } from "../estate";
import { planService, servicePlanInput } from "../estate/servicePlan";
import type { PriceList } from "./prices/schema";
import { entranceMonth, unitMonth } from "./prices/unitCost";

/** One service in one site. Amounts are of the list's currency, a month; null where a price is missing. */
export interface CostRow {
  readonly service: string;
  readonly site: string;
  readonly units: number;
  /** Of these, units above the site's part of the peak. */
  readonly reserveUnits: number;
  /** Units that carry the peak while nothing is lost. */
  readonly running: number | null;
  readonly reserve: number | null;
  /** Load balancers, addresses and health checks. */
  readonly entrance: number | null;
  /** Paths of the price list at which something is missing; sorted. */
  readonly missing: readonly string[];
}

/**
 * The rows of every service, in the order of the estate.
 *
 * @throws UserError where a service cannot be planned: what does not survive has no price
 */
export function costRows(estate: EstateSpec, prices: PriceList): readonly CostRow[] {
  return estate.services.flatMap((service) =>
    planService(servicePlanInput(estate, service)).sites.map(({ site: { name }, units, reserveUnits }): CostRow => {
      const site = estate.sites.find((one) => one.name === name);
      if (site === undefined)
        throw new Error(`"${service.name}" is planned in ${name}, which the estate does not have.`);
      const unit = unitMonth(prices, service, site);
      const entrance = entranceMonth(prices, estate, service, site);
      const missing = [unit, entrance].flatMap((cost) => ("missing" in cost ? cost.missing : []));
      return {
        service: service.name,
        site: name,
        units,
        reserveUnits,
        running: "amount" in unit ? (units - reserveUnits) * unit.amount : null,
        reserve: "amount" in unit ? reserveUnits * unit.amount : null,
        entrance: "amount" in entrance ? entrance.amount : null,
        missing: [...missing].sort(),
      };
    }),
  );
}
