#!/usr/bin/env node
"use strict";
/**
 * Runs the bundled command line. In a checkout the bundle is made first where a source is newer than it; a packaged
 * copy has no tools and runs what it carries.
 */
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const tools = join(root, "tools");
const bundle = join(root, "dist", "duplex.js");

async function run() {
  if (existsSync(join(tools, "build.js"))) {
    require(join(tools, "lib", "install.js")).ensureInstalled();
    await require(join(tools, "build.js")).ensureBuilt({ only: bundle });
  }
  if (existsSync(bundle)) {
    require(bundle);
  } else {
    process.stderr.write("dist/duplex.js is missing. Run `npm run build` in the checkout. [DPX090]\n");
    process.exitCode = 1;
  }
}

run().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
