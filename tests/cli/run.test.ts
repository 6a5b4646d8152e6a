import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "../../package.json";
import { catalogue } from "../../policies/catalogue";
import { EstateJudge } from "../support/cli";

let estateJudge: EstateJudge;
beforeEach(() => {
  estateJudge = new EstateJudge();
});
afterEach(() => estateJudge.remove());

test("prints its version", async () => {
  expect(await estateJudge.duplex(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test.each(
  [["--help"], ["check", "--help"], ["policies", "--help"], ["estate", "validate", "--help"]].map((argv) => [argv]),
)("%j: help on standard output, with an example", async (argv) => {
  const answer = await estateJudge.duplex(argv);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(/Examples?:\n {2}\$ /);
});

test.each([[["--help"]], [["check", "--help"]], [["estate", "validate", "--help"]]])(
  "%j tells the exit codes",
  async (argv) => {
    expect((await estateJudge.duplex(argv)).out).toMatch(/Exit codes:/);
  },
);

test("without a command prints the help on standard error, and cannot judge", async () => {
  const answer = await estateJudge.duplex([]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toContain("Usage: duplex");
});

test.each([
  [["chek"], /Unknown command 'chek'. Did you mean check\?/],
  [["check"], /found neither\. Give a PATH/],
  [["check", "a", "b"], /Too many arguments/],
  [["check", "a", "--colour"], /Unknown option '--colour'/],
  [["check", "a", "--format", "xml"], /argument 'xml' is invalid. Allowed choices are table, summary, json/],
  [["check", "a", "--timeout", "-1"], /argument '-1' is invalid. It must be a number of seconds/],
  [["estate"], /The command is not complete/],
])("%j is a mistake of usage", async (argv, message) => {
  const answer = await estateJudge.duplex(argv);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(message);
});

test("lists every policy, for people and as JSON", async () => {
  const json = await estateJudge.duplex(["policies", "--format", "json"]);
  const list = JSON.parse(json.out) as { name: string; fix: { text: string } }[];
  expect(list.map((policy) => policy.name).sort()).toEqual(catalogue.map((policy) => policy.name).sort());
  const text = await estateJudge.duplex(["policies"]);
  for (const policy of list) expect(text.out).toContain(policy.fix.text);
  expect([json.code, text.code]).toEqual([0, 0]);
});

test("validates an estate", async () => {
  const answer = await estateJudge.duplex(["estate", "validate", join(__dirname, "../../Pulumi.prod.yaml")]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(/is valid: 7 sites, 8 services/);
});

test("tells every mistake of an estate in one run", async () => {
  await estateJudge.write("Pulumi.dev.yaml", "config:\n  duplex:estate:\n    sites: 3\n    services: []\n");
  const answer = await estateJudge.duplex(["estate", "validate", "Pulumi.dev.yaml"]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err.trim().split("\n").length).toBeGreaterThanOrEqual(3);
  expect(answer.err).toMatch(/^Pulumi\.dev\.yaml:3 sites/m);
});

test("a defect keeps its stack trace and asks to be reported", async () => {
  const out = () => {
    throw new Error("the pipe burst");
  };
  const answer = await estateJudge.duplex(["policies"], { out });
  expect(answer.code).toBe(1);
  expect(answer.err).toMatch(/Please report it.*\nError: the pipe burst\n\s+at /);
});

test("the launcher's bundle runs the same command line, a project's program included", () => {
  const folder = mkdtempSync(join(tmpdir(), "duplex-bundle-"));
  const root = join(__dirname, "../..");
  const outfile = join(folder, "duplex.js");
  buildSync({
    ...{ entryPoints: [join(root, "cli/main.ts")], outfile, bundle: true, platform: "node", target: "node20" },
    ...{ external: ["@pulumi/*", "esbuild", "tsx"], logLevel: "error" },
  });
  // Packages that are not bundled are found where a checkout has them.
  const env = { ...process.env, NODE_PATH: join(root, "node_modules") };
  const duplex = (...argv: string[]) => spawnSync(process.execPath, [outfile, ...argv], { encoding: "utf8", env });
  try {
    expect(duplex("--version")).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
    expect(duplex("check", join(root, "tests/fixtures/programs/two-sites"))).toMatchObject({
      status: 2,
      stderr: "",
      stdout: expect.stringMatching(/^SURVIVES, WITH ADVICE: 1 service judged/) as string,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
