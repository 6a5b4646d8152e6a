/** A service that has only another name is no new one, and what was refused of it before is refused of nothing new. */
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { CheckReport } from "../../../report/check/report";
import { formatNames } from "../../../report/writers";
import schema from "../../../schema/check.schema.json";
import { CommandLine } from "../../support/cli";
import { oneBuildingState, pangyoSite } from "../../support/states";

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("old.json", oneBuildingState());
  await commandLine.write("sites.json", { sites: [pangyoSite] });
});
afterEach(() => commandLine.remove());

const renamed = JSON.stringify(oneBuildingState());
/** The tag alone; the resource too. */
const byTag = renamed.replaceAll('"duplex.dev/service":"messenger"', '"duplex.dev/service":"talk"');
const whole = renamed.replaceAll("messenger", "talk");
const withAlias = (text: string) => {
  const state = JSON.parse(text) as { deployment: { resources: { urn: string; aliases?: string[] }[] } };
  for (const one of state.deployment.resources) one.aliases = [one.urn.replace("::talk", "::messenger")];
  return JSON.stringify(state);
};

function compare(...argv: readonly string[]) {
  return commandLine.duplex(["check", "new.json", "--base", "old.json", "--sites", "sites.json", ...argv]);
}

test.each([
  ["its tag", byTag],
  ["its tag and its resources", whole],
  [
    "its tag and its resources, with an alias, beside more units",
    withAlias(whole.replaceAll('"replicas":2', '"replicas":3')),
  ],
])("%s", async (_, state) => {
  await commandLine.write("new.json", state);
  const answer = await compare("--format", "json");
  const report = JSON.parse(answer.out) as CheckReport;
  expect(addFormats(new Ajv({ allErrors: true })).validate(schema, report)).toBe(true);
  const { findings = [], services } = report.change ?? {};
  expect(findings.filter(({ change }) => change === "new" || change === "gone")).toEqual([]);
  expect(findings.length).toBeGreaterThan(3);
  expect(services).toMatchObject([{ service: "talk", was: "messenger", change: "renamed" }]);
  expect(answer.code).toBe(2);
});

test("every format tells both names, where it tells of services", async () => {
  await commandLine.write("new.json", whole);
  for (const format of ["table", "markdown"] as const) {
    expect((await compare("--format", format)).out).toContain("talk (critical), was messenger");
  }
  for (const format of formatNames) expect(await compare("--format", format)).toMatchObject({ code: 2, err: "" });
});

test("one that also becomes worse is worse, and refused", async () => {
  await commandLine.write("new.json", byTag.replaceAll('"replicas":2', '"replicas":0'));
  const report = JSON.parse((await compare("--format", "json")).out) as CheckReport;
  expect(report.change?.services).toMatchObject([{ service: "talk", was: "messenger" }]);
});
