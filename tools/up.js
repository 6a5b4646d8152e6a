/**
 * `npm run up`: brings the production estate up on the simulated cloud through the real Pulumi engine, with the policy
 * pack enforced, then shows who survives the loss of which facility, beside the layout of 2022.
 */
"use strict";
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root } = require("./lib/paths");
const { main, ToolError } = require("./lib/say");

main(async () => {
  ensureInstalled();
  await require("./build").ensureBuilt();
  const { duplex, up } = require("./lib/simulate");
  const code = await up({ project: root, stack: "prod", policies: true });
  process.stdout.write(`\nFor comparison, the layout of 2022 (examples/pangyo-2022), which the policies refuse\n`);
  const then = duplex(["check", path.join("examples", "pangyo-2022"), "--format", "summary"]);
  if (then !== 3) throw new ToolError(`The layout of 2022 must be refused, but the check ended with ${then}.`);
  return code;
});
