import { parseEstate } from "../../estate";
import { demandsOf } from "../../plan/candidates";
import { brokenBy, type Units } from "../../plan/judgePlan";
import { planEstate } from "../../plan/planEstate";
import { pricesOver, shippedPrices } from "../../plan/prices/priceList";
import { loadSolver } from "../../plan/program/solver";
import { unitsLeft } from "../../survival/reserve";
import { estateConfig } from "../support/estateConfig";

const estate = parseEstate(estateConfig());
const own = { coreHour: 0.02, gibHour: 0.002 };
const prices = pricesOver({
  ...{ currency: "USD", asOf: "2026-11-30", sources: {}, regions: {} },
  facilities: { east: own, west: own },
});
const demands = demandsOf(estate, prices);

async function plannedUnits(): Promise<Map<string, readonly number[]>> {
  const found = planEstate(estate, prices, { solve: await loadSolver(), seconds: 30, progress: () => undefined });
  if (found.kind !== "planned") throw new Error(`A plan was expected, but it is ${found.kind}.`);
  return new Map(found.services.map(({ service, sites }) => [service, sites.map(({ units }) => units)]));
}

/** Losses that leave too few, by the arithmetic of the reserve rather than by the structure function. */
function shortAfter(units: Units): readonly string[] {
  return demands.flatMap(({ service, sites, cases }) =>
    cases
      .filter((one) => unitsLeft(one, units.get(service) ?? [], sites) < one.unitsNeeded)
      .map(({ lost }) => `${service} ${lost.join(" ")}`),
  );
}

const broken = (units: Units) =>
  brokenBy(estate, demands, units).map(({ service, lost }) => `${service} ${lost.join(" ")}`);

test("finds nothing in a plan, and in one unit less just what the arithmetic of the reserve finds", async () => {
  const units = await plannedUnits();
  expect(broken(units)).toEqual([]);
  let found = 0;
  for (const [service, planned] of units) {
    for (const [site, here] of planned.entries()) {
      if (here === 0) continue;
      const less = new Map(units).set(
        service,
        planned.map((one, at) => (at === site ? here - 1 : one)),
      );
      expect(broken(less)).toEqual(shortAfter(less));
      found += broken(less).length;
    }
  }
  expect(found).toBeGreaterThan(0);
});

test("counts the fuller zones as those that are lost", () => {
  const units = (service: string, tokyo: number) =>
    new Map(
      demands.map((one) => [
        one.service,
        one.sites.map(({ name }) => (one.service !== service ? 20 : name === "tokyo" ? tokyo : 0)),
      ]),
    );
  // Of 14 units over three zones a zone has 5, and 9 are left of the 10 that the peak takes.
  expect(broken(units("login", 14))).toContain("login zone:apne1-az1");
  expect(broken(units("login", 15))).not.toContain("login zone:apne1-az1");
});

test("the list that Duplex comes with has a source for every kind of figure, and no facility's", () => {
  const { sources, regions, facilities } = shippedPrices();
  const kinds = new Set(Object.values(regions).flatMap((region) => Object.keys(region)));
  expect(Object.keys(sources).sort()).toEqual([...kinds, "healthChecks"].sort());
  expect(facilities).toEqual({});
});
