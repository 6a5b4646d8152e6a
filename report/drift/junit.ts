import { driftClasses } from "../../drift";
import type { ReportDrift } from "../driftReport";
import { element, escapeXml } from "../formats/junit";
import type { DriftFormat } from "./format";
import { changedByLines, changeLines, dangerLines, driftSourceLine } from "./sentences";

/**
 * JUnit's XML: a suite for each class. Dangerous drift is a failure, what could not be read is an error; other drift
 * passes with a message, since every tool that reads this turns a failure into a red build.
 */
export const junit: DriftFormat = (report) => {
  const suites = driftClasses.map((name) => {
    const cases = report.drifts.filter((drift) => drift.class === name).map(driftCase);
    return suite(name, cases.length === 0 ? [element("testcase", { classname: name, name: "none" }, [])] : cases, {
      failures: name === "dangerous" ? cases.length : 0,
      errors: 0,
    });
  });
  const unread = report.couldNotTell.map(({ urn, reason }) =>
    element("testcase", { classname: "could-not-tell", name: urn }, [
      element("error", { type: "unread", message: reason }, []),
    ]),
  );
  if (unread.length > 0) suites.push(suite("could-not-tell", unread, { failures: 0, errors: unread.length }));
  const counts = {
    tests: suites.reduce((sum, { tests }) => sum + tests, 0),
    failures: report.summary.dangerous,
    errors: unread.length,
  };
  const root = element(
    "testsuites",
    { name: `duplex drift ${driftSourceLine(report)}`, ...counts },
    suites.map(({ xml }) => xml),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
};

function suite(name: string, cases: readonly string[], counts: { readonly failures: number; readonly errors: number }) {
  return {
    xml: element("testsuite", { name, tests: cases.length, ...counts, skipped: 0 }, cases),
    tests: cases.length,
  };
}

function driftCase(drift: ReportDrift): string {
  const body = [
    ...changeLines(drift),
    ...changedByLines(drift),
    ...dangerLines(drift),
    ...drift.fixes.map(({ text }) => text),
  ].join("\n");
  const message = dangerLines(drift)[0] ?? changeLines(drift)[0] ?? drift.kind;
  const child =
    drift.class === "dangerous"
      ? element("failure", { type: drift.kind, message }, [escapeXml(body)])
      : element("system-out", {}, [escapeXml(body)]);
  return element("testcase", { classname: drift.class, name: drift.urn }, [child]);
}
