/** `npm run -s pulumi -- ARGS`: the Pulumi engine on the simulated cloud. */
"use strict";
const { ensureInstalled } = require("./lib/install");
const { main, say } = require("./lib/say");

main(async () => {
  ensureInstalled();
  await require("./build").ensureBuilt();
  const engine = await require("./lib/engine").ensureEngine();
  const { simulatedEnvironment } = require("./lib/cloud");
  const { simulatedEngine } = require("./lib/stack");
  say("SIMULATED cloud: nothing real is read or changed.");
  return simulatedEngine(simulatedEnvironment(engine)).pulumi(process.argv.slice(2));
});
