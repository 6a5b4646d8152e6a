import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { baselineSchema } from "../../../cli/input/baselineFile";
import type { CheckReport } from "../../../report/check/report";
import { formatNames } from "../../../report/writers";
import baselineJson from "../../../schema/baseline.schema.json";
import checkJson from "../../../schema/check.schema.json";
import { CommandLine } from "../../support/cli";
import { oneBuildingState, pangyoSite } from "../../support/states";

const file = "known.json";
const input = ["state.json", "--sites", "sites.json"];
const ajv = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true }));

interface Baseline {
  readonly findings: readonly Record<string, unknown>[];
}

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("state.json", oneBuildingState());
  await commandLine.write("sites.json", { sites: [pangyoSite] });
});
afterEach(() => commandLine.remove());

function stored(): Baseline {
  return JSON.parse(readFileSync(join(commandLine.folder, file), "utf8")) as Baseline;
}

async function checked(today?: string): Promise<{ readonly code: number; readonly report: CheckReport }> {
  const argv = ["check", ...input, "--baseline", file, "--format", "json"];
  const { code, out } = await commandLine.duplex(argv, today === undefined ? {} : { today });
  return { code, report: JSON.parse(out) as CheckReport };
}

test("the schema is what `npm run docs` writes", () => {
  expect(baselineJson).toEqual(JSON.parse(JSON.stringify(baselineSchema())));
});

test("what is written down does not refuse any more", async () => {
  const written = await commandLine.duplex(["baseline", "write", file, ...input, "--until", "2022-12-31"]);
  expect(written).toMatchObject({ code: 0, err: "" });
  expect(ajv.validate(baselineJson, stored())).toBe(true);
  expect(stored().findings.length).toBeGreaterThan(3);
  expect(written.out).toBe(
    `${file}: ${stored().findings.length} known findings, ${stored().findings.length} added, 0 removed.\n`,
  );

  const { code, report } = await checked();
  expect(ajv.validate(checkJson, report)).toBe(true);
  expect(code).toBe(2);
  expect(report).toMatchObject({ verdict: "advice", findings: [], baseline: { path: file, stale: [], expired: [] } });
  expect(report.baseline?.known).toHaveLength(stored().findings.length);
  const { out } = await commandLine.duplex(["check", ...input, "--baseline", file]);
  expect(out).toMatch(/\d+ findings of known\.json are known; \d+ of them would refuse\./);
});

test.each(formatNames)("format %s ends with the same code", async (format) => {
  await commandLine.duplex(["baseline", "write", file, ...input]);
  const answer = await commandLine.duplex(["check", ...input, "--baseline", file, "--format", format]);
  expect(answer).toMatchObject({ code: 2, err: "" });
});

test("a finding refuses again when its entry has expired, and the entry is named", async () => {
  await commandLine.duplex(["baseline", "write", file, ...input, "--until", "2022-12-31"]);
  const { code, report } = await checked("2023-01-01");
  expect(code).toBe(3);
  expect(report.baseline).toMatchObject({ known: [], stale: [] });
  expect(report.baseline?.expired).toHaveLength(stored().findings.length);
  const { out } = await commandLine.duplex(["check", ...input, "--baseline", file], { today: "2023-01-01" });
  expect(out).toContain("past their day and no longer known");
});

test("an entry that is taken out refuses; update leaves it out, and takes it in with --add", async () => {
  await commandLine.duplex(["baseline", "write", file, ...input, "--reason", "Before the second site."]);
  const all = stored();
  const kept = all.findings.filter(({ policy }) => policy !== "single-facility");
  expect(kept.length).toBeLessThan(all.findings.length);
  await commandLine.write(file, { ...all, findings: kept });
  const { code, report } = await checked();
  expect([code, report.findings.map(({ policy }) => policy)]).toEqual([3, ["single-facility"]]);

  const left = await commandLine.duplex(["baseline", "update", file, ...input]);
  expect(left.out).toContain("1 not known and left out");
  expect(stored().findings).toEqual(kept);
  const added = await commandLine.duplex(["baseline", "update", file, ...input, "--add"], { today: "2022-11-01" });
  expect(added.out).toContain("1 added, 0 removed.");
  expect(stored().findings.find(({ policy }) => policy === "single-facility")).toMatchObject({ since: "2022-11-01" });
  expect(stored().findings.find(({ policy }) => policy !== "single-facility")).toMatchObject({
    since: "2022-10-15",
    reason: "Before the second site.",
  });
});

test("an entry whose finding is gone is told as stale, and removed by update", async () => {
  await commandLine.duplex(["baseline", "write", file, ...input]);
  const all = stored();
  const gone = { ...all.findings[0], service: "closed-last-year" };
  await commandLine.write(file, { ...all, findings: [...all.findings, gone] });
  const { code, report } = await checked();
  expect([code, report.baseline?.stale.map(({ service }) => service)]).toEqual([2, ["closed-last-year"]]);
  expect((await commandLine.duplex(["baseline", "update", file, ...input])).out).toContain("0 added, 1 removed.");
  expect(stored()).toEqual(all);
});

test("a baseline that is there is not written over", async () => {
  await commandLine.duplex(["baseline", "write", file, ...input]);
  const before = stored();
  const answer = await commandLine.duplex(["baseline", "write", file, ...input]);
  expect(answer).toMatchObject({ code: 1, out: "", err: expect.stringContaining("DPX019") as string });
  expect(stored()).toEqual(before);
});

test.each<[string, unknown, string]>([
  ["a policy that is not there", { findings: [{ policy: "single-facilty" }] }, "findings[0].policy"],
  ["a day that is none", { findings: [{ since: "soon" }] }, "findings[0].since"],
  ["a field of another name", { findings: [], known: [] }, "known"],
  ["another version", { formatVersion: 7, findings: [] }, "formatVersion"],
])("%s is told with its path", async (_, content, path) => {
  await commandLine.write(file, content);
  const answer = await commandLine.duplex(["check", ...input, "--baseline", file]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain(file);
  expect(answer.err).toContain(path);
  expect(answer.err).not.toContain("    at ");
});

test.each(["2027-02-30", "soon", "2027-1-1"])("--until %s is no day", async (until) => {
  const answer = await commandLine.duplex(["baseline", "write", file, ...input, "--until", until]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain("2027-06-30");
});
