/** `duplex ledger`: amounts that were reckoned by hand, and every mistake with its line. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandLine } from "../../support/cli";

let commandLine: CommandLine;
beforeEach(() => (commandLine = new CommandLine()));
afterEach(() => commandLine.remove());

const example = (name: string) => readFileSync(join(__dirname, "../../../examples/ledger-2022", name), "utf8");
const reckon = (...more: string[]) => commandLine.duplex(["ledger", "--policy", "policy.yaml", ...more]);

interface Answer {
  readonly owed: number;
  readonly claim: number;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

describe("the example of 2022", () => {
  beforeEach(async () => {
    await commandLine.write("policy.yaml", example("policy.yaml"));
    await commandLine.write("outages.yaml", example("outages.yaml"));
  });

  test("owes paid services their credits, free ones nothing, and drivers their trade", async () => {
    const answer = await reckon("--outages", "outages.yaml", "--format", "json");
    expect(answer).toMatchObject({ code: 0, err: "" });
    const { lines, owed, claim } = JSON.parse(answer.out) as Answer;
    const sum = (of: string, kind: string) =>
      lines
        .filter((line) => line["of"] === of && line["kind"] === kind)
        .reduce((all, one) => all + Number(one["amount"]), 0);
    // 127.55 h of 744 h: 82.85 % available, below every band.
    expect(sum("music", "credit")).toBe(10_000 * 8_000);
    expect(sum("shopping", "credit")).toBe(500 * 50_000);
    expect(sum("ads", "credit")).toBe(200 * 300_000);
    expect(sum("mobility", "credit")).toBe(100 * 40_000);
    expect(sum("messenger", "goodwill")).toBe(0);
    // Of six days 127.55 h of 24 h each, half of it made good; a line for each day, each in whole won.
    expect(sum("mobility", "trade")).toBeCloseTo((900 * 100_000 * 0.5 * 127.55) / 24, -1);
    expect(owed).toBe(169_000_000 + sum("mobility", "trade"));
    // A fifth of the lease, and half of what is owed up to the limit.
    expect(claim).toBe(20_000_000 + 80_000_000);
  });

  test("traces a figure to its rule, in every format", async () => {
    const { out } = await reckon("--outages", "outages.yaml", "--format", "csv");
    const music = out.split("\n").find((line) => line.includes(",music,")) ?? "";
    expect(music).toContain("contracts.subscription.bands[2]");
    expect(music).toContain("below 95%: 100% of 10,000 × 8,000");
    expect(music).toMatch(/,80000000$/);
  });

  test("takes an outage by flags, with a short one in a better band", async () => {
    const { out } = await reckon(
      ...["--from", "2022-10-15T15:00:00+09:00", "--to", "2022-10-15T20:00:00+09:00"],
      ...["--services", "music", "--format", "json"],
    );
    // 5 h of 744 h: 99.33 % available.
    expect((JSON.parse(out) as Answer).owed).toBe(8_000_000);
  });

  test("splits an outage at the month's end of the time zone, and counts what overlaps once", async () => {
    await commandLine.write("outages.yaml", {
      outages: [
        // Midnight in Seoul is 15:00 in UTC. An hour of October leaves 99.86 %, eight of November 98.88 %.
        { from: "2022-10-31T14:00:00Z", to: "2022-10-31T16:00:00Z", services: ["music"] },
        { from: "2022-10-31T14:30:00Z", to: "2022-10-31T23:00:00Z", services: ["music"] },
      ],
    });
    const { lines } = JSON.parse((await reckon("--outages", "outages.yaml", "--format", "json")).out) as Answer;
    expect(lines.map(({ from, downSeconds, amount }) => [from, downSeconds, amount])).toEqual([
      ["2022-10-01 00:00", 3_600, 8_000_000],
      ["2022-11-01 00:00", 8 * 3_600, 24_000_000],
    ]);
    expect(lines.map(({ rule }) => rule)).toEqual([
      "contracts.subscription.bands[0]",
      "contracts.subscription.bands[1]",
    ]);
  });
});

describe("mistakes", () => {
  test("are told together, by path and line", async () => {
    const policy = example("policy.yaml")
      .replace("customers: 10000, monthlyCharge: 8000", "customers: 10000")
      .replace("contract: day-of-trade,", "contract: trade,");
    await commandLine.write("policy.yaml", policy);
    const { code, err } = await reckon("--outages", "outages.yaml");
    expect(code).toBe(1);
    expect(err).toContain("DPX606");
    expect(err).toContain("DPX605");
    expect(err).toMatch(/policy\.yaml:29\b/);
  });

  test("a mistake in a flag is told by the flag's name, with a time that is right", async () => {
    await commandLine.write("policy.yaml", example("policy.yaml"));
    const { err } = await reckon("--from", "2022-10-15T15:00", "--to", "2022-10-15T16:00:00Z", "--services", "music");
    expect(err).toMatch(/--from: .*a time with seconds and its offset from UTC, such as 2022-10-15T15:19:00\+09:00/);
  });

  test.each([
    [["--from", "2022-10-15T15:00:00+09:00"], "DPX608"],
    [["--from", "2022-10-15T15:00", "--to", "2022-10-15T16:00", "--services", "music"], "DPX115"],
    [["--from", "2022-10-15T15:00:00Z", "--to", "2022-10-15T15:00:00+09:00", "--services", "music"], "DPX607"],
    [["--from", "2022-10-15T15:00:00Z", "--to", "2022-10-15T16:00:00Z", "--services", "musik"], "DPX605"],
  ])("%j ends with %s", async (flags, code) => {
    await commandLine.write("policy.yaml", example("policy.yaml"));
    const answer = await reckon(...flags);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain(code);
  });
});
