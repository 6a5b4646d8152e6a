#!/usr/bin/env node
"use strict";
/**
 * Runs the bundled command line. In a checkout the bundle is made first where a source is newer than it; a packaged
 * copy has no tools and runs what it carries.
 */
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const build = join(root, "tools", "build.js");
const bundle = join(root, "dist", "duplex.js");

if (existsSync(build)) require(build).ensureBuilt();
if (existsSync(bundle)) {
  require(bundle);
} else {
  process.stderr.write("dist/duplex.js is missing. Run `npm run build` in the checkout. [DPX090]\n");
  process.exitCode = 1;
}
