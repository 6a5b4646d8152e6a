import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { parse as parseYaml, stringify } from "yaml";
import { commands as addCommands } from "../../cli/commands";
import type { Io } from "../../cli/io";
import { buildProgram } from "../../cli/run";
import { version } from "../../package.json";
import { catalogue } from "../../policies/catalogue";
import { CommandLine } from "../support/cli";

let commandLine: CommandLine;
beforeEach(() => {
  commandLine = new CommandLine();
});
afterEach(() => commandLine.remove());

test("prints its version", async () => {
  expect(await commandLine.duplex(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

/** Every command, with what is below it: `check`, `drift`, `drift merge`. */
const commands = ((): readonly (readonly string[])[] => {
  const namesOf = ({ commands: inner }: Command, above: readonly string[]): string[][] =>
    inner.flatMap((each) => [[...above, each.name()], ...namesOf(each, [...above, each.name()])]);
  const io = { out: () => undefined, err: () => undefined } as Partial<Io> as Io;
  return namesOf(buildProgram(io, { code: 0 }), []);
})();

test("the program has every command of the list", () => {
  expect(commands.filter(({ length }) => length === 1)).toHaveLength(addCommands.length);
});

test.each(commands.map((command) => [command]))("%j --help says what it does", async (command) => {
  const answer = await commandLine.duplex([...command, "--help"]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(new RegExp(`^Usage: duplex ${command.join(" ")} .*\n\n[a-z]`));
});

test.each(
  [["--help"], ["check", "--help"], ["policies", "--help"], ["estate", "validate", "--help"]].map((argv) => [argv]),
)("%j: help on standard output, with an example", async (argv) => {
  const answer = await commandLine.duplex(argv);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(/Examples?:\n {2}\$ /);
});

test.each([[["--help"]], [["check", "--help"]], [["estate", "validate", "--help"]]])(
  "%j tells the exit codes",
  async (argv) => {
    expect((await commandLine.duplex(argv)).out).toMatch(/Exit codes:/);
  },
);

test("an example of the help begins with no command that is not there", async () => {
  const { out } = await commandLine.duplex(["--help"]);
  const [, examples = ""] = /Examples:\n([\s\S]*?)\n\n/.exec(out) ?? [];
  const called = [...examples.matchAll(/duplex ([a-z-]+)/g)].map(([, name]) => name);
  expect(called.length).toBeGreaterThan(5);
  const names = commands.map(([name]) => name);
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
});

test("without a command prints the help on standard error, and cannot judge", async () => {
  const answer = await commandLine.duplex([]);
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
  const answer = await commandLine.duplex(argv);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toMatch(message);
});

test("lists every policy, for people and as JSON", async () => {
  const json = await commandLine.duplex(["policies", "--format", "json"]);
  const list = JSON.parse(json.out) as { name: string; fix: { text: string } }[];
  expect(list.map((policy) => policy.name).sort()).toEqual(catalogue.map((policy) => policy.name).sort());
  const text = await commandLine.duplex(["policies"]);
  for (const policy of list) expect(text.out).toContain(policy.fix.text);
  expect([json.code, text.code]).toEqual([0, 0]);
});

test("lists them in a line each, and for a page of docs", async () => {
  const lines = (await commandLine.duplex(["policies", "--format", "summary"])).out.trim().split("\n");
  const [first] = [...catalogue].sort((a, b) => (a.code < b.code ? -1 : 1));
  expect(lines[0]).toBe(`${first?.code} ${first?.name}: ${first?.title}`);
  expect(lines).toHaveLength(catalogue.length + 2);
  const page = (await commandLine.duplex(["policies", "--format", "markdown"])).out;
  expect(page.match(/^### DPX\d{3} /gm)).toHaveLength(catalogue.length);
});

test("validates an estate", async () => {
  const answer = await commandLine.duplex(["estate", "validate", join(__dirname, "../../Pulumi.prod.yaml")]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(/is valid: 7 sites, 8 services/);
});

test("advises where a cloud site starts by an image from outside", async () => {
  const text = await readFile(join(__dirname, "../../Pulumi.prod.yaml"), "utf8");
  const config = parseYaml(text) as { config: { "duplex:estate": Record<string, unknown> } };
  delete config.config["duplex:estate"]["images"];
  await commandLine.write("Pulumi.dev.yaml", stringify(config));
  const answer = await commandLine.duplex(["estate", "validate", "Pulumi.dev.yaml"]);
  expect(answer).toMatchObject({ code: 0, err: "" });
  expect(answer.out).toMatch(/^Advice: "\S+" in \S+ pulls registry\.\S+:stable over the internet/m);
});

test("tells every mistake of an estate in one run", async () => {
  await commandLine.write("Pulumi.dev.yaml", "config:\n  duplex:estate:\n    sites: 3\n    services: []\n");
  const answer = await commandLine.duplex(["estate", "validate", "Pulumi.dev.yaml"]);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err.trim().split("\n").length).toBeGreaterThanOrEqual(3);
  expect(answer.err).toMatch(/^Pulumi\.dev\.yaml:3 sites/m);
});

test("a defect keeps its stack trace and asks to be reported", async () => {
  const out = () => {
    throw new Error("the pipe burst");
  };
  const answer = await commandLine.duplex(["policies"], { out });
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
