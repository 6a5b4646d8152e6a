/** Where things are: inside the checkout or package, and in the user's cache for what several checkouts share. */
"use strict";
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");

/** Everything that runs of a project's simulated cloud leave behind; delete it to start from nothing. */
const simulatedIn = (project) => path.join(project, ".duplex", "simulated");

module.exports = {
  root,
  dist: path.join(root, "dist"),
  simulatedIn,
  simulated: simulatedIn(root),
  engineCache: process.env.DUPLEX_ENGINE_CACHE || path.join(cacheHome, "duplex", "engine"),
  controlPlaneCache: process.env.DUPLEX_CONTROL_PLANE_CACHE || path.join(cacheHome, "duplex", "control-plane"),
};
