/** One page: what it shows is what survival answers, in each language, and nothing of the stack becomes markup. */
import { known, type DomainId, type Estate } from "../../../model";
import { languages, type Language } from "../../../report/page/words";
import { createSurvival } from "../../../survival";
import { finding, messengerEstate, report } from "../../support/checkReports";
import { cloud, estate, facility, needs, replica, replicasIn, service } from "../../support/estateBuilder";
import { hostileNames } from "../../support/hostileNames";
import { elementsOf, pageOfEstate, pageOfReport, readable, styleHashOf } from "../../support/pages";

/** Two buildings that share an operator, a shop that needs login, and login in one building alone. */
function shopEstate(): Estate {
  const [pangyo, anyang] = [facility("pangyo", { operator: "shared" }), facility("anyang", { operator: "shared" })];
  const capacityRps = known(600);
  return estate(
    [pangyo, anyang],
    [
      service("shop", replicasIn("shop", [pangyo, anyang], { capacityRps }), {
        peakRps: known(1000),
        dependencies: [needs("login")],
      }),
      service("login", replicasIn("login", [pangyo])),
      service("ads", replicasIn("ads", [anyang]), { tier: "standard" }),
    ],
  );
}

test("each cell of the heat maps is what survival answers for that loss", () => {
  const shop = shopEstate();
  const survival = createSurvival(shop);
  const { heatMaps } = pageOfEstate(shop).data;
  expect(heatMaps.map(({ kind }) => kind)).toEqual(["facility", "region", "power", "carrier", "operator"]);
  let cells = 0;
  for (const { columns, rows } of heatMaps) {
    for (const row of rows) {
      row.cells.forEach((cell, index) => {
        const id = columns[index]?.id as DomainId;
        const { status, share } = survival.outcome(row.service, [id]);
        expect({ id, status: cell.status, share: cell.share }).toEqual({ id, status, share });
        cells++;
      });
    }
  }
  expect(cells).toBe(shop.domains.length * 3);
});

test("the story tells who goes down with which place, who is the cause, and what else may be lost", () => {
  const text = readable(pageOfEstate(shopEstate()).text);
  expect(text).toContain(
    "Without the building pangyo or the region pangyo-region, 2 of 3 services go down: login, shop.",
  );
  expect(text).toContain("login: too little of it is left that requests still reach.");
  expect(text).toContain("shop: needs login, which is gone.");
  expect(text).toContain("Without the building anyang or the region anyang-region, 1 of 3 services goes down: ads.");
  expect(text).toContain("only a part of the peak is served by shop (60%)");
  expect(text).not.toContain("Why the critical services stay up");
});

test("what survives is told with its reason: places, room and time", () => {
  const sites = [facility("pangyo"), facility("anyang"), cloud("tokyo")];
  const replicas = replicasIn("pay", sites, { capacityRps: known(1000) });
  const text = readable(pageOfEstate(estate(sites, [service("pay", replicas, { peakRps: known(2000) })])).text);
  expect(text).toContain("pay runs in 3 places, with room for 250% of its peak: whichever one place is lost,");
  expect(text).toMatch(/Whichever one of \d+ places is lost .*, the service keeps serving the whole peak\./);
  expect(text).toContain("✓ pay: no single loss leaves it less than up");
});

test("an unknown is neither good nor bad, and says what is missing", () => {
  const sites = [facility("pangyo"), facility("anyang")];
  const replicas = [
    replica("pay@pangyo", ["facility:pangyo"], { capacityRps: { known: false, path: "replicas" } as never }),
    replica("pay@anyang", ["facility:anyang"], { capacityRps: known(10) }),
  ];
  const { text, data } = pageOfEstate(estate(sites, [service("pay", replicas, { peakRps: known(1000) })]));
  expect(data.heatMaps[0]?.rows[0]?.cells.map(({ status }) => status)).toContain("unknown");
  expect(elementsOf(text).filter(({ attributes }) => attributes["class"] === "unknown").length).toBeGreaterThan(0);
  expect(text).toContain("? ");
});

test("the map joins places that share something, and tells what falls alone from one of several sources", () => {
  const { map } = pageOfEstate(shopEstate()).data;
  expect(map.regions.map(({ name }) => name)).toEqual(["anyang-region", "pangyo-region"]);
  expect(map.regions[1]?.places[0]).toMatchObject({ name: "pangyo", services: ["login", "shop"] });
  expect(map.shared).toEqual([
    {
      ...{ id: "operator:shared", kind: "operator", name: "shared" },
      ...{ alone: ["facility:anyang", "facility:pangyo"], oneOfSeveral: [] },
    },
  ]);
  const sites = ["pangyo", "anyang"].map((name) => facility(name, { carriers: [`${name}-own`, "kt"] }));
  const shared = pageOfEstate(estate(sites, [service("pay", replicasIn("pay", sites))])).data.map.shared;
  expect(shared).toMatchObject([{ id: "carrier:kt", alone: [], oneOfSeveral: ["facility:anyang", "facility:pangyo"] }]);
});

test("capacity is told by place, before and after each loss that takes some", () => {
  const { capacities } = pageOfEstate(shopEstate()).data;
  expect(capacities).toEqual([
    {
      ...{ service: "shop", peakRps: 1000, places: ["pangyo", "anyang"] },
      normal: { lost: null, rps: [600, 600], totalRps: 1200 },
      losses: [
        { lost: "anyang", rps: [600, 0], totalRps: 600 },
        { lost: "pangyo", rps: [0, 600], totalRps: 600 },
      ],
      untouchedBy: [],
    },
  ]);
});

test("the weakest chain of each critical service ends with what is lost", () => {
  const text = readable(pageOfEstate(shopEstate()).text);
  expect(text).toMatch(/shop: ✕ down cannot serve without → login falls with → building pangyo, lost/);
});

test("findings are told worst first, with fix and place; exemptions and what was not judged too", () => {
  const exemption = {
    ...{ policy: "single-facility", service: "ads", owner: "ads", reason: "It may wait.", ticket: "OPS-7" },
    expires: "2022-10-14",
  };
  const { text } = pageOfReport(report({ exemptions: [exemption] }), messengerEstate());
  const read = readable(text);
  expect(read.indexOf("DPX301 single-facility")).toBeLessThan(read.indexOf("DPX320 dns-ttl"));
  expect(read).toContain("Fix: Run login in a second building.");
  expect(read).toContain("single-facility: ads, expired on 2022-10-14, covers 0 findings (ads, OPS-7): It may wait.");
  expect(read).toContain("No reader knows it.");
});

describe.each(languages)("in %s", (language) => {
  const shop = pageOfEstate(shopEstate(), language);

  test("it says its language, and loads, runs and sends nothing", () => {
    const elements = elementsOf(shop.text);
    expect(elements[0]).toMatchObject({ tag: "html", attributes: { lang: language } });
    const policy = elements.find(({ attributes }) => attributes["http-equiv"])?.attributes["content"];
    const style = styleHashOf(shop.text);
    expect(policy).toBe(`default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'none'`);
    expect(elements.filter(({ tag }) => ["script", "link", "img", "iframe", "form", "object"].includes(tag))).toEqual(
      [],
    );
    for (const { attributes } of elements) {
      expect(Object.keys(attributes).filter((name) => /^on|^style$|^src/.test(name))).toEqual([]);
      expect(attributes["href"] ?? "#").toMatch(/^#/);
    }
    expect(shop.text).not.toMatch(/url\(|@import|https?:/);
  });

  test("every link leads to a section, every picture has a name and a table, every table a caption", () => {
    const elements = elementsOf(shop.text);
    const ids = elements.flatMap(({ attributes }) => attributes["id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(elements.flatMap(({ attributes }) => attributes["href"]?.slice(1) ?? [])),
    );
    const of = (tag: string) => elements.filter((one) => one.tag === tag);
    expect(of("svg").length).toBeGreaterThan(1);
    for (const { attributes } of of("svg")) expect(attributes).toMatchObject({ role: "img" });
    for (const { attributes } of of("svg")) expect(attributes["aria-label"]).toMatch(/\S/);
    expect(of("caption")).toHaveLength(of("table").length);
    expect(of("th").filter(({ attributes }) => attributes["scope"] === undefined)).toEqual([]);
  });

  test("whatever things are called, the page has the elements and attributes of the same page with tame names", () => {
    for (const name of hostileNames) {
      expect({ name, shape: shapeOf(named(name), language, name) }).toEqual({
        name,
        shape: shapeOf(named("tame"), language, "tame"),
      });
    }
  });
});

/** An estate in which everything that has a name has this one. */
function named(name: string): Estate {
  const changes = { region: name, operator: name, powerFeeds: [name], carriers: [name], hazards: [name] };
  const sites = [facility(name, changes), facility("pangyo", changes)];
  const capacityRps = known(10);
  const services = [
    service(`a${name}`, replicasIn(name, sites, { capacityRps }), {
      peakRps: known(15),
      dependencies: [needs(`b${name}`)],
    }),
    service(`b${name}`, replicasIn(`b${name}`, [facility("pangyo", changes)])),
  ];
  return estate(sites, services, { notJudged: [{ urn: name, type: name, reason: name }] });
}

function shapeOf(of: Estate, language: Language, name: string): unknown {
  const exemption = { policy: name, service: name, owner: name, reason: name, ticket: name, expires: "2023-01-01" };
  const found = finding({ message: name, fix: name, service: `a${name}`, urns: [name], lost: [`facility:${name}`] });
  const { text } = pageOfEstate(of, language, {
    ...{ findings: [found], exemptions: [exemption], notes: [name], verdict: "refused" },
    source: { kind: "state", path: name, stack: name, resources: 1 },
  });
  // Control and format characters are shown by their numbers; what we write ourselves has none but line breaks.
  expect(text).not.toMatch(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  // A wide name has no room in a picture, and names decide the order of rows and columns.
  const shapes = elementsOf(text).map(({ tag, attributes }) => `${tag} ${Object.keys(attributes).join(" ")}`);
  return shapes.filter((shape) => !/^text\b/.test(shape)).sort();
}

test("the page of 300 services in 20 sites is no longer than 2 MB, and the same again from the same input", () => {
  const sites = Array.from({ length: 20 }, (_, index) => facility(`site-${index}`));
  const services = Array.from({ length: 300 }, (_, index) =>
    service(`service-${index}`, replicasIn(`service-${index}`, [sites[index % 20]!, sites[(index + 7) % 20]!])),
  );
  const first = pageOfEstate(estate(sites, services)).text;
  expect(Buffer.byteLength(first)).toBeLessThan(2e6);
  expect(pageOfEstate(estate(sites, services)).text).toBe(first);
});

test("nothing to judge is said, in place of empty tables", () => {
  const text = readable(pageOfEstate(estate([], []), "en", { verdict: "nothingJudged" }).text);
  expect(text).toContain("Nothing judged");
  expect(text).toContain("No building, zone or region is named");
  expect(text).toContain("No service is critical.");
});
