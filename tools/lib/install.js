/** Installs the packages of the lockfile when they are missing or older than it. Needs nothing but Node and npm. */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { admits, inWords } = require("./nodeVersion");
const { root } = require("./paths");
const { say, ToolError } = require("./say");

/** True where node_modules holds what the lockfile asks for, as npm itself recorded it. */
function installed() {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!fs.existsSync(record)) return false;
  return fs.statSync(record).mtimeMs >= fs.statSync(path.join(root, "package-lock.json")).mtimeMs;
}

/** True where node_modules is a link: its packages belong to another checkout, whose folder npm would empty first. */
function linked() {
  return fs.lstatSync(path.join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/**
 * Makes sure that the packages are there.
 *
 * @throws ToolError where package.json does not admit this Node, or npm fails
 */
function ensureInstalled() {
  if (!admits(process.versions.node)) {
    throw new ToolError(`Node ${process.versions.node} does not run Duplex: install Node ${inWords()}, or newer.`);
  }
  if (linked() || installed()) return;
  say("Installing the packages of package-lock.json (about half a minute) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (result.error) throw new ToolError(`npm could not be started: ${result.error.message}.`);
  if (result.status !== 0) throw new ToolError(`npm ci ended with code ${result.status}; its message stands above.`);
  const now = new Date();
  fs.utimesSync(path.join(root, "node_modules", ".package-lock.json"), now, now);
}

module.exports = { ensureInstalled };
