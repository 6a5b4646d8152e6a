import { XMLParser, XMLValidator } from "fast-xml-parser";
import { checkDocument } from "../../../report/check/document";
import type { CheckReport } from "../../../report/check/report";
import { finding, policies, report } from "../../support/checkReports";
import { allWriters } from "../../support/writers";

const written = allWriters();

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly testcase: readonly Case[];
}
interface Case {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly "#text": string };
  readonly skipped?: object;
}
interface Suites extends Omit<Suite, "testcase"> {
  readonly testsuite: readonly Suite[];
}

const numbers = new Set(["tests", "failures", "errors", "skipped"]);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && (name === "testsuite" || name === "testcase"),
  attributeValueProcessor: (name, value) => (numbers.has(name) ? Number(value) : value),
  parseTagValue: false,
  parseAttributeValue: false,
});

function junit(subject: CheckReport): Suites {
  const xml = written("junit", checkDocument(subject, policies));
  expect(XMLValidator.validate(xml)).toBe(true);
  return (parser.parse(xml) as { testsuites: Suites }).testsuites;
}

const hostile = 'a|b <script> ]]> "quoted" & \u0000\ud800 &amp;';
const shapes: [string, CheckReport][] = [
  ["a refusal with advice", report()],
  ["a stack that survives", report({ verdict: "survives", findings: [] })],
  ["several findings of a policy", report({ findings: [finding(), finding({ service: "login" }), finding()] })],
  ["a policy outside of the catalogue", report({ findings: [finding({ policy: "gone" })] })],
  ["hostile names", report({ findings: [finding({ message: hostile, urns: [hostile] })] })],
];

test.each(shapes)("JUnit of %s adds up", (_, subject) => {
  const root = junit(subject);
  for (const suite of root.testsuite) {
    const { testcase: cases } = suite;
    expect(suite.tests).toBe(cases.length);
    expect(suite.failures).toBe(cases.filter(({ failure }) => failure !== undefined).length);
    expect(suite.skipped).toBe(cases.filter(({ skipped }) => skipped !== undefined).length);
    expect(suite.errors).toBe(0);
    for (const entry of cases) expect(entry.classname).toBe(suite.name);
  }
  const sum = (count: (suite: Suite) => number) => root.testsuite.reduce((total, suite) => total + count(suite), 0);
  expect(root.tests).toBe(sum((suite) => suite.tests));
  expect(root.failures).toBe(sum((suite) => suite.failures));
  expect(root.skipped).toBe(sum((suite) => suite.skipped));
  expect(root.failures).toBe(subject.summary.mandatory);
  expect(root.skipped).toBe(subject.summary.notJudged);
});

test("a failure says what is wrong and how to mend it", () => {
  const suite = junit(report()).testsuite.find(({ name }) => name === "single-facility");
  expect(suite?.testcase[0]?.failure).toMatchObject({ type: "DPX301 broken", message: finding().message });
  expect(suite?.testcase[0]?.failure?.["#text"]).toContain(`Fix: ${finding().fix}`);
});
