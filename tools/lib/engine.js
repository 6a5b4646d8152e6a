/**
 * Finds the Pulumi engine: one on PATH that is new enough, else one built earlier, else one built now from the Go
 * modules that tools/engine/ pins by go.sum. Nothing is downloaded but Go modules.
 */
"use strict";
const { spawnSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { buildGo, buildOnce, goVersion } = require("./goBuild");
const { root, engineCache } = require("./paths");
const { say, ToolError } = require("./say");

/** Version that is built. */
const built = "3.259.0";
/** The oldest that starts a policy pack which is an executable. */
const oldest = "3.255.0";

const modules = [
  {
    folder: "cli",
    binary: "pulumi",
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${built}`,
  },
  {
    folder: "language",
    binary: "pulumi-language-nodejs",
    // The host itself stands behind a script that hands it the project's options.
    output: "pulumi-language-nodejs-host",
    script: "pulumi-language-nodejs.sh",
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: "-s -w",
  },
];

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (let place = 0; place < 3; place++) if (a[place] !== b[place]) return a[place] < b[place];
  return false;
}

/** Folders of PATH in which both the CLI and its Node language host stand. */
function onPath() {
  for (const folder of (process.env.PATH || "").split(path.delimiter)) {
    const files = modules.map((module) => path.join(folder, module.binary));
    if (!folder || !files.every((file) => fs.existsSync(file))) continue;
    const result = spawnSync(files[0], ["version"], {
      encoding: "utf8",
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
    });
    const version = (result.stdout || "").trim().replace(/^v/, "");
    if (result.status !== 0 || !/^\d+\.\d+\.\d+/.test(version)) continue;
    if (isOlder(version, oldest)) {
      say(`Pulumi ${version} on PATH is older than ${oldest}; looking for another.`);
      continue;
    }
    return { folder, version };
  }
  return undefined;
}

/** Where the built engine is kept: by version, platform and the very module list that it is built from. */
function cacheFolder() {
  const hash = crypto.createHash("sha256");
  for (const module of modules) {
    const sources = ["go.mod", "go.sum"].map((file) => path.join(module.folder, file));
    for (const file of [...sources, ...(module.script ? [module.script] : [])])
      hash.update(fs.readFileSync(path.join(root, "tools", "engine", file)));
  }
  return path.join(engineCache, `${built}-${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 12)}`);
}

/**
 * The folder that holds `pulumi` and its Node language host, to be put first on PATH.
 *
 * @throws ToolError with the one line that says what to install, where neither Pulumi nor Go is there
 */
async function ensureEngine() {
  const found = onPath();
  if (found) return found;
  const folder = cacheFolder();
  if (modules.every((module) => fs.existsSync(path.join(folder, module.binary)))) return { folder, version: built };
  if (!goVersion()) {
    throw new ToolError(
      `Neither Pulumi ${oldest} or newer nor Go is on PATH: install Pulumi (https://www.pulumi.com/docs/install) ` +
        "or Go 1.21+ (https://go.dev/dl), then run this again.",
    );
  }
  say(`Building the Pulumi engine ${built} from its Go modules, once (about five minutes on two cores) …`);
  await buildOnce(folder, async (partial) => {
    for (const module of modules) {
      const output = path.join(partial, module.output ?? module.binary);
      const cwd = path.join(root, "tools", "engine", module.folder);
      await buildGo({ what: module.binary, cwd, packages: [module.main], ldflags: module.ldflags, output });
      if (!module.script) continue;
      const script = path.join(partial, module.binary);
      fs.copyFileSync(path.join(root, "tools", "engine", module.script), script);
      fs.chmodSync(script, 0o755);
    }
  });
  say(`The engine is built and kept in ${folder}.`);
  return { folder, version: built };
}

module.exports = { ensureEngine };
