import type { CheckReport } from "../../../report/check/report";
import { CommandLine } from "../../support/cli";
import { deploymentUrn, oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

const input = ["check", "state.json", "--sites", "sites.json", "--format"];

async function judged(exempt?: string): Promise<CheckReport> {
  const annotations = exempt === undefined ? {} : { "duplex.dev/exempt": exempt, "duplex.dev/owner": "core" };
  await commandLine.write("state.json", oneBuildingState({ annotations }));
  await commandLine.write("sites.json", { sites: [pangyoSite] });
  const { out, err } = await commandLine.duplex([...input, "json"]);
  expect(err).toBe("");
  return JSON.parse(out) as CheckReport;
}

const policiesOf = ({ findings }: CheckReport): readonly string[] => findings.map(({ policy }) => policy);

test("an annotation keeps the findings of its policy out of the verdict, and is listed", async () => {
  const report = await judged("DPX301 until 2022-10-15 OPS-12 The second building opens in November.");
  expect(policiesOf(report)).not.toContain("single-facility");
  expect(policiesOf(report)).toContain("single-power-domain");
  expect(report.exemptions).toEqual([
    {
      ...{ policy: "single-facility", service: null, resource: deploymentUrn, owner: "core", ticket: "OPS-12" },
      ...{ reason: "The second building opens in November.", expires: "2022-10-15", expired: false },
      covers: [expect.stringContaining("pangyo")],
      findings: [expect.objectContaining({ code: "DPX301", resource: deploymentUrn, lost: ["facility:pangyo"] })],
    },
  ]);
  const { out } = await commandLine.duplex([...input, "markdown"]);
  expect(out).toContain("single-facility beside messenger, until 2022-10-15");
});

test("one past its day covers nothing, and is refused at its resource", async () => {
  const report = await judged("DPX301 until 2022-10-14 OPS-12");
  expect(policiesOf(report)).toContain("single-facility");
  expect(report.findings.filter(({ policy }) => policy === "exemption-expired")).toMatchObject([
    { level: "mandatory", urns: [deploymentUrn] },
  ]);
});

test("one that cannot be read covers nothing, and is refused with what it must say", async () => {
  const report = await judged("DPX301 until 2022-12-31");
  expect(policiesOf(report)).toContain("single-facility");
  expect(report.findings.filter(({ policy }) => policy === "exemption-expired")).toMatchObject([
    { level: "mandatory", urns: [deploymentUrn], message: expect.stringContaining("ticket") as string },
  ]);
});
