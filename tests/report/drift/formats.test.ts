import Ajv from "ajv";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { detectDrift, readState } from "../../../drift";
import { driftDocument } from "../../../report/drift/document";
import { driftReport, type DriftReport, type DriftSource } from "../../../report/drift/report";
import type { FormatName } from "../../../report/writers";
import schema from "../../../schema/drift.schema.json";
import { exportOf, oneCopy, queue, queueUrn, table, tableUrn } from "../../support/driftStates";
import { faultsBy } from "../../support/publishedSchemas";
import { allWriters } from "../../support/writers";

const source: DriftSource = { kind: "states", desired: "a.json", actual: "b.json", stack: "prod", stateSha256: null };

function report(desired: readonly unknown[], actual: readonly unknown[], unread: readonly string[] = []): DriftReport {
  const detection = detectDrift({
    desired: readState(exportOf(...desired)),
    actual: readState(exportOf(...actual)),
    unread: unread.map((urn) => ({ urn, reason: "timeout" })),
    expected: [{ resource: "aws:sqs/*", property: "tags", reason: "By hand.", owner: "mail", expires: "2022-10-15" }],
    today: "2022-10-15",
    options: { inventory: {}, judge: {} },
  });
  return driftReport({ detection, source, notes: ["A note."], version: "1.0.0" });
}

const write = allWriters();

function written(format: FormatName, of: DriftReport): string {
  return write(format, driftDocument(of));
}

const none = report([table(), queue()], [table(), queue()]);
const odd = "<b>|`@x`\n# EOF";
const lost = report(
  [table(), queue()],
  [table(oneCopy), queue({ inputs: { delaySeconds: 5, tags: { team: "y" }, policy: odd } })],
);
const gone = report([table(), queue()], [table(), { ...queue(), urn: `${queueUrn}2` }]);
const partly = report([table(), queue()], [table(), queue()], [tableUrn]);
const all = { none, lost, gone, partly };

describe.each(Object.entries(all))("a report of %s", (_, each) => {
  test("is what schema/drift.schema.json says", () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
    expect(validate(JSON.parse(written("json", each))) ? [] : validate.errors).toEqual([]);
  });

  test("is SARIF 2.1.0 by its published schema", () => {
    expect(faultsBy("sarif")(JSON.parse(written("sarif", each)))).toEqual([]);
  });

  test("is well-formed XML whose counts are right", () => {
    const xml = written("junit", each);
    expect(XMLValidator.validate(xml)).toBe(true);
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: (name) => name === "testcase" || name === "testsuite",
    });
    const { testsuites } = parser.parse(xml) as {
      testsuites: Record<string, unknown> & { testsuite: { testcase: unknown[] }[] };
    };
    expect(testsuites["@_failures"]).toBe(String(each.summary.dangerous));
    expect(testsuites["@_errors"]).toBe(String(each.summary.couldNotTell));
    expect(testsuites["@_tests"]).toBe(String(testsuites.testsuite.flatMap(({ testcase }) => testcase).length));
  });

  test("is OpenMetrics: each family declared once before its samples, and an end", () => {
    const text = written("openmetrics", each);
    const lines = text.split("\n");
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
    const kinds = lines.slice(0, -2).map((line) => /^(?:# (TYPE|HELP) )?(duplex_drift_[a-z_]+)/.exec(line) ?? []);
    const types = kinds.filter(([, kind]) => kind === "TYPE").map(([, , name]) => name);
    expect(new Set(types).size).toBe(types.length);
    // The lines of a family follow its declaration, and no other's come between.
    const families = kinds.map(([, , name]) => name).filter((name, at, all) => name !== all[at - 1]);
    expect(families).toEqual(types);
    const samples = lines.slice(0, -2).filter((line) => !line.startsWith("#"));
    const odd = samples.filter((line) => !/^[a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\} \d+$/.test(line));
    expect(odd).toEqual([]);
  });
});

test("the metrics say the verdict, and who hangs on what", () => {
  const text = written("openmetrics", lost);
  expect(text).toContain('duplex_drift_resources{stack="prod",class="dangerous"} 1\n');
  expect(text).toContain('duplex_drift_verdict{stack="prod",verdict="lost"} 1\n');
  expect(text).toContain('duplex_drift_verdict{stack="prod",verdict="none"} 0\n');
  expect(text).toContain(
    'duplex_drift_lost_survival{stack="prod",service="ledger",tier="critical",domain="region:ap-northeast-2"} 1\n',
  );
  expect(text).toContain('duplex_drift_expected_changes{stack="prod"} 1\n');
});

test("a table for people: verdict, property from what to what, policy, fix", () => {
  const text = written("table", lost);
  expect(text).toMatch(/^SURVIVAL LOST BY DRIFT: 2 resources compared, drift: 1 dangerous, 1 cosmetic\.\n/);
  expect(text).toContain("delaySeconds: 0 → 5");
  expect(text).toContain('Service "ledger" (critical) now goes down when region:ap-northeast-2 is lost.');
  expect(text).toContain("DPX304 single-region:");
  expect(text).toContain(`Put it back: \`pulumi up --refresh -s prod --target ${tableUrn}\`.`);
  expect(text).toContain('Expected:\n  urn:pulumi:prod::shop::aws:sqs/queue:Queue::mail tags.team: "x" → "y"');
  expect(text.indexOf("dangerous urn")).toBeLessThan(text.indexOf("cosmetic urn"));
});

test("an object that no state knows can be imported, one that is gone made anew", () => {
  const text = written("table", gone);
  expect(text).toContain(`pulumi import -s prod aws:sqs/queue:Queue mail2 mail-id`);
  expect(text).toContain(`Make it anew: \`pulumi up --refresh -s prod --target ${queueUrn}\`.`);
});

test("Markdown keeps values from becoming markup", () => {
  const text = written("markdown", lost);
  expect(text).toMatch(/^<!-- duplex drift -->\n\n## ⛔ SURVIVAL LOST/);
  expect(text).toContain('- ``policy: (not set) → "<b>|`@x`\\n# EOF"``\n');
});

test("what could not be read is said, and no success is claimed", () => {
  expect(written("table", partly)).toContain(`Could not tell:\n  ${tableUrn}: timeout`);
  const sarif = JSON.parse(written("sarif", partly)) as { runs: { invocations: { executionSuccessful: boolean }[] }[] };
  expect(sarif.runs[0]?.invocations[0]?.executionSuccessful).toBe(false);
});

test("a fingerprint stays while the same property has drifted, whatever its value", () => {
  const print = (delaySeconds: number) => {
    const log = JSON.parse(written("sarif", report([queue()], [queue({ inputs: { delaySeconds } })]))) as {
      runs: { results: { partialFingerprints: Record<string, string> }[] }[];
    };
    return log.runs[0]?.results[0]?.partialFingerprints["duplexDrift/v1"];
  };
  expect(print(1)).toMatch(/^[0-9a-f]{64}$/);
  expect(print(1)).toBe(print(2));
});

test("a summary has a line for each resource, and no fix", () => {
  const text = written("summary", lost);
  expect(text.split("\n").slice(3)).toEqual([`dangerous ${tableUrn} (changed)`, `cosmetic ${queueUrn} (changed)`, ""]);
  expect(written("summary", partly)).toContain(`Could not tell:\n  ${tableUrn}: timeout`);
});

test("annotations say how grave each drift is, at the file that it was read from", () => {
  const lines = written("github", lost).trimEnd().split("\n");
  expect(lines.map((line) => line.slice(0, line.indexOf("::", 2)))).toEqual([
    "::notice title=duplex-drift",
    `::error file=a.json,title=dangerous%3A ${tableUrn.replaceAll(":", "%3A")}`,
    `::notice file=a.json,title=cosmetic%3A ${queueUrn.replaceAll(":", "%3A")}`,
  ]);
  expect(written("github", partly)).toContain(`::error file=a.json,title=Could not tell::${tableUrn}: timeout`);
});
