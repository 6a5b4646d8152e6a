/**
 * A project's own simulated cloud: the real engine brings one of its stacks up there, shows what it would do, and takes
 * it down again. Nothing of the project is changed; all that a run leaves behind is in its folder .duplex.
 */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { simulatedEnvironment } = require("./cloud");
const { ensureEngine } = require("./engine");
const { root, dist, simulatedIn } = require("./paths");
const { say, ToolError } = require("./say");
const { simulatedEngine } = require("./stack");

const pack = path.join(root, "policies", "pulumi-analyzer-duplex");

/**
 * The command line, on the project.
 *
 * @param {readonly string[]} args
 * @param {{ project?: string, quiet?: boolean }} options
 * @returns {number} its exit code
 */
function duplex(args, { project = root, quiet = false } = {}) {
  const { status, error } = spawnSync(process.execPath, [path.join(dist, "duplex.js"), ...args], {
    cwd: project,
    stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
  });
  if (error) throw error;
  return status ?? 1;
}

/** What is written of a stack; nothing where it has no file. */
function settingsOf({ project, stack }) {
  const file = path.join(project, `Pulumi.${stack}.yaml`);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** Stops with all mistakes of the estate, where the stack has one, before the engine is started. */
function validate(request) {
  if (!/^\s*["']?duplex:estate["']?:/m.test(settingsOf(request))) return;
  const file = `Pulumi.${request.stack}.yaml`;
  if (duplex(["estate", "validate", file], { project: request.project, quiet: true }) !== 0)
    throw new ToolError(`Nothing was changed: correct ${file} and run this again.`);
}

function stacksOf(engine) {
  const known = engine.capture(["stack", "ls", "--json"]);
  if (known.status !== 0) throw new ToolError(`The engine does not start:\n${known.stderr}`);
  return JSON.parse(known.stdout).map(({ name }) => name);
}

function ensureStack(engine, stack) {
  if (stacksOf(engine).includes(stack)) return;
  const made = engine.capture(["stack", "init", stack]);
  if (made.status !== 0) throw new ToolError(`The stack ${stack} could not be made:\n${made.stderr}`);
  const tagged = engine.capture(["stack", "tag", "set", "duplex:cloud", "SIMULATED", "-s", stack]);
  if (tagged.status !== 0) throw new ToolError(`The stack ${stack} could not be tagged SIMULATED:\n${tagged.stderr}`);
}

/** The engine on the project's simulated cloud, with the stack made. */
async function opened(request, doing) {
  const engine = await ensureEngine();
  validate(request);
  const folder = simulatedIn(request.project);
  fs.mkdirSync(folder, { recursive: true });
  // Whatever the project's repository ignores: a simulated state is nothing to commit.
  fs.writeFileSync(path.join(folder, ".gitignore"), "*\n");
  const simulated = simulatedEngine(simulatedEnvironment(engine, folder, request.project), folder, request.project);
  say(`SIMULATED cloud, engine ${engine.version}: ${doing} stack ${request.stack}${underPack(request)}.`);
  ensureStack(simulated, request.stack);
  return simulated;
}

const underPack = ({ policies }) => (policies ? " with the policy pack enforced" : "");
const flagsOf = ({ policies, refresh }) => [
  ...(refresh ? ["--refresh"] : []),
  ...(policies ? ["--policy-pack", pack] : []),
];

/** The verdict on the stack as it runs, by the settings under which the pack has just judged it. */
function show(engine, { project, stack }) {
  const file = path.join(engine.folder, `${stack}.json`);
  const exported = engine.capture(["stack", "export", "-s", stack, "--file", file]);
  if (exported.status !== 0) throw new ToolError(`The state could not be read:\n${exported.stderr}`);
  process.stdout.write(`\nSIMULATED: stack ${stack}, as it runs now\n`);
  // An export holds none of the stack's configuration.
  const configuration = /^config:/m.test(settingsOf({ project, stack }))
    ? ["--stack-config", `Pulumi.${stack}.yaml`]
    : [];
  return duplex(["check", file, ...configuration, "--format", "summary", "--allow-empty", "--allow-advice"], {
    project,
  });
}

/**
 * Brings the stack up and shows who survives what.
 *
 * @param {{ project: string, stack: string, policies: boolean, refresh?: boolean }} request
 * @returns {Promise<number>} 0, or the exit code of the check
 */
async function up(request) {
  const engine = await opened(request, "bringing up");
  const code = await engine.pulumi(["up", "-s", request.stack, "--yes", ...flagsOf(request)]);
  if (code !== 0) throw new ToolError(`pulumi up ended with code ${code}; what it refused stands above.`);
  return show(engine, request);
}

/** Shows what the engine would do; with `json` as the one document that `duplex check` takes. */
async function preview(request) {
  const engine = await opened(request, "previewing");
  const form = request.json ? ["--json", "--show-sames"] : [];
  const code = await engine.pulumi(["preview", "-s", request.stack, ...form, ...flagsOf(request)]);
  if (code !== 0) throw new ToolError(`pulumi preview ended with code ${code}; what it refused stands above.`);
  return 0;
}

/** Destroys the stack and forgets it; with `force` the whole simulated cloud goes, whatever protects its parts. */
async function down(request) {
  const folder = simulatedIn(request.project);
  if (request.force) {
    fs.rmSync(folder, { recursive: true, force: true });
    say("The simulated cloud of the project is thrown away, with all of its stacks.");
    return 0;
  }
  if (!fs.existsSync(folder)) throw new ToolError("The project has no simulated cloud: there is nothing to take down.");
  const engine = await opened(request, "destroying");
  const code = await engine.pulumi(["destroy", "-s", request.stack, "--yes"]);
  if (code !== 0) {
    throw new ToolError(
      `pulumi destroy ended with code ${code}; what stands in its way stands above. ` +
        "`duplex sim down --force` throws the whole simulated cloud away, protected or not.",
    );
  }
  const removed = engine.capture(["stack", "rm", request.stack, "--yes", "--preserve-config"]);
  if (removed.status !== 0) throw new ToolError(`The stack ${request.stack} could not be removed:\n${removed.stderr}`);
  return 0;
}

module.exports = { duplex, up, preview, down };
