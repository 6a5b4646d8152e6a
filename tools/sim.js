/**
 * `node tools/sim.js REQUEST`: what `duplex sim up`, `preview` and `down` start, in a checkout and from a package. The
 * request is JSON: `{ "do": "up", "project": "/…", "stack": "prod", "policies": true }`.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { main } = require("./lib/say");

main(async () => {
  // A package carries what a checkout builds.
  if (fs.existsSync(path.join(__dirname, "build.js"))) await require("./build").ensureBuilt();
  const { do: action, ...request } = JSON.parse(process.argv[2]);
  const { up, preview, down } = require("./lib/simulate");
  return { up, preview, down }[action](request);
});
