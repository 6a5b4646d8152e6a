/** What a change breaks, beside the state, the plan or the commit that it starts from. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import type { CheckReport, ReportFinding } from "../../../report/check/report";
import { formatNames } from "../../../report/writers";
import { changeSince } from "../../../report/check/change";
import schema from "../../../schema/check.schema.json";
import { report } from "../../support/checkReports";
import { CommandLine } from "../../support/cli";

const site = (name: string, feed: string) => ({
  kind: "facility",
  name,
  region: `${name}-area`,
  operator: `${name}-dc`,
  powerFeeds: [`${feed}-a`, `${feed}-b`],
  carriers: [`${name}-line`],
  hazards: [`${name}-river`],
  batteryRoomsSeparated: true,
  batteryChemistry: "lead-acid",
  firePlanKeepsPower: true,
});
const sites = { sites: [site("ansan", "sadong"), site("wonju", "dongbu"), site("jeju", "samyang")] };

interface WebOptions {
  readonly tier?: string;
  readonly note?: string;
}

/** One Deployment of a service on one cluster. */
function web(name: string, replicas: number, { tier = "important", note = "" }: WebOptions = {}): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { duplex.dev/service: ${name}, duplex.dev/tier: ${tier} }
  annotations: { duplex.dev/peak-rps: "200", duplex.dev/unit-rps: "100", note: "${note}" }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: main, image: "images.example/${name}:1" }]
---
`;
}

let commandLine: CommandLine;
beforeEach(async () => {
  commandLine = new CommandLine();
  await commandLine.write("sites.json", sites);
});
afterEach(() => commandLine.remove());

type Files = Readonly<Record<string, string>>;

function folder(name: string, files: Files): string {
  mkdirSync(join(commandLine.folder, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(commandLine.folder, name, file), text);
  return name;
}

function compare(now: string, base: string, ...argv: readonly string[]) {
  return commandLine.duplex(["check", now, "--base", base, "--sites", "sites.json", ...argv]);
}

async function changeOf(now: string, base: string, ...argv: readonly string[]) {
  const answer = await compare(now, base, "--format", "json", ...argv);
  expect(answer.err).toBe("");
  const report = JSON.parse(answer.out) as CheckReport;
  if (report.change === undefined) throw new Error("The report says nothing of a change.");
  return { code: answer.code, report, change: report.change };
}

/** In two buildings, with room for the loss of either. */
const two: Files = { "ansan.yaml": web("shop", 2), "wonju.yaml": web("shop", 2) };
/** The same, and a service that stands in one building. */
const brown: Files = { "ansan.yaml": web("shop", 2) + web("mail", 2), "wonju.yaml": web("shop", 2) };

test("what was refused before is advice: a stack may be mended step by step", async () => {
  folder("old", brown);
  expect(await commandLine.duplex(["check", "old", "--sites", "sites.json"])).toMatchObject({ code: 3 });
  folder("new", { ...brown, "wonju.yaml": web("shop", 3) });
  const { code, change } = await changeOf("new", "old");
  expect(code).toBe(2);
  expect(change).toMatchObject({ failOn: "new", verdict: "advice", base: { path: "old" } });
  expect(change.findings.filter((finding) => finding.change !== "unchanged" && finding.change !== "better")).toEqual(
    [],
  );
});

test("--fail-on any refuses by what was there before, too", async () => {
  folder("old", brown);
  expect((await compare("old", "old", "--fail-on", "any")).code).toBe(3);
});

test("a service that loses its second building is refused, with what it was and what it is", async () => {
  folder("old", two);
  folder("new", { "ansan.yaml": web("shop", 4) });
  const { code, change } = await changeOf("new", "old");
  expect(code).toBe(3);
  expect(change.findings).toContainEqual(
    expect.objectContaining({ change: "new", policy: "single-facility", service: "shop", level: "mandatory" }),
  );
  const [shop] = change.services;
  expect(shop).toMatchObject({ service: "shop", change: "worse" });
  expect(shop?.cells.map(({ column, before, after }) => [column, before?.status, after?.status])).toEqual([
    ["ansan", "up", "down"],
  ]);
});

test("a new service that stands in one building is refused, and one that is gone is told", async () => {
  folder("old", brown);
  folder("new", { "ansan.yaml": web("shop", 2) + web("chat", 2), "wonju.yaml": web("shop", 2) });
  const { code, change } = await changeOf("new", "old");
  expect(code).toBe(3);
  expect(change.services.map(({ service, change: how }) => [service, how])).toEqual([
    ["chat", "new"],
    ["mail", "gone"],
  ]);
  expect(change.findings).toContainEqual(expect.objectContaining({ change: "gone", service: "mail" }));
});

test("a finding that begins to refuse is worse", async () => {
  folder("old", { "ansan.yaml": web("mail", 2, { tier: "standard" }) });
  folder("new", { "ansan.yaml": web("mail", 2, { tier: "important" }) });
  const { code, change } = await changeOf("new", "old");
  expect(code).toBe(3);
  expect(change.findings).toContainEqual(expect.objectContaining({ change: "worse", policy: "single-facility" }));
  const back = await changeOf("old", "new");
  expect(back.code).toBe(2);
  expect(back.change.findings).toContainEqual(expect.objectContaining({ change: "better", policy: "single-facility" }));
});

test("lines, order of documents and numbers in messages make no finding a new one", async () => {
  folder("old", { "ansan.yaml": web("shop", 2) + web("mail", 2) });
  folder("new", { "ansan.yaml": `# A comment\n${web("mail", 3, { note: "moved" })}${web("shop", 3)}` });
  const { change } = await changeOf("new", "old");
  expect(change.findings.filter(({ change: how }) => how === "new" || how === "gone")).toEqual([]);
});

test.each([["two", two], ["brown", brown]] as const)("of itself, %s is neither better nor worse", async (_, files) => {
  folder("same", files);
  const { change, report } = await changeOf("same", "same");
  expect(change.services).toEqual([]);
  expect(new Set(change.findings.map(({ change: how }) => how))).toEqual(new Set(["unchanged"]));
  expect(change.findings).toHaveLength(report.findings.length);
}); // prettier-ignore

test("the answer is as the schema says, and every format writes it", async () => {
  folder("old", two);
  folder("new", { "ansan.yaml": web("shop", 4) + web("mail", 1) });
  const ajv = new Ajv({ allErrors: true });
  addFormats(ajv);
  const { report } = await changeOf("new", "old");
  expect(ajv.validate(schema, report)).toBe(true);
  for (const format of formatNames) {
    const answer = await compare("new", "old", "--format", format);
    expect({ format, ...answer }).toMatchObject({ format, code: 3, err: "" });
  }
});

test("a comment tells what the change does, and annotations only what is new", async () => {
  folder("old", brown);
  folder("new", { "ansan.yaml": web("shop", 4) + web("mail", 2) });
  const comment = (await compare("new", "old", "--format", "markdown")).out;
  expect(comment).toMatch(/^## ⛔ REFUSED BY WHAT IS NEW: /m);
  expect(comment).toMatch(/\| shop \(important\) \| .*worse \| ansan \| up 100% \| down 0% never \|/);
  expect(comment).toMatch(/As in the base: \d+ findings, /);
  const annotations = (await compare("new", "old", "--format", "github")).out;
  expect(annotations).toContain("single-facility%3A shop");
  expect(annotations).not.toContain("mail");
  const sarif = JSON.parse((await compare("new", "old", "--format", "sarif")).out) as {
    runs: readonly { results: readonly { baselineState: string; level: string; properties: { service: string } }[] }[];
  };
  const results = sarif.runs[0]?.results ?? [];
  expect(new Set(results.map(({ baselineState }) => baselineState))).toEqual(new Set(["new", "unchanged", "absent"]));
  // What stood there before is no error.
  expect(results.filter(({ baselineState, level }) => baselineState === "unchanged" && level === "error")).toEqual([]);
});

test("before the first deployment all is new", async () => {
  await commandLine.write("empty.json", { version: 3, deployment: { manifest: {}, resources: [] } });
  folder("new", brown);
  const { code, change } = await changeOf("new", "empty.json");
  expect(code).toBe(3);
  expect(new Set(change.findings.map(({ change: how }) => how))).toEqual(new Set(["new"]));
  expect(change.services.map(({ change: how }) => how)).toEqual(["new", "new"]);
});

describe("findings are told apart by their resource", () => {
  const finding = (resource: string, changes: Partial<ReportFinding> = {}): ReportFinding => ({
    ...{ policy: "dns-ttl", code: "DPX334", severity: "high", level: "mandatory", verdict: "broken", tier: "critical" },
    ...{ service: "shop", lost: [], message: `Of ${resource}.`, fix: "", rows: [], urns: [resource], properties: [] },
    outcome: null,
    ...changes,
  });
  const source = { kind: "state", path: "old", resources: 1 } as const;
  const survival = { columns: [], rows: [] };
  const told = (before: readonly ReportFinding[], after: readonly ReportFinding[]) => {
    const now = { ...report(), verdict: "refused", survival, findings: after } as const;
    return changeSince({ source, findings: before, survival }, now, "new");
  };
  const ways = (before: readonly ReportFinding[], after: readonly ReportFinding[]) =>
    told(before, after).findings.map(({ change, message }) => `${change} ${message}`);

  test("a new one that is listed first does not take the place of one that was there", () => {
    expect(ways([finding("m")], [finding("a", { level: "advisory" }), finding("m")])).toEqual([
      "new Of a.",
      "unchanged Of m.",
    ]);
    expect(told([finding("m")], [finding("a", { level: "advisory" }), finding("m")]).verdict).toBe("advice");
  });

  test("one resource mended and another one broken is a new finding", () => {
    expect(ways([finding("a")], [finding("b")])).toEqual(["new Of b.", "gone Of a."]);
    expect(told([finding("a")], [finding("b")]).verdict).toBe("refused");
  });

  test("what a loss does is one finding, whichever resource stands first", () => {
    const lost = ["facility:ansan"] as const;
    expect(ways([finding("a", { lost })], [finding("b", { lost })])).toEqual(["unchanged Of b."]);
    expect(ways([finding("a", { urns: ["a", "b"] })], [finding("b")])).toEqual(["unchanged Of b."]);
  });
});

describe("a commit as the base", () => {
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.net", ...args], { cwd: commandLine.folder });

  beforeEach(() => {
    git("init", "--quiet", "--initial-branch=main");
    folder("k8s", two);
    git("add", "k8s");
    git("commit", "--quiet", "-m", "two buildings");
    folder("k8s", { "wonju.yaml": web("other", 2) });
    folder(".", { "untracked.yaml": web("other", 2) });
  });

  test("is read out of git, for a folder and for one of its files", async () => {
    const { code, change } = await changeOf("k8s", "git:main");
    expect(code).toBe(3);
    expect(change.base).toMatchObject({ kind: "manifests", path: "git:main:k8s" });
    expect(change.services).toContainEqual(expect.objectContaining({ service: "shop", change: "worse" }));
    const file = await changeOf("k8s/ansan.yaml", "git:HEAD");
    expect(file.change.services).toEqual([]);
  });

  test.each([
    ["git:nowhere", "k8s", "there is no commit of that name"],
    ["git:--upload-pack=x", "k8s", "there is no commit of that name"],
    ["git:main", "untracked.yaml", "did not match any files"],
  ])("%s of %s is a mistake that is told", async (base, path, reason) => {
    const { code, err } = await compare(path, base);
    expect(code).toBe(1);
    expect(err).toContain(reason);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test("no program of a commit is run", async () => {
    folder("project", { "Pulumi.yaml": "name: p\nruntime: nodejs\n", "index.js": "", "package.json": "{}" });
    const { code, err } = await compare("project", "git:main");
    expect(code).toBe(1);
    expect(err).not.toBe("");
  });
});

test("standard input has no commit", async () => {
  const argv = ["check", "-", "--base", "git:main", "--sites", "sites.json"];
  const { code, err } = await commandLine.duplex(argv, { input: web("shop", 2) });
  expect(code).toBe(1);
  expect(err).toContain("PATH is no file and no folder");
});

test("--fail-on new asks since when", async () => {
  folder("old", two);
  const answer = await commandLine.duplex(["check", "old", "--fail-on", "new", "--sites", "sites.json"]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain("--base");
});
