import type { CheckReport, ReportFinding } from "../checkReport";
import { outcomeSentence, sourceLine } from "../sentences";
import type { Format } from "./format";

/**
 * JUnit's XML: a suite for each policy. What refuses is a failure; advice is a passing case with a message, since every
 * tool that reads this turns a failure into a red build; a resource that nobody reads is skipped.
 */
export const junit: Format = (report, { policies }) => {
  const names = [...new Set([...policies.map((policy) => policy.name), ...report.findings.map((f) => f.policy)])];
  const suites = names.sort().map((name) => policySuite(name, report));
  const skipped = report.notJudged.map((item) =>
    element("testcase", { classname: "not-judged", name: item.urn }, [
      element("skipped", { message: item.reason }, []),
    ]),
  );
  if (skipped.length > 0) suites.push(suite("not-judged", skipped, 0, skipped.length));
  const counts = { tests: testsOf(suites), failures: report.summary.mandatory, skipped: skipped.length, errors: 0 };
  const root = element(
    "testsuites",
    { name: `duplex check ${sourceLine(report)}`, ...counts },
    suites.map(({ xml }) => xml),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
};

interface Suite {
  readonly xml: string;
  readonly tests: number;
}

function testsOf(suites: readonly Suite[]): number {
  return suites.reduce((sum, { tests }) => sum + tests, 0);
}

function policySuite(name: string, report: CheckReport): Suite {
  const findings = report.findings.filter((finding) => finding.policy === name);
  const cases =
    findings.length === 0
      ? [element("testcase", { classname: name, name: "holds" }, [])]
      : findings.map((finding) => findingCase(finding));
  const failures = findings.filter((finding) => finding.level === "mandatory").length;
  return suite(name, cases, failures, 0);
}

function suite(name: string, cases: readonly string[], failures: number, skipped: number): Suite {
  const attributes = { name, tests: cases.length, failures, errors: 0, skipped };
  return { xml: element("testsuite", attributes, cases), tests: cases.length };
}

function findingCase(finding: ReportFinding): string {
  const lost = finding.lost.length === 0 ? "" : ` without ${finding.lost.join(" and ")}`;
  const name = `${finding.service ?? finding.urns[0] ?? finding.policy}${lost}`;
  const body = [finding.message, outcomeSentence(finding), `Fix: ${finding.fix}`, ...finding.urns]
    .filter((line) => line !== undefined)
    .join("\n");
  const child =
    finding.level === "mandatory"
      ? element("failure", { type: `${finding.code} ${finding.verdict}`, message: finding.message }, [escapeXml(body)])
      : element("system-out", {}, [escapeXml(body)]);
  return element("testcase", { classname: finding.policy, name }, [child]);
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** Escapes markup, and drops what XML 1.0 cannot hold at all (control characters, lone surrogates). */
export function escapeXml(value: string): string {
  return (
    value
      .replace(/\p{Surrogate}/gu, "\ufffd")
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
  );
}
