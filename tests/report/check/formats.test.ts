import Ajv from "ajv";
import addFormats from "ajv-formats";
import { checkDocument } from "../../../report/check/document";
import type { CheckReport } from "../../../report/check/report";
import { formatNames, type FormatName } from "../../../report/writers";
import schema from "../../../schema/check.schema.json";
import { finding, policies, report } from "../../support/checkReports";
import { allWriters } from "../../support/writers";

const written = allWriters();

function render(name: FormatName, subject: CheckReport = report(), width = 120, colour = false): string {
  return written(name, checkDocument(subject, policies), { width, colour });
}

const validate = addFormats(new Ajv({ strict: true, allowUnionTypes: true })).compile(schema);

const exemption = {
  ...{ policy: "dns-ttl", owner: "edge", reason: "The old resolver caches.", ticket: "OPS-7", expires: "2022-10-14" },
};

describe.each(formatNames)("%s", (name) => {
  test("ends with a line break and is the same for the same report", () => {
    expect(render(name)).toMatch(/[^\n]\n$/);
    expect(render(name)).toBe(render(name));
  });

  test("names the finding, its service and, where there is room for it, the fix", () => {
    const text = render(name);
    const fix = ["summary", "openmetrics", "csv"].includes(name) ? [] : ["Run login in a second building."];
    for (const part of ["single-facility", "messenger", ...fix]) expect(text).toContain(part);
  });

  test("renders an estate without services or findings", () => {
    const empty = report({ verdict: "survives", findings: [] });
    expect(render(name, { ...empty, survival: { columns: [], rows: [] } })).not.toBe("");
  });
});

describe("summary", () => {
  test("has one line a policy, with every service that it speaks of", () => {
    const findings = ["login", "messenger"].map((service) => finding({ service }));
    const lines = render("summary", report({ findings })).split("\n");
    expect(lines.filter((line) => line.includes("DPX301"))).toEqual([
      "refused DPX301 single-facility: login, messenger (incident 1, K1)",
    ]);
  });
});

describe("json", () => {
  test("keeps to the published schema, in every shape of report", () => {
    const covered = finding({ policy: "dns-ttl", message: "Too long." });
    const shapes = [
      report(),
      report({ verdict: "survives", findings: [] }),
      report({ findings: [finding({ service: undefined, lost: [], properties: undefined })] }),
      report({ exemptions: [exemption], exempted: [{ finding: covered, exemption }], notes: ["A note."] }),
    ];
    for (const shape of shapes) {
      validate(JSON.parse(render("json", shape)));
      expect(validate.errors).toBeNull();
    }
  });

  test("has one finding a line where there are more than a thousand, and says the same", () => {
    const many = report({
      findings: Array.from({ length: 1_001 }, (_, index) => finding({ message: `No ${index}.` })),
    });
    const text = render("json", many);
    expect(text.split("\n").filter((line) => /^ {4}\{"policy":"single-facility".*"No \d+\."/.test(line))).toHaveLength(
      1_001,
    );
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(many)));
  });

  test("says never as null, and names the chain to the weakest service", () => {
    const [first] = report().findings;
    expect(first?.outcome).toMatchObject({
      status: "down",
      rtoSeconds: null,
      weakest: "login",
      weakestEdges: ["messenger -> login (hard)"],
    });
  });

  test("lists exemptions, the expired ones as such, with what they cover", () => {
    const covered = finding({ policy: "dns-ttl", message: "Too long." });
    const { exemptions } = report({ exemptions: [exemption], exempted: [{ finding: covered, exemption }] });
    expect(exemptions).toMatchObject([
      { ...exemption, service: null, expired: true, covers: ["Too long."], findings: [{ code: "DPX301" }] },
    ]);
  });

  test("lets an exemption hold on its last day", () => {
    expect(report({ exemptions: [{ ...exemption, expires: "2022-10-15" }] }).exemptions[0]?.expired).toBe(false);
  });
});

describe("table", () => {
  test("puts the verdict first, then what it was read from", () => {
    expect(render("table").split("\n").slice(0, 2)).toEqual([
      "REFUSED: 3 services judged, 1 finding refuses, 1 advises; 1 resource is not judged.",
      "state.json, stack prod, 12 resources",
    ]);
  });

  test("tells what is lost, what is left, and the weakest edge", () => {
    const text = written("table", checkDocument(report(), policies), { all: true });
    expect(text).toContain("Without facility:pangyo: down, nothing of the peak is served.");
    expect(text).toContain("Weakest edge: messenger -> login (hard).");
  });

  test("does not say that all is served after the loss of which a finding warns", () => {
    const findings = [
      finding({ service: "messenger", lost: ["facility:nowhere"], message: "The data is in one account." }),
    ];
    const text = written("table", checkDocument(report({ findings }), policies), { all: true });
    expect(text).toContain("The data is in one account.");
    expect(text).not.toContain("Without facility:nowhere");
  });

  test.each([60, 80, 100, 200])("keeps the table within %d columns", (width) => {
    const table =
      render("table", report(), width).split("served, and time until then")[1]?.split("Not judged:")[0] ?? "";
    const lines = table.split("\n").slice(2);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    for (const site of ["anyang", "pangyo", "seoul, one zone", "seoul, all"]) expect(table).toContain(site);
  });

  test("colours only when asked to", () => {
    // eslint-disable-next-line no-control-regex
    const escapes = /\u001b\[/;
    expect(render("table")).not.toMatch(escapes);
    expect(render("table", report(), 120, true)).toMatch(escapes);
  });
});

describe("openmetrics", () => {
  test("counts findings, and says what each service serves without each site", () => {
    const lines = render("openmetrics").split("\n");
    for (const line of [
      'duplex_check_findings{stack="prod",level="mandatory",tier="critical"} 1',
      'duplex_check_findings{stack="prod",level="mandatory",tier="standard"} 0',
      'duplex_check_policy_findings{stack="prod",level="advisory",policy="dns-ttl"} 1',
      'duplex_check_not_judged_resources{stack="prod"} 1',
      'duplex_check_served_share{stack="prod",service="messenger",tier="critical",lost="pangyo"} 0',
      'duplex_check_served_share{stack="prod",service="messenger",tier="critical",lost="anyang"} 1',
      'duplex_check_recovery_seconds{stack="prod",service="messenger",tier="critical",lost="anyang"} 60',
      'duplex_check_verdict{stack="prod",verdict="refused"} 1',
      'duplex_check_verdict{stack="prod",verdict="survives"} 0',
    ]) {
      expect(lines).toContain(line);
    }
    // Nothing is said of when a service is back that never is.
    expect(lines.filter((line) => /recovery_seconds\{.*"messenger".*"pangyo"/.test(line))).toEqual([]);
  });

  test("counts exemptions that have expired", () => {
    const text = render("openmetrics", report({ exemptions: [exemption] }));
    expect(text).toContain('duplex_check_expired_exemptions{stack="prod"} 1\n');
  });
});

describe("sarif", () => {
  interface Log {
    runs: { tool: { driver: { rules: { id: string }[] } }; results: Result[] }[];
  }
  interface Result {
    ruleId: string;
    ruleIndex: number;
    level: string;
    partialFingerprints: Record<string, string>;
    locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
  }
  const parsed = (subject?: CheckReport) => (JSON.parse(render("sarif", subject)) as Log).runs[0];

  test("points each result at its rule", () => {
    const run = parsed();
    expect(run?.results.map((result) => [result.ruleId, result.level])).toEqual([
      ["DPX301", "error"],
      ["DPX320", "warning"],
    ]);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    }
  });

  test("keeps the fingerprint when only the message changes, and changes it with the loss", () => {
    const print = (changes: Parameters<typeof finding>[0]) =>
      parsed(report({ findings: [finding(changes)] }))?.results[0]?.partialFingerprints["duplexFinding/v1"];
    expect(print({ message: "Other words." })).toBe(print({}));
    expect(print({ lost: ["facility:anyang"] })).not.toBe(print({}));
  });

  test.each([
    ["program", "./stacks/my stack/", "stacks/my%20stack/Pulumi.yaml"],
    ["state", "state.json", "state.json"],
    ["state", "<stdin>", "stdin"],
  ] as const)("places a %s read from %s at %s", (kind, path, uri) => {
    const run = parsed(report({ source: { kind, path, resources: 1 } }));
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
  });
});

describe("names from the stack cannot change the format", () => {
  const hostile = 'a|b <script>\n::error::x ]]> "quoted" `code` @team \u0000 %0A';
  const subject = report({ findings: [finding({ message: hostile, urns: [hostile] })] });

  test("github: one command a line", () => {
    const lines = render("github", subject).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^::(notice|error|warning) /);
    expect(lines[1]).toContain("\\n::error::x");
    expect(lines[1]).toContain("%250A");
  });

  test("junit: no markup, no control characters", () => {
    const xml = render("junit", subject);
    expect(xml).toContain("&lt;script&gt;");
    expect(xml).not.toContain("\u0000");
    expect(xml).not.toMatch(/<script>/);
  });

  test("markdown: no markup, no table cell, no mention", () => {
    const text = render("markdown", subject);
    expect(text).toContain("a\\|b &lt;script>");
    expect(text).toContain("@\u200bteam");
  });
});

test("junit: mandatory findings fail, advice passes, what is not judged is skipped", () => {
  const xml = render("junit");
  expect(xml).toMatch(/<testsuites [^>]*tests="3" failures="1" skipped="1" errors="0">/);
  expect(xml).toMatch(/<testcase classname="dns-ttl" name="messenger"><system-out>/);
  expect(xml).toMatch(/<testcase classname="not-judged" [^>]*><skipped message="No reader knows it."\/>/);
});

test("junit: a policy without findings is a case that passes", () => {
  expect(render("junit", report({ findings: [] }))).toContain('<testcase classname="dns-ttl" name="holds"/>');
});

test("markdown: stays below what a comment may hold, and says what was left out", () => {
  const many = Array.from({ length: 500 }, (_, index) => finding({ message: `Finding ${index}: ${"x".repeat(300)}` }));
  const text = render("markdown", report({ findings: many }));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/_… and \d+ more findings: see/);
  expect(text).toContain("### Not judged");
});
