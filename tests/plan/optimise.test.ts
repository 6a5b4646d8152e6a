import fc from "fast-check";
import type { Constraint, Room, ServiceDemand } from "../../plan/program/demand";
import { optimise, type Optimum } from "../../plan/program/optimise";
import { loadSolver, type Solve } from "../../plan/program/solver";
import { unitsLeft, type LossCase } from "../../survival/reserve";

let solve: Solve;

beforeAll(async () => {
  solve = await loadSolver();
});

function planOf(demands: readonly ServiceDemand[], rooms: readonly Room[] = []) {
  return optimise(demands, rooms, { solve, seconds: 30, progress: () => undefined });
}

/** What the plan costs, proven; without end where none can be. */
function costOf(found: ReturnType<typeof planOf>): number {
  if (found.kind === "contradicted") return Infinity;
  if (found.kind === "outOfTime" || found.bound !== found.cost) throw new Error("The plan is not proven.");
  return found.cost;
}

function optimumOf(demands: readonly ServiceDemand[], rooms: readonly Room[] = []): Optimum {
  const found = planOf(demands, rooms);
  if (found.kind !== "optimum") throw new Error(`An optimum was expected, but it is ${JSON.stringify(found)}.`);
  return found;
}

type DraftSite = readonly [zones: number, unitMonth: number, entranceMonth: number];

function demandOf(sites: readonly DraftSite[], cases: readonly LossCase[], more: Partial<ServiceDemand> = {}) {
  const demand: ServiceDemand = {
    service: "shop",
    sites: sites.map(([zones, unitMonth, entranceMonth], index) => ({
      name: `site-${index}`,
      placements: Array.from({ length: zones }, (_, zone) => [`zone:${index}-${zone}` as const]),
      unitMonth,
      entranceMonth,
      unitCores: 1,
    })),
    cases,
    leastSites: 1,
    ...more,
  };
  return demand;
}

/** Every number of units in every site up to what any case needs, each judged by the model. */
function* everyPlan(demand: ServiceDemand): Generator<{ readonly units: readonly number[]; readonly cost: number }> {
  const most = Math.max(...demand.cases.map(({ unitsNeeded }) => unitsNeeded));
  const counts = demand.sites.map((site) => most * site.placements.length + 1);
  const total = counts.reduce((all, one) => all * one, 1);
  for (let index = 0; index < total; index++) {
    let rest = index;
    const units = counts.map((count) => {
      const here = rest % count;
      rest = Math.floor(rest / count);
      return here;
    });
    const used = units.filter((here) => here > 0).length;
    const holds = demand.cases.every((one) => unitsLeft(one, units, demand.sites) >= one.unitsNeeded);
    if (used < demand.leastSites || !holds) continue;
    const cost = demand.sites.reduce((sum, site, at) => {
      const here = units[at] ?? 0;
      return sum + here * site.unitMonth + (here > 0 ? site.entranceMonth : 0);
    }, 0);
    yield { units, cost };
  }
}

/** At most three sites and four units needed: few enough to try all of them. */
const arbitraryDemand = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
    maxLength: 3,
  })
  .filter((sites) => sites.reduce((all, [zones]) => all * (4 * zones + 1), 1) < 1500)
  .chain((sites) =>
    fc
      .record({
        peak: fc.integer({ min: 1, max: 4 }),
        losses: fc.array(
          fc.record({
            zonesLeft: fc.tuple(...sites.map(([zones]) => fc.integer({ min: 0, max: zones }))),
            unitsNeeded: fc.integer({ min: 1, max: 4 }),
          }),
          { maxLength: 4 },
        ),
        leastSites: fc.integer({ min: 1, max: 2 }),
      })
      .map(({ peak, losses, leastSites }) =>
        demandOf(
          sites,
          [
            { lost: [], zonesLeft: sites.map(([zones]) => zones), unitsNeeded: peak },
            ...losses.map((one, index) => ({ lost: [`hazard:h${index}` as const], ...one })),
          ],
          { leastSites },
        ),
      ),
  );

describe("against every possible plan", () => {
  test("one service costs what the cheapest of them costs, or has no plan where there is none", () => {
    fc.assert(
      fc.property(arbitraryDemand, (demand) => {
        const least = Math.min(...[...everyPlan(demand)].map(({ cost }) => cost));
        expect(costOf(planOf([demand]))).toBe(least);
      }),
      { numRuns: 250 },
    );
  });

  test("two services that share a room cost what the cheapest pair costs that fits into it", () => {
    const pair = fc.tuple(arbitraryDemand, arbitraryDemand, fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(pair, ([one, two, cores]) => {
        const demands = [one, { ...two, service: "pay" }];
        let least = Infinity;
        const others = [...everyPlan(two)];
        for (const plan of everyPlan(one)) {
          for (const other of others) {
            if ((plan.units[0] ?? 0) + (other.units[0] ?? 0) <= cores) least = Math.min(least, plan.cost + other.cost);
          }
        }
        expect(costOf(planOf(demands, [{ site: "site-0", cores }]))).toBe(least);
      }),
      { numRuns: 40 },
    );
  });
});

function equalSites(count: number, peak: number): ServiceDemand {
  const sites = Array.from({ length: count }, (): DraftSite => [1, 1, 0]);
  const without = (lost: number): LossCase => ({
    lost: [`facility:${lost}`],
    zonesLeft: sites.map((_, index) => (index === lost ? 0 : 1)),
    unitsNeeded: peak,
  });
  const whole: LossCase = { lost: [], zonesLeft: sites.map(() => 1), unitsNeeded: peak };
  return demandOf(sites, [whole, ...sites.map((_, index) => without(index))]);
}

test("k equal sites need no more than k/(k-1) of the peak, in whole units", () => {
  for (const count of [2, 3, 4, 5, 6]) {
    for (const peak of [1, 7, 12, 60]) {
      expect(optimumOf([equalSites(count, peak)]).cost).toBe(Math.ceil((peak * count) / (count - 1)));
    }
  }
});

test("members of a stretched cluster have equal units, and are never alone", () => {
  const { sites, cases } = equalSites(4, 9);
  const stretched = sites.map((site, index) => (index < 3 ? { ...site, cluster: "metro" } : { ...site, unitMonth: 5 }));
  const [units = []] = [...optimumOf([{ ...equalSites(4, 9), sites: stretched, cases }]).units.values()];
  expect(new Set(units.slice(0, 3)).size).toBe(1);
  expect(units[3]).toBeGreaterThan(0);
});

describe("a smallest contradiction", () => {
  const names = (constraint: Constraint) =>
    constraint.kind === "loss" ? constraint.loss.lost.join() : constraint.kind === "room" ? constraint.site : "sites";

  test("is the one loss that no unit is left after", () => {
    const demand = equalSites(3, 4);
    const hopeless: LossCase = { lost: ["hazard:quake"], zonesLeft: [0, 0, 0], unitsNeeded: 1 };
    const found = planOf([{ ...demand, cases: [...demand.cases, hopeless] }]);
    expect(found).toMatchObject({ kind: "contradicted" });
    expect(found.kind === "contradicted" && found.sets.map((set) => set.map(names))).toEqual([["hazard:quake"]]);
  });

  test("holds together once any one of it is left out", () => {
    const demand = equalSites(2, 4);
    const rooms = [{ site: "site-0", cores: 3 }];
    const found = planOf([demand], rooms);
    if (found.kind !== "contradicted") throw new Error("A contradiction was expected.");
    const [set = []] = found.sets;
    expect(set.map(names).sort()).toEqual(["facility:1", "site-0"]);
    expect(planOf([{ ...demand, cases: demand.cases.filter((one) => one.lost[0] !== "facility:1") }], rooms).kind).toBe(
      "optimum",
    );
    expect(planOf([demand], []).kind).toBe("optimum");
  });

  test("is told for every service that has one, and for none that has not", () => {
    const hopeless = (service: string): ServiceDemand => ({ ...equalSites(2, 4), service, leastSites: 3 });
    const found = planOf([hopeless("a"), { ...equalSites(2, 4), service: "b" }, hopeless("c")]);
    if (found.kind !== "contradicted") throw new Error("A contradiction was expected.");
    expect(found.sets).toEqual([
      [{ kind: "sites", service: "a", least: 3 }],
      [{ kind: "sites", service: "c", least: 3 }],
    ]);
  });
});
