/**
 * Plans services over sites of five kinds of failure domain to the proven optimum: `node benchmarks/plan.js 200 12`.
 * Prints seconds, the number of units and the gap. Demands are drawn from a fixed seed, so that two runs plan the same.
 */
"use strict";
const { performance } = require("node:perf_hooks");
require("tsx/cjs");
const { domainsOfSites, placementsOf } = require("../model");
const { lossCases } = require("../survival");
const { optimise } = require("../plan/program/optimise");
const { loadSolver } = require("../plan/program/solver");

/** Numbers from 0 to 1, the same in every run (a linear congruential generator, Numerical Recipes). */
function seeded(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

/** Half of them facilities, half regions of three zones; operators, carriers and hazards are shared by some. */
function siteAt(index) {
  const shared = { operator: `operator-${index % 5}`, hazards: [`hazard-${index % 7}`] };
  return index % 2 === 0
    ? {
        ...shared,
        kind: "facility",
        name: `facility-${index}`,
        facility: `facility-${index}`,
        region: `area-${index}`,
        powerFeeds: [`substation-${index}`],
        carriers: [`carrier-${index % 3}`, `carrier-${(index + 1) % 3}`],
      }
    : {
        ...shared,
        kind: "cloud",
        name: `region-${index}`,
        region: `region-${index}`,
        zoneIds: [1, 2, 3].map((zone) => `region-${index}-az${zone}`),
        carriers: [],
      };
}

function demandAt(index, sites, random) {
  const own = sites.filter((_, site) => sites.length <= 4 || (index + site) % 3 !== 0);
  const input = {
    peakRps: 1000 + Math.floor(random() * 99_000),
    unitRps: 100 + Math.floor(random() * 900),
    sites: own.map((site) => ({ name: site.name, placements: placementsOf(site) })),
    domains: domainsOfSites(own),
    surviveOne: ["zone", "facility", "power", "region", "operator", "hazard"],
  };
  return {
    service: `service-${index}`,
    sites: input.sites.map((site) => ({
      ...site,
      unitMonth: 20 + Math.floor(random() * 80),
      entranceMonth: Math.floor(random() * 100),
      unitCores: 0,
    })),
    cases: lossCases(input),
    leastSites: 2,
  };
}

async function main() {
  const [services, count] = process.argv.slice(2).map(Number);
  const random = seeded(22);
  const sites = Array.from({ length: count }, (_, index) => siteAt(index));
  const demands = Array.from({ length: services }, (_, index) => demandAt(index, sites, random));
  const solve = await loadSolver();
  const started = performance.now();
  const found = optimise(demands, [], { solve, seconds: 60, progress: () => undefined });
  const seconds = (performance.now() - started) / 1000;
  if (found.kind !== "optimum") throw new Error(`There is no plan: ${JSON.stringify(found)}`);
  const units = [...found.units.values()].flat().reduce((sum, one) => sum + one, 0);
  const gap = ((found.cost - found.bound) / found.cost) * 100;
  console.log(
    `${services} services x ${count} sites: ${seconds.toFixed(1)} s, ${units} units, gap ${gap.toFixed(4)} %`,
  );
}

main();
