/** The composite action's steps, run with bash and the command line as a runner would run them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { oneBuildingState, pangyoSite } from "../support/states";
import { root, textOf, type Step } from "./support";

const action = parse(textOf("action.yml")) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};
const judge = action.runs.steps.find(({ id }) => id === "check");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duplex action "));
  writeFileSync(join(folder, "state.json"), JSON.stringify(oneBuildingState()));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the step "Judge" with these inputs, and the defaults of the others. */
function run(inputs: Readonly<Record<string, string>>) {
  const values: Record<string, string> = { "github.action_path": root };
  for (const [name, input] of Object.entries(action.inputs)) values[`inputs.${name}`] = inputs[name] ?? input.default;
  const given = Object.entries(judge?.env ?? {}).map(([name, text]) => [
    name,
    text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => values[expression] ?? ""),
  ]);
  const [output, summary] = [join(folder, "output"), join(folder, "summary")];
  const ended = spawnSync("bash", ["-c", judge?.run ?? "exit 99"], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      ...(Object.fromEntries(given) as Record<string, string>),
      GITHUB_ACTION_PATH: root,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return { code: ended.status, out: ended.stdout, err: ended.stderr, output: read(output), summary: read(summary) };
}

function settings(levels: Readonly<Record<string, string>>): string {
  writeFileSync(join(folder, "policy.json"), JSON.stringify({ ...levels, estate: { sites: [pangyoSite] } }));
  return "policy.json";
}

test("a refusal fails the step, annotates, and leaves all reports", () => {
  const answer = run({ path: "state.json", config: settings({}) });
  // A checkout may tell that it builds itself first.
  expect(answer.err).not.toMatch(/DPX\d|error/i);
  expect(answer).toMatchObject({ code: 3, output: "verdict=refused\n" });
  expect(answer.out).toMatch(/^::error .*single-facility/m);
  expect(answer.summary).toContain("<!-- duplex check -->");
  for (const file of ["duplex.json", "duplex.sarif", "duplex.xml", "comment.md"]) {
    expect(readFileSync(join(folder, "duplex-reports", file), "utf8")).toContain("single-facility");
  }
});

test.each([
  ["refused", 0],
  ["advice", 2],
])("advice ends the step with fail-on %s with %d", (failOn, code) => {
  const answer = run({ path: "state.json", config: settings({ all: "advisory" }), "fail-on": failOn });
  expect(answer).toMatchObject({ code, output: "verdict=advice\n" });
});

test("code scanning is given what speaks: nothing that somebody has taken", () => {
  const exemption = { policy: "single-facility", service: "messenger", expires: "2999-12-31" };
  const taken = { ...exemption, owner: "core", reason: "A second one is built.", ticket: "OPS-1" };
  const estate = { sites: [pangyoSite], exemptions: [taken] };
  writeFileSync(join(folder, "policy.json"), JSON.stringify({ estate }));
  run({ path: "state.json", config: "policy.json" });
  const codesIn = (file: string): readonly string[] => {
    const text = readFileSync(join(folder, "duplex-reports", file), "utf8");
    const log = JSON.parse(text) as { runs: [{ results: { ruleId: string }[] }] };
    return log.runs[0].results.map(({ ruleId }) => ruleId);
  };
  expect(codesIn("duplex.sarif")).toContain("DPX301");
  expect(codesIn("code-scanning.sarif")).toEqual(codesIn("duplex.sarif").filter((code) => code !== "DPX301"));
});

test("what a checkout brought along is not taken for an answer", () => {
  mkdirSync(join(folder, "duplex-reports"));
  writeFileSync(join(folder, "duplex-reports", "comment.md"), "All is well.");
  const answer = run({ path: "absent.json" });
  expect(answer).toMatchObject({ code: 1, output: "", summary: "" });
  expect(answer.err).toContain("[DPX002]");
});

test("inputs are data: no command, no option, no second line of output", () => {
  const hostile = '--output=stolen $(touch stolen) `touch stolen`; touch stolen "\nverdict=survives';
  const answer = run({ path: hostile, stack: hostile, reports: "reports $(touch stolen)" });
  expect(answer).toMatchObject({ code: 1, output: "" });
  expect(existsSync(join(folder, "stolen"))).toBe(false);
});

test("a wrong fail-on is told, and nothing is judged", () => {
  const answer = run({ path: "state.json", "fail-on": "never\n::set-output name=x::y" });
  expect(answer).toMatchObject({ code: 1, output: "" });
  expect(answer.out).toMatch(/^::error title=duplex::The input fail-on .*\n$/);
});

test("the pre-commit hook's command is one that the command line takes", () => {
  const [hook] = parse(textOf(".pre-commit-hooks.yaml")) as [{ entry: string; args: string[] }];
  const [name, ...argv] = [...hook.entry.split(" "), ...hook.args];
  const bin = (JSON.parse(textOf("package.json")) as { bin: Record<string, string> }).bin[name ?? ""] ?? "";
  const project = spawnSync("node", [join(root, bin), ...argv], {
    cwd: join(root, "examples", "pangyo-2022"),
    encoding: "utf8",
  });
  expect(project.status).toBe(3);
  expect(project.stdout).toContain("REFUSED");
});
