import { UserError } from "../../model";
import { parseSettings } from "../../policies/settings";
import { settingsOfStack } from "../../policies/stackSettings";

function mistakesOf(value: unknown): readonly (readonly [string, string | undefined])[] {
  try {
    parseSettings(value, "policy.json");
  } catch (error) {
    if (error instanceof UserError) return error.mistakes.map(({ code, path }) => [code, path]);
    throw error;
  }
  return [];
}

const exemption = {
  policy: "single-region",
  service: "ads",
  owner: "ads-team",
  reason: "The second region opens in June.",
  ticket: "ADS-17",
  expires: "2027-03-31",
};

test("nothing said gives the defaults", () => {
  expect(parseSettings(undefined)).toMatchObject({
    inventory: { sites: [], clusters: {}, tierNames: {} },
    judge: { exemptions: [], policies: {} },
  });
});

test("reads the form of Pulumi's policy configuration", () => {
  const settings = parseSettings({
    all: "advisory",
    "single-region": "mandatory",
    "dns-ttl": { enforcementLevel: "remediate", longestTtlSeconds: 30, levels: { standard: "disabled" } },
    estate: { clusters: { prod: "pangyo" }, tierNames: { gold: "critical" }, exemptions: [exemption] },
  });
  expect(settings.judge.policies).toMatchObject({
    "single-facility": { level: "advisory" },
    "single-region": { level: "mandatory" },
    "dns-ttl": { level: "mandatory", levels: { standard: "disabled" }, config: { longestTtlSeconds: 30 } },
  });
  expect(settings.inventory).toMatchObject({ clusters: { prod: "pangyo" }, tierNames: { gold: "critical" } });
  expect(settings.judge.exemptions).toEqual([exemption]);
});

test("changes a tier's requirement and keeps the rest of it", () => {
  const { requirements } = parseSettings({ estate: { requirements: { critical: { leastCopies: 2 } } } }).judge;
  expect(requirements?.critical).toMatchObject({ leastCopies: 2, longestTtlSeconds: 60 });
});

test("a facility's defaults are filled in as in the estate's configuration", () => {
  const site = {
    kind: "facility",
    name: "pangyo",
    region: "capital-area",
    operator: "sk",
    powerFeeds: ["substation-1"],
    carriers: ["kt"],
    batteryRoomsSeparated: false,
    batteryChemistry: "lithium-ion",
    firePlanKeepsPower: false,
  };
  expect(parseSettings({ estate: { sites: [site] } }).inventory.sites).toMatchObject([
    { facility: "pangyo", clusterContext: "pangyo", hazards: [] },
  ]);
});

test("every mistake is told in one run, with its path", () => {
  expect(
    mistakesOf({
      "single-facillity": "advisory",
      "dns-ttl": { longestTtlSeconds: -1, longestTtl: 30 },
      "single-region": "sometimes",
      estate: { exemptions: [{ ...exemption, expires: "next year" }], tierNames: { gold: "top" }, sitez: [] },
    }),
  ).toEqual(
    expect.arrayContaining([
      ["DPX313", "single-facillity"],
      ["DPX312", "dns-ttl.longestTtlSeconds"],
      ["DPX312", "dns-ttl.longestTtl"],
      ["DPX114", "single-region.enforcementLevel"],
      ["DPX115", "estate.exemptions[0].expires"],
      ["DPX114", "estate.tierNames.gold"],
      ["DPX112", "estate.sitez"],
    ]),
  );
});

test.each([[[]], ["advisory"], [3], [null]])("%p is no policy configuration", (value) => {
  expect(mistakesOf(value)).toEqual([["DPX311", undefined]]);
});

describe("settings in the stack's configuration", () => {
  test("are JSON under duplex:policies", () => {
    const config = new Map([["duplex:policies", '{"single-region":"advisory"}']]);
    expect(settingsOfStack(config)).toEqual({ "single-region": "advisory" });
    expect(settingsOfStack(new Map())).toBeUndefined();
  });

  test("are refused where they are no JSON", () => {
    expect(mistakesOf(settingsOfStack(new Map([["duplex:policies", "advisory"]])))).toEqual([["DPX311", undefined]]);
  });
});
