import { planService, type ServicePlanInput } from "../../estate/servicePlan";
import { UserError, defaultRequirements } from "../../model";
import { facility } from "../support/estateBuilder";

const sites = [facility("ansan"), facility("anyang"), facility("chuncheon")];

function planned(units: Readonly<Record<string, number>>, more: Partial<ServicePlanInput> = {}) {
  const requirement = defaultRequirements.standard;
  return planService({
    service: "login",
    peakRps: 1000,
    unitRps: 100,
    leastShare: 1,
    sites,
    requirement,
    units,
    ...more,
  });
}

function refusal(units: Readonly<Record<string, number>>, more: Partial<ServicePlanInput> = {}) {
  try {
    planned(units, more);
  } catch (error) {
    if (error instanceof UserError) return error.mistakes.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  throw new Error("A refusal was expected.");
}

test("takes the units that are given, and the loss that leaves least beyond what it asks for", () => {
  const plan = planned({ ansan: 3, anyang: 7, chuncheon: 7 });
  expect(plan.sites.map(({ units }) => units)).toEqual([3, 7, 7]);
  expect(plan.binding).toMatchObject({ lost: ["facility:anyang"], unitsLeft: 10, unitsNeeded: 10, shareLeft: 1 });
});

test("parts the peak by the units, since weights follow them", () => {
  expect(planned({ ansan: 3, anyang: 7, chuncheon: 10 }).sites.map(({ reserveUnits }) => reserveUnits)).toEqual([
    1, 3, 5,
  ]);
});

test("refuses one unit less, naming the loss", () => {
  expect(refusal({ ansan: 2, anyang: 7, chuncheon: 7 })).toEqual([
    expect.stringMatching(/^DPX239 After the loss of facility:anyang at least 10 units must stand, but 9 do\.$/),
    expect.stringMatching(/^DPX239 After the loss of facility:chuncheon/),
  ]);
});

test("refuses units of a site that is none of the service's, and a site without", () => {
  expect(refusal({ ansan: 10, anyang: 10, seoul: 10 })).toEqual([
    'DPX238 Units are given for "seoul", where the service does not run.',
    'DPX238 No units are given for "chuncheon".',
  ]);
});

test("refuses sites of one stretched cluster that differ", () => {
  const stretched = sites.map((site) => ({ ...site, cluster: site.name === "chuncheon" ? undefined : "metro" }));
  expect(refusal({ ansan: 9, anyang: 8, chuncheon: 10 }, { sites: stretched })).toEqual([
    'DPX238 "anyang" has 8 units and another site of "metro" 9.',
  ]);
});
