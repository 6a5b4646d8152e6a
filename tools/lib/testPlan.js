/** Which tests `npm test` runs for its arguments, and what has to be built for them. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The tests of a path that exists, as a pattern that matches nothing else; tests/ mirrors the folders of the code. */
function patternOf(file, home) {
  const relative = path.relative(home, file);
  if (relative.startsWith("..")) return undefined;
  const isTest = relative === "tests" || relative.startsWith(`tests${path.sep}`);
  const place = isTest ? file : path.join(home, "tests", relative);
  if (fs.statSync(file).isDirectory()) return `^${literal(place)}/`;
  return isTest ? `^${literal(place)}$` : `^${literal(place.slice(0, -path.extname(place).length))}\\.`;
}

/**
 * Arguments for jest. Files and folders go first, as patterns of their own: behind an option that takes a list, such as
 * `--selectProjects`, jest would take them for a part of the list.
 *
 * @param {readonly string[]} args
 * @param {readonly string[]} from folders against which a path may be meant
 * @param {string} home the project's folder
 * @returns {string[]}
 */
function arrange(args, from, home) {
  const patterns = [];
  const others = [];
  args.forEach((arg, index) => {
    const isValue = args[index - 1]?.startsWith("-") && !args[index - 1].includes("=");
    const file =
      arg.startsWith("-") || isValue ? undefined : from.map((each) => path.resolve(each, arg)).find(fs.existsSync);
    const pattern = file && patternOf(file, home);
    if (pattern) patterns.push(pattern);
    else others.push(arg);
  });
  const saysWorkers = others.some((arg) => /^(--maxWorkers|-w|-i|--runInBand)\b/.test(arg));
  return [...patterns, ...others, ...(saysWorkers ? [] : ["--maxWorkers=2"])];
}

/** What these tests need beside the packages: an engine, a control plane of Kubernetes. */
function needsOf(files, home) {
  const isIn = (folder) => files.some((file) => file.startsWith(path.join(home, "tests", folder) + path.sep));
  return { engine: isIn("e2e"), controlPlane: isIn("scheduler") };
}

module.exports = { arrange, needsOf };
