import { domainsOfSites, mergeDomains, placementsOf, regionDomain, zoneDomain } from "../../model";
import { cloud, facility } from "../support/estateBuilder";

const byId = (sites: Parameters<typeof domainsOfSites>[0]) =>
  new Map(domainsOfSites(sites).map((domain) => [domain.id, domain]));

describe("domains of sites", () => {
  it("puts a building in its operator, region and hazards, fed by its substations and its carriers", () => {
    const site = facility("pangyo", {
      region: "capital-area",
      operator: "sk",
      powerFeeds: ["bundang", "yatap"],
      carriers: ["kt", "skb"],
      hazards: ["capital-quake"],
    });
    expect(byId([site]).get("facility:pangyo")).toEqual({
      id: "facility:pangyo",
      kind: "facility",
      name: "pangyo",
      within: ["hazard:capital-quake", "operator:sk", "region:capital-area"],
      suppliedBy: [
        ["carrier:kt", "carrier:skb"],
        ["power:bundang", "power:yatap"],
      ],
    });
  });

  it("puts a zone in its region, and the region in its operator and hazards", () => {
    const found = byId([cloud("seoul", 2, { hazards: ["quake"], carriers: ["kt"] })]);
    expect(found.get("zone:seoul-az1")?.within).toEqual(["operator:aws", "region:seoul"]);
    expect(found.get("region:seoul")).toMatchObject({
      within: ["hazard:quake", "operator:aws"],
      suppliedBy: [["carrier:kt"]],
    });
  });

  it("gives a region no supply where no carrier is named", () => {
    expect(byId([cloud("seoul")]).get("region:seoul")?.suppliedBy).toEqual([]);
  });

  it("makes one domain of a substation that two sites share", () => {
    const sites = [facility("anyang", { powerFeeds: ["bundang"] }), facility("pangyo", { powerFeeds: ["bundang"] })];
    const powers = domainsOfSites(sites).filter(({ kind }) => kind === "power");
    expect(powers.map(({ id }) => id)).toEqual(["power:bundang"]);
  });

  it("describes every domain that it names, sorted, whatever order the sites come in", () => {
    const sites = [facility("pangyo", { hazards: ["flood"] }), cloud("seoul"), facility("ansan")];
    const domains = domainsOfSites(sites);
    const ids = domains.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    for (const { within, suppliedBy } of domains)
      expect(ids).toEqual(expect.arrayContaining([within, suppliedBy].flat(2)));
    expect(domainsOfSites([...sites].reverse())).toEqual(domains);
  });

  it("keeps both supplies where two sites describe one building differently", () => {
    const rooms = [
      facility("room-1", { facility: "pangyo", powerFeeds: ["bundang"] }),
      facility("room-2", { facility: "pangyo", powerFeeds: ["yatap"] }),
    ];
    const { suppliedBy = [] } = byId(rooms).get("facility:pangyo") ?? {};
    expect(suppliedBy).toEqual(expect.arrayContaining([["power:bundang"], ["power:yatap"]]));
  });
});

describe("placements", () => {
  it("are the building, or each zone by its id", () => {
    expect(placementsOf(facility("rack-1", { facility: "pangyo" }))).toEqual([["facility:pangyo"]]);
    expect(placementsOf(cloud("seoul", 2))).toEqual([["zone:seoul-az1"], ["zone:seoul-az2"]]);
  });
});

describe("merging", () => {
  it("joins what the sites say with what an inventory has read", () => {
    const sites = domainsOfSites([cloud("seoul", 1)]);
    const read = [zoneDomain("seoul-az1", "seoul", "aws"), zoneDomain("seoul-az2", "seoul", "aws")];
    const merged = mergeDomains([...sites, ...read, regionDomain("seoul", "aws")]);
    expect(merged.map(({ id }) => id)).toEqual(["operator:aws", "region:seoul", "zone:seoul-az1", "zone:seoul-az2"]);
  });

  it("drops an empty supply, which nothing could ever fail", () => {
    const [domain] = mergeDomains([{ id: "zone:a", kind: "zone", name: "a", within: [], suppliedBy: [[]] }]);
    expect(domain?.suppliedBy).toEqual([]);
  });
});
