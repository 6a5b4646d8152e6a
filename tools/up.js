/**
 * `npm run up`: brings the production estate up on the simulated cloud through the real Pulumi engine, with the policy
 * pack enforced, then shows who survives the loss of which facility, beside the layout of 2022.
 */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root, dist, simulated } = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");

const stack = "prod";
const pack = path.join(root, "policies", "pulumi-analyzer-duplex");

function duplex(args, options = {}) {
  return spawnSync(process.execPath, [path.join(dist, "duplex.js"), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
}

/** Stops with all mistakes of the estate's file before the engine is started. */
function validate() {
  const result = duplex(["estate", "validate", `Pulumi.${stack}.yaml`], { stdio: ["ignore", "ignore", "inherit"] });
  if (result.status !== 0) throw new ToolError(`Nothing was changed: correct Pulumi.${stack}.yaml and run this again.`);
}

function ensureStack(engine) {
  const known = engine.capture(["stack", "ls", "--json"]);
  if (known.status !== 0) throw new ToolError(`The engine does not start:\n${known.stderr}`);
  if (JSON.parse(known.stdout).some((each) => each.name === stack)) return;
  const made = engine.capture(["stack", "init", stack]);
  if (made.status !== 0) throw new ToolError(`The stack ${stack} could not be made:\n${made.stderr}`);
  const tagged = engine.capture(["stack", "tag", "set", "duplex:cloud", "SIMULATED", "-s", stack]);
  if (tagged.status !== 0) throw new ToolError(`The stack ${stack} could not be tagged SIMULATED:\n${tagged.stderr}`);
}

function show(engine) {
  const file = path.join(simulated, `${stack}.json`);
  const exported = engine.capture(["stack", "export", "-s", stack, "--file", file]);
  if (exported.status !== 0) throw new ToolError(`The state could not be read:\n${exported.stderr}`);
  process.stdout.write(`\nSIMULATED: stack ${stack}, as it runs now\n`);
  // Under the settings by which the pack has just let it pass: an export holds none of the stack's configuration.
  const ours = duplex(["check", file, "--stack-config", `Pulumi.${stack}.yaml`, "--format", "summary"]);
  process.stdout.write(`\nFor comparison, the layout of 2022 (examples/pangyo-2022), which the policies refuse\n`);
  const then = duplex(["check", path.join("examples", "pangyo-2022"), "--format", "summary"]);
  if (then.status !== 3)
    throw new ToolError(`The layout of 2022 must be refused, but the check ended with ${then.status}.`);
  // Advice is shown, and is no reason to call the update a failure.
  return ours.status === 2 ? 0 : ours.status;
}

main(async () => {
  ensureInstalled();
  const engine = await require("./lib/engine").ensureEngine();
  await require("./build").ensureBuilt();
  validate();
  const { simulatedEnvironment } = require("./lib/cloud");
  const { simulatedEngine } = require("./lib/stack");
  const simulatedCloud = simulatedEngine(simulatedEnvironment(engine));
  fs.mkdirSync(simulated, { recursive: true });
  say(`SIMULATED cloud, engine ${engine.version}: bringing stack ${stack} up with the policy pack enforced.`);
  ensureStack(simulatedCloud);
  const code = await simulatedCloud.pulumi(["up", "-s", stack, "--yes", "--policy-pack", pack]);
  if (code !== 0) throw new ToolError(`pulumi up ended with code ${code}; what it refused stands above.`);
  return show(simulatedCloud);
});
