import { type ServicePlanInput, planService } from "../../../components/estate/servicePlan";
import { type FacilitySite, type Site, UserError, defaultRequirements } from "../../../model";
import { ansan, seoul, tokyo } from "../../support/componentParts";

const chuncheon: FacilitySite = {
  ...ansan,
  name: "chuncheon",
  facility: "chuncheon",
  region: "gangwon",
  operator: "gangwon-dc",
  powerFeeds: ["c", "d"],
  carriers: ["kt", "sk-broadband"],
};

function plan(sites: readonly Site[], more: Partial<ServicePlanInput> = {}) {
  const requirement = defaultRequirements.critical;
  return planService({ service: "login", peakRps: 1000, unitRps: 100, leastShare: 1, sites, requirement, ...more });
}

function refusalOf(sites: readonly Site[], more: Partial<ServicePlanInput> = {}) {
  try {
    plan(sites, more);
  } catch (error) {
    if (error instanceof UserError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("planService", () => {
  it("doubles the peak where one operator holds half of the sites", () => {
    const { sites, binding } = plan([ansan, chuncheon, seoul, tokyo]);
    expect(sites.map(({ site, units, reserveUnits }) => [site.name, units, reserveUnits])).toEqual([
      ["ansan", 5, 2],
      ["chuncheon", 5, 2],
      ["seoul", 5, 2],
      ["tokyo", 5, 2],
    ]);
    expect(binding.lost).toEqual(["operator:aws"]);
  });

  it("asks for less where less must be left", () => {
    const { sites } = plan([ansan, chuncheon, seoul, tokyo], { leastShare: 0.5 });
    expect(sites.map(({ units }) => units)).toEqual([3, 3, 3, 3]);
  });

  it("refuses sites that all stand with one operator, and names it", () => {
    // Too few, and together in one operator's hands: both are said.
    const narrow = { ...seoul, zoneIds: seoul.zoneIds.slice(0, 1) };
    expect(
      refusalOf([narrow, { ...tokyo, zoneIds: tokyo.zoneIds.slice(0, 1) }]).map(({ code, path }) => [code, path]),
    ).toEqual([
      ["DPX220", "login"],
      ["DPX221", "login"],
    ]);
    const three: Site = { ...tokyo, name: "osaka", region: "ap-northeast-3", zoneIds: ["apne3-az1"] };
    const [refused] = refusalOf([seoul, tokyo, three]);
    expect(refused).toMatchObject({ code: "DPX221" });
    expect(refused?.message).toContain("operator:aws");
  });

  it("counts the zones of a region as buildings apart, and a region by itself as none", () => {
    expect(refusalOf([seoul, tokyo]).map(({ code }) => code)).toEqual(["DPX221"]);
    expect(refusalOf([seoul]).map(({ code }) => code)).toEqual(["DPX220", "DPX221"]);
    const requirement = { ...defaultRequirements.critical, surviveOne: ["zone"] as const, leastCopies: 5 };
    const zones = seoul.zoneIds.length + tokyo.zoneIds.length;
    expect(refusalOf([seoul, tokyo], { requirement: { ...requirement, leastCopies: zones } })).toEqual([]);
    const [few] = refusalOf([seoul, tokyo], { requirement: { ...requirement, leastCopies: zones + 1 } });
    expect(few).toMatchObject({ code: "DPX220" });
  });

  it("holds no reserve for a loss that is accepted, whatever the day, and all of it for the losses beside it", () => {
    const accepted = { by: "platform", reason: "One operator.", until: "2001-01-01" };
    const acceptedLosses = [{ ...accepted, lost: "operator:aws" as const }];
    const { sites, binding } = plan([seoul, tokyo], { acceptedLosses });
    expect(sites.map(({ units }) => units)).toEqual([10, 10]);
    expect(binding.lost).not.toContain("operator:aws");
    const others = [{ ...accepted, lost: "operator:aws" as const, services: ["pay"] }];
    expect(refusalOf([seoul, tokyo], { acceptedLosses: others }).map(({ code }) => code)).toEqual(["DPX221"]);
  });

  it("refuses two sites in one building, whatever they are called", () => {
    const annex: Site = { ...ansan, name: "ansan-annex" };
    const second: Site = { ...ansan, name: "ansan-second" };
    expect(refusalOf([ansan, annex, second])[0]?.message).toContain("facility:ansan");
  });

  it("refuses three facilities fed by one substation", () => {
    const feed = { powerFeeds: ["one-substation"] };
    const third: Site = {
      ...chuncheon,
      name: "anyang",
      facility: "anyang",
      operator: "anyang-dc",
      region: "jeju",
      ...feed,
    };
    const [mistake] = refusalOf([{ ...ansan, ...feed }, { ...chuncheon, ...feed }, third]);
    expect(mistake?.message).toContain("power:one-substation");
  });
});
