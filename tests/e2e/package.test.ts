/**
 * Duplex as a package: what `npm pack` writes is installed into an empty project in the form of Pulumi's own TypeScript
 * template, which then declares an estate, is type-checked, previewed with the policy pack, and judged, all of it from
 * node_modules alone.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { devDependencies, dependencies } from "../../package.json";
import { root, simulatedStack, type SimulatedStack } from "../support/engine";

jest.setTimeout(600_000);

/** As `pulumi new typescript` writes it. */
const templateOptions = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "commonjs",
  moduleResolution: "node",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

const program = `import * as aws from "@pulumi/aws";
import { Estate, estateOfStack, type ServiceSummary } from "duplex";

const estate = new Estate("estate", estateOfStack());
const notes = new aws.s3.Bucket("notes", {}, { parent: estate });
export const services: Readonly<Record<string, ServiceSummary>> = estate.services;
export const bucket = notes.bucket;
`;

const rule = `import { findingsIn, type Finding, type Policy } from "duplex/policies";

export const named: Policy = {
  name: "named-owner",
  code: "SHOP1",
  title: "Every service names its owner",
  family: "operations",
  severity: "low",
  rows: [],
  why: "Nobody was called.",
  proves: "Looks at each service's owner.",
  fix: { text: "Name an owner.", snippet: "" },
  levels: { critical: "mandatory", important: "mandatory", standard: "mandatory" },
  config: {},
  judge: ({ estate }) => estate.services.flatMap(({ id, replicas: [first] }) =>
    first === undefined ? [] : [{ verdict: "broken" as const, service: id, lost: [], urns: [first.urn], message: id }]),
};
export const found = (document: unknown): readonly Finding[] => findingsIn(named, { document });
`;

const site = (name: string, region: string, zones: string, carriers: readonly string[]) => ({
  kind: "cloud",
  name,
  region,
  zoneIds: [1, 2, 4].map((number) => `${zones}-az${number}`),
  operator: "aws",
  carriers,
  hazards: [`${name}-earthquake`],
});

const service = (name: string, more: object) => ({
  name,
  tier: "important",
  owner: "shop",
  statusPage: "status.example.net",
  peakRps: 400,
  unitRps: 100,
  objectives: { rto: "10m", rpo: "15m", leastShare: 1 },
  users: 1000,
  paid: true,
  outageCostPerHour: { amount: 1000, currency: "USD" },
  sites: ["seoul", "tokyo"],
  ...more,
});

const estate = {
  sites: [site("seoul", "ap-northeast-2", "apne2", ["kt", "lg-uplus"]), site("tokyo", "ap-northeast-1", "apne1", ["ntt", "kddi"])], // prettier-ignore
  tiers: {},
  dns: { domain: "shop.example", lastResort: ["203.0.113.10"] },
  images: { account: "111122223333", home: "seoul" },
  backups: { site: "tokyo", every: "1h", keepDays: 35 },
  services: [
    service("api", { data: { store: "dynamodb", sites: ["seoul", "tokyo"] } }),
    service("web", { dependencies: [{ anyOf: ["api"], strength: "hard" }] }),
  ],
};

let folder: string;
let stack: SimulatedStack;

function run(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: status ?? 1, stdout, stderr };
}

const inPackage = (...steps: readonly string[]) => path.join(folder, "node_modules", "duplex", ...steps);

beforeAll(async () => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "duplex-package-")));
  stack = await simulatedStack();
  const packed = spawnSync("npm", ["pack", "--pack-destination", folder, "--json"], { cwd: root, encoding: "utf8" });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const [tarball = ""] = fs.readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const write = (name: string, content: string | object) =>
    fs.writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  write("package.json", {
    name: "shop",
    main: "index.ts",
    private: true,
    devDependencies: { "@types/node": devDependencies["@types/node"], typescript: devDependencies.typescript },
    dependencies: {
      "@pulumi/pulumi": dependencies["@pulumi/pulumi"].replace("^", ""),
      "@pulumi/aws": dependencies["@pulumi/aws"].replace("^", ""),
      "@pulumi/kubernetes": dependencies["@pulumi/kubernetes"].replace("^", ""),
      duplex: `file:./${tarball}`,
    },
  });
  write("tsconfig.json", { compilerOptions: templateOptions, files: ["index.ts", "rule.ts"] });
  write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
  write("Pulumi.dev.yaml", stringify({ config: { "aws:region": "ap-northeast-2", "duplex:estate": estate } }));
  write("index.ts", program);
  write("rule.ts", rule);
  const installed = run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
  if (installed.code !== 0) throw new Error(installed.stderr);
});

afterAll(() => {
  stack.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

it("is type-checked under the template's own settings, libraries included", () => {
  expect(run("npx", "tsc", "--noEmit", "--pretty", "false")).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("is found by a module of either kind, by the names of its parts", () => {
  const printed = "console.log(typeof Estate, typeof findingsIn)";
  const asModule = `import { Estate } from "duplex"; import { findingsIn } from "duplex/policies"; ${printed}`;
  const asCommon = `const { Estate } = require("duplex"); const { findingsIn } = require("duplex/policies"); ${printed}`;
  for (const args of [
    ["--input-type=module", "-e", asModule],
    ["-e", asCommon],
  ])
    expect(run("node", ...args)).toEqual({ code: 0, stdout: "function function\n", stderr: "" });
});

it("shares the project's own Pulumi SDK", () => {
  expect(fs.existsSync(inPackage("node_modules", "@pulumi"))).toBe(false);
});

it("previews the estate under the policy pack that it carries, and judges the plan", async () => {
  await stack.init("dev", folder);
  const preview = await stack.pulumi("preview", "--json", "--show-sames", "-s", "dev", "--cwd", folder, "--policy-pack", inPackage("policies", "pulumi-analyzer-duplex")); // prettier-ignore
  expect(preview.stderr).not.toContain("error");
  expect(preview.code).toBe(0);
  fs.writeFileSync(path.join(folder, "preview.json"), preview.stdout);
  const judged = run("npx", "duplex", "check", "preview.json", "--format", "json");
  const report = JSON.parse(judged.stdout) as { verdict: string; findings: readonly { level: string }[] };
  expect(judged.code).toBe(2);
  expect(report.verdict).toBe("advice");
  expect(report.findings.filter(({ level }) => level === "mandatory")).toEqual([]);
});

it("refuses a mistake in the estate with its line, before anything is made, without a stack trace", () => {
  const file = path.join(folder, "Pulumi.dev.yaml");
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replace("tier: important", "tier: vital"));
  const { code, stderr } = run("npx", "duplex", "check", ".", "--stack", "dev");
  fs.writeFileSync(file, text);
  expect(code).toBe(1);
  expect(stderr).toContain("Pulumi.dev.yaml:");
  expect(stderr).not.toMatch(/^\s+at /m);
});
