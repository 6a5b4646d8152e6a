/** The projects in examples/, judged as `duplex check` judges them: their programs are run without an engine. */
import { join } from "node:path";
import { readSource } from "../../cli/input/readSource";
import type { Io } from "../../cli/io";
import { readEstate } from "../../inventory";
import { judge, type Judgement } from "../../policies/judge";
import { parseSettings } from "../../policies/settings";

const programSeconds = 120;
jest.setTimeout(programSeconds * 1000);

function noInput(): never {
  throw new Error("An example reads no standard input.");
}

const io: Io = {
  out: () => undefined,
  err: () => undefined,
  stdin: { [Symbol.asyncIterator]: noInput },
  env: process.env,
  cwd: join(__dirname, "..", "..", "examples"),
  outIsTerminal: false,
  today: "2026-01-01",
  now: 0,
};

async function judged(example: string): Promise<Judgement> {
  const read = await readSource(example, { timeout: programSeconds, verbose: false }, io);
  const settings = parseSettings(read.stackSettings);
  return judge(readEstate(read.resources, settings.inventory), settings.judge);
}

function found(judgement: Judgement, policy: string): readonly string[] {
  return judgement.findings.filter((one) => one.policy === policy).map((one) => one.service ?? "");
}

describe("pangyo-2022, the layout of the fire", () => {
  let judgement: Judgement;
  beforeAll(async () => (judgement = await judged("pangyo-2022")));

  test("is refused, and the reasons name rows 1, 3, 4 and 6 of the incident", () => {
    expect(judgement.verdict).toBe("refused");
    const mandatory = judgement.findings.filter(({ level }) => level === "mandatory");
    expect(mandatory.flatMap(({ rows }) => rows)).toEqual(expect.arrayContaining(["1", "3", "4", "6"]));
  });

  test("goes down with the building: the messenger, login and all that they need", () => {
    const down = ["accounts", "exchange", "failover", "login", "messages", "messenger", "registry"];
    expect(found(judgement, "single-facility")).toEqual(expect.arrayContaining(down));
    expect(judgement.survival.outcome("messenger", ["facility:pangyo"])).toMatchObject({ status: "down", share: 0 });
  });

  test("has too little room in the other three data centres", () => {
    const reserve = judgement.findings.find((one) => one.policy === "reserve-n-minus-1" && one.service === "messenger");
    expect(reserve?.message).toMatch(/when .*"pangyo.* is lost, and 20 % is left/);
  });

  test.each([
    ["third-party-login", ["exchange", "messenger"]],
    ["data-replication", ["accounts", "messages"]],
    ["failover-tooling", ["login", "messenger"]],
    ["monitoring-inside", ["login", "messenger"]],
    ["startup-in-one-site", ["login", "messenger"]],
    ["dns-health-check", ["exchange"]],
  ])("%s speaks of %p", (policy, services) => {
    expect(found(judgement, policy)).toEqual(services);
  });
});

describe("naver-2022, the neighbour with a second site", () => {
  let judgement: Judgement;
  beforeAll(async () => (judgement = await judged("naver-2022")));

  test("passes every policy on the loss of a domain", () => {
    const concentration = judgement.findings.filter(({ policy }) => policy.startsWith("single-"));
    expect(concentration).toEqual([]);
    expect(judgement.verdict).toBe("advice");
  });

  test("is back after the 3 hours that its standby takes to start, and is told so", () => {
    const outcome = judgement.survival.outcome("portal", ["facility:pangyo"]);
    expect(outcome.status).toBe("up");
    expect(outcome.immediateShare).toBe(0);
    expect(outcome.rtoSeconds).toBeGreaterThanOrEqual(3 * 3600);
    expect(found(judgement, "rto-objective")).toEqual(["portal"]);
  });
});

test("a stranger's stack over three zones is judged without a word of Duplex in it", async () => {
  const judgement = await judged("strangers-stack");
  expect(judgement.notJudged).toEqual([]);
  expect(judgement.verdict).toBe("advice");
  expect(found(judgement, "single-zone")).toEqual([]);
  expect(found(judgement, "undeclared-tier")).toContain("shop");
});
