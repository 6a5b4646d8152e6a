import { catalogue } from "../../../policies/catalogue";
import { checkDocument } from "../../../report/check/document";
import type { CheckReport } from "../../../report/check/report";
import { finding, report } from "../../support/checkReports";
import { faultsBy } from "../../support/publishedSchemas";
import { allWriters } from "../../support/writers";

const written = allWriters();

const faultsOf = faultsBy("sarif");

function sarif(subject: CheckReport): unknown {
  return JSON.parse(written("sarif", checkDocument(subject, catalogue)));
}

const bare = finding({ service: undefined, lost: [], properties: undefined, urns: [] });
const hostile = finding({ message: "a \u0000 <b> %0A \ud83d\ude80", urns: ["urn:pulumi:ü|é::p::a b"] });

test.each<[string, CheckReport]>([
  ["a refusal with advice", report()],
  ["a stack that survives", report({ verdict: "survives", findings: [] })],
  ["a finding about no service and no resource", report({ findings: [bare] })],
  ["a finding with hostile names", report({ findings: [hostile] })],
  ["a project folder", report({ source: { kind: "program", path: "./stacks/my stack", resources: 3 } })],
  ["standard input", report({ source: { kind: "state", path: "<stdin>", resources: 3 } })],
  ["a path of Windows", report({ source: { kind: "state", path: "C:\\stacks\\état [1].json", resources: 3 } })],
])("SARIF of %s keeps to the published schema of 2.1.0", (_, subject) => {
  expect(faultsOf(sarif(subject))).toEqual([]);
});

test("the schema refuses what is not SARIF, so that the tests above can fail", () => {
  const log = sarif(report()) as { runs: [{ results: { level: string }[] }] };
  for (const result of log.runs[0].results) result.level = "fatal";
  expect(faultsOf(log)).not.toEqual([]);
  expect(faultsOf({ version: "2.1.0" })).not.toEqual([]);
});

test("every rule says what failed, what is proven and how to mend it", () => {
  interface Rule {
    readonly name: string;
    readonly fullDescription: { readonly text: string };
    readonly help: { readonly markdown: string };
  }
  const log = sarif(report()) as { runs: [{ tool: { driver: { rules: Rule[] } } }] };
  const { rules } = log.runs[0].tool.driver;
  expect(rules.map(({ name }) => name).sort()).toEqual(catalogue.map(({ name }) => name).sort());
  for (const policy of catalogue) {
    const rule = rules.find(({ name }) => name === policy.name);
    for (const part of [policy.why, policy.proves]) expect(rule?.fullDescription.text).toContain(part);
    for (const part of [policy.fix.text, policy.fix.snippet]) expect(rule?.help.markdown).toContain(part);
  }
});
