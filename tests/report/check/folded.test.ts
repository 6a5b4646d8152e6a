/** What is read in a minute: findings by cause, the worst first, and no more lines than there are to read. */
import { checkDocument, type Positions } from "../../../report/check/document";
import type { CheckReport } from "../../../report/check/report";
import { finding, policies, report } from "../../support/checkReports";
import { allWriters } from "../../support/writers";

const written = allWriters();

const asking = (name: string, asksFor: string) => policies.slice(0, 1).map((policy) => ({ ...policy, name, asksFor }));
const withWords = [...policies, ...asking("undeclared-tier", "tier"), ...asking("undeclared-owner", "owner")];

function read(subject: CheckReport, positions?: Positions): readonly string[] {
  return written("table", checkDocument(subject, withWords, positions))
    .trimEnd()
    .split("\n");
}

const marked = (lines: readonly string[]) => lines.filter((line) => /^(?:refused|advice) /.test(line));

test("a loss is told once, at the part that limits, with all that hang on it", () => {
  const lines = read(
    report({
      findings: [
        finding(),
        finding({ service: "login", urns: ["urn:pulumi:dev::p::aws:ec2/instance:Instance::login"] }),
        finding({ policy: "single-power-domain", code: "DPX303", severity: "high" }),
      ],
    }),
  );
  expect(marked(lines)).toHaveLength(1);
  const at = lines.findIndex((line) => line.startsWith("refused DPX301 single-facility: "));
  expect(lines[at + 1]).toBe(
    "  Where: login (Instance login), messenger (login@pangyo); also DPX303 single-power-domain",
  );
  expect(lines[at + 2]).toBe("  Fix: Run login in a second building.");
});

test("the same policy on 45 resources is one entry, with the first names and a count", () => {
  const findings = Array.from({ length: 45 }, (_, index) =>
    finding({ ...{ policy: "dns-ttl", code: "DPX320", lost: [] }, service: `shop-${String(index).padStart(2, "0")}` }),
  );
  const lines = read(report({ findings }), () => ({ file: "index.ts", line: 41 }));
  expect(marked(lines)).toHaveLength(1);
  expect(lines).toContain("  Where: shop-00 index.ts:41, shop-01 index.ts:41, shop-02 index.ts:41 and 42 more");
});

test("what refuses stands above what advises, and what goes down above the rest", () => {
  const lines = marked(
    read(
      report({
        findings: [
          finding({ ...{ policy: "a", code: "DPX901", level: "advisory", lost: [] } }),
          finding({ ...{ policy: "b", code: "DPX902", lost: [] } }),
          finding({ ...{ policy: "c", code: "DPX903", severity: "low" } }),
        ],
        source: { kind: "state", path: "state.json", resources: 200 },
      }),
    ),
  );
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["DPX903", "DPX902", "DPX901"]);
});

test("a word that is missing is told last, whatever loss it is about", () => {
  const words = finding({ ...{ policy: "undeclared-owner", code: "DPX394", level: "advisory" } });
  const other = finding({ ...{ policy: "dns-ttl", code: "DPX320", level: "advisory", severity: "low", lost: [] } });
  const lines = marked(read(report({ verdict: "advice", findings: [words, other] })));
  expect(lines.map((line) => line.split(" ")[1])).toEqual(["DPX320", "DPX394"]);
});

describe("what is not written down", () => {
  const words = (services: readonly string[], tier: "critical" | "standard" = "standard") =>
    services.flatMap((service) =>
      [
        ["undeclared-tier", "DPX393"],
        ["undeclared-owner", "DPX394"],
      ].map(([policy = "", code = ""]) => finding({ policy, code, service, tier, lost: [], level: "advisory" })),
    );
  const all = ["messenger", "login", "ads"];

  test("is one line for a stack that says no tier", () => {
    const lines = read(report({ verdict: "advice", findings: words(all) }));
    expect(marked(lines)).toEqual([]);
    expect(lines).toContain(
      "Not written down yet: tier (3), owner (3). Begin with the tier: it says what is asked of a service.",
    );
  });

  test("is an entry for each policy as soon as one service says its tier", () => {
    expect(marked(read(report({ verdict: "advice", findings: words(all.slice(1)) })))).toHaveLength(2);
  });

  test("is an entry where it refuses", () => {
    const refusing = words(all).map((one) => ({ ...one, level: "mandatory" as const }));
    expect(marked(read(report({ findings: refusing })))).toHaveLength(2);
  });
});

test("keys and secrets have no row and no entry of their own, and are counted", () => {
  const whole = report({ verdict: "advice", findings: [finding({ service: "ads", lost: [], level: "advisory" })] });
  const rows = whole.survival.rows.map((row) => (row.service === "ads" ? { ...row, layer: "keys" as const } : row));
  const lines = read({ ...whole, survival: { ...whole.survival, rows } });
  expect(marked(lines)).toEqual([]);
  expect(lines).toContain("Of keys and secrets that no service is known to need: 1 finding, DPX301 single-facility");
  expect(lines.filter((line) => line.startsWith("ads "))).toEqual([]);
  expect(lines).toContain("(1 part that only others use)");
});

test("a key that refuses is told", () => {
  const whole = report({ findings: [finding({ service: "ads", lost: [] })] });
  const rows = whole.survival.rows.map((row) => (row.service === "ads" ? { ...row, layer: "keys" as const } : row));
  expect(marked(read({ ...whole, survival: { ...whole.survival, rows } }))).toHaveLength(1);
});

test.each([
  [10, 20],
  [200, 60],
  [5_000, 60],
])("a stack of %d resources is told in at most %d lines, whatever is found", (resources, most) => {
  const findings = Array.from({ length: 400 }, (_, index) =>
    finding({
      ...{ policy: `policy-${index % 80}`, code: `DPX${900 + (index % 80)}` },
      service: `s${index}`,
      lost: [],
    }),
  );
  const base = report({ source: { kind: "state", path: "state.json", resources }, findings, notes: ["One.", "Two."] });
  const [row] = base.survival.rows;
  const rows = row === undefined ? [] : findings.map((_, index) => ({ ...row, service: `s${index}` }));
  const notJudged = Array.from({ length: 50 }, (_, index) => ({ urn: `urn:${index}`, type: "t", reason: "Not read." }));
  const lines = read({ ...base, notJudged, survival: { ...base.survival, rows } });
  expect(lines.length).toBeLessThanOrEqual(most);
  expect(lines.length).toBeGreaterThan(most - 6);
  // A cut says how much it leaves out, and how to see it.
  expect(lines.join("\n")).toMatch(
    /… and \d+ more causes, \d+ of which refuse: policy|… and \d+ more causes, \d+ of which/,
  );
  expect(lines.join("\n")).toMatch(/… and \d+ more rows/);
  expect(lines.at(-1)).toMatch(/^Why, and the proof: `duplex explain DPX9\d\d state\.json`; everything: `--all`$/);
});

test("a path is quoted in what is to be typed, and left out where it cannot be", () => {
  const last = (path: string) => read(report({ source: { kind: "state", path, resources: 1 } })).at(-1);
  expect(last("my state.json")).toContain("`duplex explain DPX301 'my state.json'`");
  expect(last("a`id`\n.json")).toContain("`duplex explain DPX301`;");
});

test("nothing is said of more where there is nothing more", () => {
  const calm = report({ verdict: "survives", findings: [] });
  expect(read(calm).join("\n")).not.toContain("--all");
});

test("--all and --verbose fold nothing", () => {
  const document = checkDocument(report(), policies);
  for (const context of [{ all: true }, { verbose: true }]) {
    const text = written("table", document, context);
    expect(text).toContain("Weakest edge: messenger -> login (hard).");
    expect(text).not.toContain("… and");
  }
});
