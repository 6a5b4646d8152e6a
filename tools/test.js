/**
 * `npm test`: every test, or those of the files and folders that are given; other arguments go to jest. Builds an
 * engine or a control plane only where one of these tests drives it. The last line is `N passed, N failed`.
 */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root } = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");
const { arrange, needsOf } = require("./lib/testPlan");

function jest(args, options) {
  return spawnSync(process.execPath, [require.resolve("jest/bin/jest"), ...args], { cwd: root, ...options });
}

/** Files of the tests that jest would run with these arguments. */
function listed(args) {
  const { status, stdout, stderr } = jest([...args, "--listTests", "--json"], { encoding: "utf8", maxBuffer: 1 << 26 });
  const line = stdout.split("\n").find((each) => each.startsWith("["));
  if (line === undefined) throw new ToolError(`jest ended with code ${status} before it had run a test.\n${stderr}`);
  return JSON.parse(line);
}

/** Builds what these tests need, and says with what they are run. */
async function prepare(files) {
  const needs = needsOf(files, root);
  const parts = [];
  if (needs.engine) {
    const { version } = await require("./lib/engine").ensureEngine();
    await require("./build").ensureBuilt();
    parts.push(`Pulumi ${version}`);
  }
  if (needs.controlPlane) {
    const { version } = await require("./lib/controlPlane").ensureControlPlane();
    parts.push(`Kubernetes ${version}`);
  }
  const where = parts.length === 0 ? "" : ` with ${parts.join(" and ")}`;
  say(`Testing ${files.length} ${files.length === 1 ? "file" : "files"}${where}.`);
}

function run(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-test-"));
  try {
    const results = path.join(folder, "results.json");
    const { status } = jest([...args, "--json", `--outputFile=${results}`], {
      stdio: ["inherit", "ignore", "inherit"],
    });
    if (!fs.existsSync(results)) throw new ToolError(`jest ended with code ${status} before it had run a test.`);
    const found = JSON.parse(fs.readFileSync(results, "utf8"));
    process.stdout.write(
      `${found.numPassedTests} passed, ${found.numFailedTests + found.numRuntimeErrorTestSuites} failed\n`,
    );
    if (found.numTotalTests === 0) throw new ToolError("No test was run.");
    return status ?? 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main(async () => {
  ensureInstalled();
  const given = process.argv.slice(2);
  const args = arrange(given, [process.env.INIT_CWD ?? root, root], root);
  const files = listed(args);
  if (files.length === 0)
    throw new ToolError(`No test matches ${given.join(" ")}: give files or folders below tests/.`);
  await prepare(files);
  return run(args);
});
