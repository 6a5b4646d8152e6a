/** `node tools/simulated.js COMMAND ARGS…`: a command with the simulated cloud behind every engine that it starts. */
"use strict";
const { spawnSync } = require("node:child_process");
const { ensureInstalled } = require("./lib/install");
const { main, say, ToolError } = require("./lib/say");

main(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) throw new ToolError("Give a command to run: node tools/simulated.js COMMAND ARGS…");
  ensureInstalled();
  await require("./build").ensureBuilt();
  const engine = await require("./lib/engine").ensureEngine();
  const env = require("./lib/cloud").simulatedEnvironment(engine);
  say("SIMULATED cloud: nothing real is read or changed.");
  const { status, error } = spawnSync(command, args, { env, stdio: "inherit" });
  if (error) throw new ToolError(`${command} could not be started: ${error.message}.`);
  return status ?? 1;
});
