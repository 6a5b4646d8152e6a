/** `duplex plan` and `duplex cost`: what they answer, what they write, and what they refuse. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { readEstateFile } from "../../../estate";
import { CommandLine } from "../../support/cli";
import { estateConfig, facility, service } from "../../support/estateConfig";

let commandLine: CommandLine;
beforeEach(() => (commandLine = new CommandLine()));
afterEach(() => commandLine.remove());

const cheap = { coreHour: 0.01, gibHour: 0.001 };
const dear = { coreHour: 0.05, gibHour: 0.005 };

function pricesOf(facilities: Readonly<Record<string, unknown>>) {
  return { currency: "USD", asOf: "2026-11-30", facilities };
}

/** Three facilities apart from each other, of which one costs five times as much, and one service over them. */
function threeFacilities(more: Readonly<Record<string, unknown>> = {}, ofEast: Readonly<Record<string, unknown>> = {}) {
  return {
    ...estateConfig(),
    sites: [facility("east", ofEast), facility("west"), facility("north")],
    images: undefined,
    services: [service("shop", { tier: "standard", sites: ["east", "west", "north"], ...more })],
  };
}

async function given(estate: object, prices: object = pricesOf({ east: cheap, west: cheap, north: dear })) {
  await commandLine.write("Pulumi.prod.yaml", stringify({ config: { "duplex:estate": estate } }));
  await commandLine.write("prices.json", prices);
}

const plan = (...more: string[]) =>
  commandLine.duplex(["plan", "Pulumi.prod.yaml", "--prices", "prices.json", ...more]);
const cost = (...more: string[]) =>
  commandLine.duplex(["cost", "Pulumi.prod.yaml", "--prices", "prices.json", ...more]);

interface PlanAnswer {
  readonly services: readonly { readonly sites: readonly { readonly site: string; readonly units: number }[] }[];
  readonly plan: { readonly costMonth: number; readonly units: number; readonly broken: readonly unknown[] };
  readonly today: { readonly costMonth: number; readonly units: number };
  readonly doubled: { readonly units: number };
  readonly gap: number;
}

describe("duplex plan", () => {
  test("leaves the dear site, beside today's units and twice the peak's", async () => {
    await given(threeFacilities());
    const answer = await plan("--format", "json");
    expect(answer).toMatchObject({ code: 0, err: "" });
    const found = JSON.parse(answer.out) as PlanAnswer;
    // The peak takes 10 units. Two sites that carry it alone cost less than three of which the dear one has a part.
    expect(found.services[0]?.sites.map(({ site, units }) => `${site} ${units}`)).toEqual([
      "east 10",
      "west 10",
      "north 0",
    ]);
    expect(found.today.units).toBe(15);
    expect(found.doubled.units).toBe(21);
    expect(found.plan.costMonth).toBeLessThan(found.today.costMonth);
    expect(found).toMatchObject({ gap: 0, plan: { broken: [] } });
  });

  test("says what asks for the last unit, and which prices it took", async () => {
    await given(threeFacilities());
    const { out } = await plan();
    expect(out).toMatch(
      /^PLANNED: every promise is kept for .* USD a month, .* less than today; proven to be the cheap/,
    );
    expect(out).toContain("shop: the loss of facility:east");
    expect(out).toContain("https://aws.amazon.com/route53/pricing/, 2025-01-01");
  });

  test.each([
    ["in one line", (text: string) => text],
    ["a line each", (text: string) => text.replace("sites: [east, west, north]", listOfLines)],
  ])("writes the configuration with its units and touches nothing else, with sites %s", async (_, formOf) => {
    await given(threeFacilities());
    const file = join(commandLine.folder, "Pulumi.prod.yaml");
    const block = readFileSync(file, "utf8").replace(
      /sites:\n\s+- east\n\s+- west\n\s+- north/,
      "sites: [east, west, north]",
    );
    const before = formOf(`# Of the estate.\n${block}`);
    await commandLine.write("Pulumi.prod.yaml", before);
    expect((await plan("--write", "planned.yaml")).code).toBe(0);
    const after = readFileSync(join(commandLine.folder, "planned.yaml"), "utf8");
    expect(after.replace(/ +units: \{ east: 10, west: 10 \}\n/, "").replace("sites: [east, west]", "")).toBe(
      before.replace(formOf("sites: [east, west, north]"), ""),
    );
    expect(readEstateFile(join(commandLine.folder, "planned.yaml")).services[0]).toMatchObject({
      sites: ["east", "west"],
      units: { east: 10, west: 10 },
    });
    const again = await commandLine.duplex(["plan", "planned.yaml", "--prices", "prices.json"]);
    expect(again.out).toMatch(/^PLANNED: .*as much as today/);
  });

  const listOfLines = "sites:\n          - east\n          - west\n          - north";

  test("keeps to the room of a site, and uses the dear one where the cheap ones are full", async () => {
    await given(threeFacilities({}, { cores: 8 }));
    const found = JSON.parse((await plan("--format", "json")).out) as PlanAnswer;
    expect(found.services[0]?.sites.map(({ units }) => units)).toEqual([4, 6, 6]);
  });

  test("names the smallest contradiction where nothing can be planned", async () => {
    await given(threeFacilities({ sites: ["east", "west"] }, { cores: 8 }));
    const answer = await plan();
    expect(answer.code).toBe(3);
    expect(answer.out).toMatch(/^NO PLAN: /);
    expect(answer.out).toContain("2 constraints of which none can be left out");
    expect(answer.out).toContain("east: room for 8 cores");
    expect(answer.out).toMatch(/shop: at least 10 units after the loss of \w+:west/);
  });

  test("leaves more after two losses where more is asked for", async () => {
    await given(threeFacilities({ tier: "critical" }));
    const shareLeft = async (...more: string[]) => /two losses (\d+)% is left/.exec((await plan(...more)).out)?.[1];
    expect(Number(await shareLeft())).toBe(10);
    expect(Number(await shareLeft("--least-share-two", "0.5"))).toBeGreaterThanOrEqual(50);
    expect((await plan("--least-share-two", "2")).err).toContain("[DPX001]");
  });

  test("tells every price that is missing, and takes none as 0", async () => {
    await given(threeFacilities(), pricesOf({ east: cheap, west: { coreHour: 0.01 } }));
    const answer = await plan();
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err.trim().split("\n")).toEqual([
      expect.stringMatching(/^facilities\.north\.coreHour: .*shop.*\[DPX601\]$/),
      expect.stringMatching(/^facilities\.north\.gibHour: .*\[DPX601\]$/),
      expect.stringMatching(/^facilities\.west\.gibHour: .*\[DPX601\]$/),
    ]);
  });

  test.each([
    ["a negative price", pricesOf({ east: { coreHour: -1 } }), "facilities.east.coreHour", "DPX113"],
    ["a field that nobody knows", { ...pricesOf({}), facility: {} }, "facility", "DPX112"],
  ])("refuses %s by its place", async (_, prices, path, code) => {
    await given(threeFacilities(), prices);
    const { code: exit, err } = await plan();
    expect(exit).toBe(1);
    expect(err).toContain(path);
    expect(err).toContain(code);
  });
});

describe("duplex cost", () => {
  test("parts what runs from what is reserve, by service and by site", async () => {
    await given(threeFacilities());
    const answer = await cost("--format", "json");
    expect(answer).toMatchObject({ code: 0, err: "" });
    const { rows } = JSON.parse(answer.out) as { rows: readonly Record<string, unknown>[] };
    // 5 units of 2 cores and 4 GiB a site, of which 4 carry the peak; 730 hours; one check every 30 or 10 seconds.
    const month = (2 * 0.01 + 4 * 0.001) * 730;
    expect(rows[0]).toMatchObject({ service: "shop", site: "east", units: 5, reserveUnits: 1, missing: [] });
    expect(rows[0]?.["running"]).toBeCloseTo(4 * month, 6);
    expect(rows[0]?.["reserve"]).toBeCloseTo(month, 6);
    expect(rows[0]?.["entrance"]).toBe(4.75);
  });

  test("counts what has a price, names what has none, and ends with 2", async () => {
    await given(threeFacilities(), pricesOf({ east: cheap, west: cheap }));
    const answer = await cost();
    expect(answer.code).toBe(2);
    expect(answer.out).toMatch(/^INCOMPLETE: .* without 2 prices that the list does not have\.\n/);
    expect(answer.out).toContain("  facilities.north.coreHour\n  facilities.north.gibHour\n");
  });

  test("of a list in another currency takes no figure of the one that Duplex comes with", async () => {
    await given(threeFacilities(), { ...pricesOf({ east: cheap, west: cheap, north: cheap }), currency: "KRW" });
    const { out } = await cost();
    expect(out).toContain("  healthCheckMonth.facility.10\n");
    expect(out).not.toContain("aws.amazon.com");
  });
});
