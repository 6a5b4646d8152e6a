/** `duplex check` on rendered manifests and on an event log: told from other files, judged like any other source. */
import type { CheckReport } from "../../../report/check/report";
import { CommandLine } from "../../support/cli";
import { oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("sites.json", { sites: [pangyoSite] });
});
afterEach(() => commandLine.remove());

async function check(file: string): Promise<CheckReport> {
  const answer = await commandLine.duplex(["check", file, "--sites", "sites.json", "--format", "json"]);
  expect(answer.err).toBe("");
  return JSON.parse(answer.out) as CheckReport;
}

const manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "login", annotations: { "duplex.dev/service": "login", "duplex.dev/tier": "critical" } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "login" } },
    template: { metadata: { labels: { app: "login" } } },
  },
};

test("manifests stand in the cluster that their file is named for", async () => {
  await commandLine.write("pangyo.yaml", manifest);
  const report = await check("pangyo.yaml");
  expect(report.source).toMatchObject({ kind: "manifests", resources: 2 });
  const facility = report.findings.find(({ policy }) => policy === "single-facility");
  expect(facility).toMatchObject({ service: "login", verdict: "broken", lost: ["facility:pangyo"] });
});

test("an event log gives the verdicts of the state that it ends in", async () => {
  const state = oneBuildingState() as { deployment: { resources: { urn: string }[] } };
  const lines = [
    ...state.deployment.resources.map((resource) => ({
      resOutputsEvent: { metadata: { op: "same", urn: resource.urn, new: resource } },
    })),
    { summaryEvent: {} },
  ].map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event }));
  await commandLine.write("events.log", lines.join("\n"));
  await commandLine.write("state.json", state);
  const [log, exported] = [await check("events.log"), await check("state.json")];
  expect(log.source.kind).toBe("eventLog");
  expect(log.findings).toEqual(exported.findings);
  expect(log.verdict).toBe("refused");
});

test("a mistake in a manifest names file and line, and ends with 1", async () => {
  await commandLine.write("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {}\n");
  const answer = await commandLine.duplex(["check", "bad.yaml"]);
  expect(answer.code).toBe(1);
  expect(answer.err).toContain("bad.yaml:1");
  expect(answer.err).toContain("DPX413");
});
