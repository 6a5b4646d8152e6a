/** Where things are: inside the checkout, and in the user's cache for what several checkouts share. */
"use strict";
const os = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");

module.exports = {
  root,
  dist: path.join(root, "dist"),
  /** Everything that a run of the simulated cloud leaves behind; delete it to start from nothing. */
  simulated: path.join(root, ".duplex", "simulated"),
  engineCache: process.env.DUPLEX_ENGINE_CACHE || path.join(cacheHome, "duplex", "engine"),
  controlPlaneCache: process.env.DUPLEX_CONTROL_PLANE_CACHE || path.join(cacheHome, "duplex", "control-plane"),
};
