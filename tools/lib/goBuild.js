/** Builds programs from the Go modules that a folder's go.sum pins, once, into the user's cache. */
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { progress, ToolError } = require("./say");

function goVersion() {
  const result = spawnSync("go", ["version"], { encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs `go build -v`, which names each package that it compiles, and shows how far it is.
 *
 * @param what name of what is built, for messages
 * @param output file, or with several packages a folder that ends in a slash
 */
function buildGo({ what, cwd, packages, ldflags, output }) {
  const env = { ...process.env, GOFLAGS: "-mod=readonly -buildvcs=false", CGO_ENABLED: "0" };
  const show = progress();
  show.update(`Fetching the modules of ${what} …`);
  const list = spawnSync("go", ["list", "-deps", ...packages], { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 });
  if (list.status !== 0) {
    show.end();
    return Promise.reject(new ToolError(`The modules of ${what} could not be fetched:\n${list.stderr}`));
  }
  const total = list.stdout.trim().split("\n").length;
  return new Promise((resolve, reject) => {
    const go = spawn("go", ["build", "-v", "-trimpath", "-ldflags", ldflags, "-o", output, ...packages], {
      cwd,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let compiled = 0;
    let tail = "";
    go.stderr.on("data", (chunk) => {
      const text = String(chunk);
      compiled += text.split("\n").length - 1;
      tail = (tail + text).slice(-4000);
      show.update(`Building ${what}: ${compiled} of at most ${total} packages …`);
    });
    go.on("error", reject);
    go.on("close", (code) => {
      show.end();
      if (code === 0) resolve();
      else reject(new ToolError(`go build of ${what} ended with code ${code}:\n${tail}`));
    });
  });
}

/**
 * Builds into a folder of its own and moves it to its place whole, so that nobody ever finds half of it.
 *
 * @param fill writes what belongs into the folder that it is given
 */
async function buildOnce(folder, fill) {
  const parent = path.dirname(folder);
  fs.mkdirSync(parent, { recursive: true });
  const partial = fs.mkdtempSync(path.join(parent, ".building-"));
  try {
    await fill(partial);
    try {
      fs.renameSync(partial, folder);
    } catch (error) {
      // Another process has finished the same build meanwhile.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    }
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

module.exports = { goVersion, buildGo, buildOnce };
