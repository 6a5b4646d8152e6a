import fc from "fast-check";
import { domainsOfSites, known, placementsOf, type Site } from "../../model";
import {
  planReserve,
  createSurvival,
  type ReserveInput,
  type ReservePlanned,
  type ReserveRefused,
} from "../../survival";
import { cloud, estate, facility, replica, service } from "../support/estateBuilder";

function inputFor(sites: readonly Site[], changes: Partial<ReserveInput> = {}): ReserveInput {
  return {
    peakRps: 1000,
    unitRps: 100,
    sites: sites.map((site) => ({ name: site.name, placements: placementsOf(site) })),
    domains: domainsOfSites(sites),
    surviveOne: ["facility", "zone"],
    ...changes,
  };
}

function planned(sites: readonly Site[], changes: Partial<ReserveInput> = {}): ReservePlanned {
  const plan = planReserve(inputFor(sites, changes));
  if (plan.kind === "refused") throw new Error(plan.message);
  return plan;
}

function refused(sites: readonly Site[], changes: Partial<ReserveInput> = {}): ReserveRefused {
  const plan = planReserve(inputFor(sites, changes));
  if (plan.kind === "planned") throw new Error(`Planned ${plan.totalUnits} units, but a refusal was expected.`);
  return plan;
}

const three = [facility("ansan"), facility("anyang"), facility("chuncheon")];

describe("units for the loss of one", () => {
  it.each([
    // sites, peak, unit, units per site, of which base
    [2, 1000, 100, 10, 5],
    [3, 1000, 100, 5, 4],
    [4, 1000, 100, 4, 3],
    [3, 999, 100, 5, 4],
    [3, 1001, 100, 6, 4],
    [3, 200, 100, 1, 1],
    [3, 201, 100, 2, 1],
    [3, 1, 100, 1, 1],
    [3, 0.6, 0.1, 3, 2],
    [4, 30, 10, 1, 1],
  ])("in %d sites, peak %d of units of %d: %d, of which %d carry the peak", (count, peakRps, unitRps, units, base) => {
    const sites = ["a", "b", "c", "d"].slice(0, count).map((name) => facility(name));
    const plan = planned(sites, { peakRps, unitRps });
    for (const site of plan.sites) {
      expect(site).toMatchObject({ units, baseUnits: base, reserveUnits: units - base });
    }
    expect(plan.totalUnits).toBe(units * count);
  });

  it("does not ask for one more where a whole number is missed in binary only", () => {
    // 0.55 × 100 is 55.00000000000001 in binary; all of it must be left in one of two sites.
    const sites = three.slice(0, 2);
    expect(planned(sites, { peakRps: 100, unitRps: 1, leastShareOne: 0.55 }).sites[0]?.units).toBe(55);
    expect(planned(sites, { peakRps: 100, unitRps: 1, leastShareOne: 0.5501 }).sites[0]?.units).toBe(56);
  });

  it("never plans less than the peak needs with nothing lost", () => {
    const plan = planned(three, { leastShareOne: 0.1 });
    expect(plan.sites[0]).toMatchObject({ units: 4, reserveUnits: 0 });
    expect(plan.binding.lost).toEqual([]);
  });

  it.each([
    [0.5, 4],
    [0.8, 4],
    [0.81, 5],
    [1, 5],
  ])("leaves at least the share %d: %d units in each of three sites", (leastShareOne, units) => {
    expect(planned(three, { leastShareOne }).sites[0]?.units).toBe(units);
  });

  it("does not count a loss that the requirement does not ask about", () => {
    expect(planned(three, { surviveOne: ["zone"] }).sites[0]).toMatchObject({ units: 4, reserveUnits: 0 });
  });
});

describe("the binding loss", () => {
  it("is the one that one unit less would not survive, with what it leaves", () => {
    const plan = planned([facility("ansan"), cloud("seoul", 3)], { surviveOne: ["facility", "region"] });
    expect(plan.sites.map(({ units }) => units)).toEqual([10, 10]);
    expect(plan.binding).toEqual({
      lost: ["facility:ansan"],
      unitsLeft: 10,
      unitsNeeded: 10,
      capacityLeftRps: 1000,
      shareLeft: 1,
    });
  });

  it("is a shared domain where that takes the most", () => {
    const sites = [facility("a", { powerFeeds: ["s"] }), facility("b", { powerFeeds: ["s"] }), facility("c")];
    const plan = planned(sites, { surviveOne: ["facility", "power"] });
    expect(plan.sites[0]?.units).toBe(10);
    expect(plan.binding.lost).toEqual(["power:s"]);
  });
});

describe("zones", () => {
  it("get whole units, and the plan assumes that the fuller zones are lost", () => {
    // 4 units over 3 zones are 2 + 1 + 1; a lost zone may be the one with 2.
    const plan = planned([cloud("seoul", 3)], { peakRps: 300 });
    expect(plan.sites[0]).toMatchObject({ units: 5, baseUnits: 3 });
    expect(plan.sites[0]?.placements.map(({ units }) => units)).toEqual([2, 2, 1]);
    expect(plan.binding).toMatchObject({ unitsLeft: 3, unitsNeeded: 3 });
  });

  it("stand for a whole site where the region is what may be lost", () => {
    const plan = planned([cloud("seoul", 3), cloud("tokyo", 2)], { surviveOne: ["region"] });
    expect(plan.sites.map(({ units }) => units)).toEqual([10, 10]);
  });
});

describe("units for the loss of two", () => {
  it("leave at least one unit where no share is asked, and ask for no more than one loss does", () => {
    expect(planned(three, { surviveTwo: ["facility"] }).sites[0]?.units).toBe(5);
    expect(planned(three, { peakRps: 100, leastShareOne: 0, surviveTwo: ["facility"] }).sites[0]?.units).toBe(1);
  });

  it("leave the share that is asked", () => {
    const plan = planned(three, { surviveTwo: ["facility"], leastShareTwo: 0.75 });
    expect(plan.sites[0]).toMatchObject({ units: 8, baseUnits: 4 });
    expect(plan.binding.lost).toHaveLength(2);
  });
});

describe("refusals", () => {
  it("name the domain in which every site stands", () => {
    const refusal = refused([cloud("seoul"), cloud("tokyo")], { surviveOne: ["zone", "operator"] });
    expect(refusal).toMatchObject({ reason: "everySiteLost", losses: [["operator:aws"]] });
    expect(refusal.message).toContain("operator:aws");
    expect(refusal.message).toContain('"tokyo"');
  });

  it("name each pair of buildings that takes all, but no pair that contains a fatal one", () => {
    const two = refused([facility("a"), facility("b")], { surviveTwo: ["facility"] });
    expect(two.losses).toEqual([["facility:a", "facility:b"]]);
    const shared = [facility("a", { operator: "sk" }), facility("b", { operator: "sk" })];
    const one = refused(shared, { surviveOne: ["operator"], surviveTwo: ["facility", "operator"] });
    expect(one.losses).toEqual([["operator:sk"], ["facility:a", "facility:b"]]);
  });

  it("see two racks of one building as one", () => {
    const racks = [facility("rack-1", { facility: "pangyo" }), facility("rack-2", { facility: "pangyo" })];
    expect(refused(racks).losses).toEqual([["facility:pangyo"]]);
  });

  it.each([
    ["peakRps", { peakRps: 0 }, "0"],
    ["peakRps", { peakRps: -5 }, "-5"],
    ["peakRps", { peakRps: NaN }, "NaN"],
    ["peakRps", { peakRps: Infinity }, "Infinity"],
    ["unitRps", { unitRps: 0 }, "0"],
    ["unitRps", { unitRps: -1 }, "-1"],
    ["unitRps", { peakRps: 1e15, unitRps: 1e-9 }, "1e-9"],
    ["leastShareOne", { leastShareOne: 1.01 }, "1.01"],
    ["leastShareTwo", { leastShareTwo: -0.01 }, "-0.01"],
    ["sites", { sites: [] }, "none"],
    ["sites", { sites: [{ name: "empty", placements: [] }] }, '"empty"'],
  ] as const)("refuse %s of %j and say what was received", (reason, changes, received) => {
    const refusal = refused(three, changes);
    expect(refusal.reason).toBe(reason);
    expect(refusal.message).toContain(received);
    expect(refusal.fix).not.toBe("");
  });
});

describe("a plan, judged by survival", () => {
  const arbitrarySites = fc
    .array(fc.tuple(fc.constantFrom("x", "y", "z"), fc.constantFrom("s", "t"), fc.integer({ min: 0, max: 3 })), {
      minLength: 2,
      maxLength: 4,
    })
    .map((all) =>
      all.map(([building, substation, zones], index) =>
        zones > 0
          ? cloud(`cloud-${index}`, zones)
          : facility(`site-${index}`, { facility: building, powerFeeds: [substation] }),
      ),
    );

  it("survives every single loss at full strength, and with one unit less per site it would not", () => {
    const kinds = ["zone", "facility", "power", "region"] as const;
    fc.assert(
      fc.property(arbitrarySites, fc.integer({ min: 1, max: 5000 }), (sites, peakRps) => {
        const plan = planReserve(inputFor(sites, { peakRps, surviveOne: kinds }));
        fc.pre(plan.kind === "planned");
        if (plan.kind !== "planned") return;
        const leastShare = (less: number) => {
          const replicas = plan.sites.flatMap(({ name, units, placements }) =>
            placements.map(({ placement }, index) => {
              // The first zones are the fuller ones; every single zone is lost in turn, so they are among them.
              const zones = placements.length;
              const inZone = Math.floor((units - less) / zones) + (index < (units - less) % zones ? 1 : 0);
              return replica(`${name}#${index}`, placement, { capacityRps: known(inZone * 100) });
            }),
          );
          const built = estate(sites, [service("messenger", replicas, { peakRps: known(peakRps) })]);
          const survival = createSurvival(built);
          const lost = built.domains.filter(({ kind }) => kinds.some((one) => one === kind)).map(({ id }) => [id]);
          return Math.min(...[[], ...lost].map((loss) => survival.outcome("messenger", loss).share));
        };
        expect(leastShare(0)).toBe(1);
        expect(leastShare(1)).toBeLessThan(1);
      }),
    );
  });
});
