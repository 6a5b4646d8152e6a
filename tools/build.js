/** Bundles what is started as a process of its own: the command line, the simulated cloud and the policy pack. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { root, dist } = require("./lib/paths");

/** `main` with the folders that it is built from (itself included). */
const bundles = [
  {
    main: "cli/main.ts",
    out: path.join(dist, "duplex.js"),
    from: ["cli", "report", "policies", "inventory", "estate", "model"],
    external: ["@pulumi/*", "esbuild", "tsx"],
  },
  { main: "simulator/main.ts", out: path.join(dist, "simulator.js"), from: ["simulator"], external: ["lmdb"] },
  {
    main: "policies/main.ts",
    out: path.join(root, "policies", "bin", "index.js"),
    from: ["policies", "inventory", "estate", "model"],
    external: ["@pulumi/*"],
  },
];

/** Newest change below a folder, in milliseconds; deletions count through the folder's own time. */
function newest(folder) {
  let latest = fs.statSync(folder).mtimeMs;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "bin" || entry.name === "node_modules") continue;
    const file = path.join(folder, entry.name);
    const time = entry.isDirectory() ? newest(file) : fs.statSync(file).mtimeMs;
    if (time > latest) latest = time;
  }
  return latest;
}

function isStale(bundle) {
  if (!fs.existsSync(bundle.out)) return true;
  const built = fs.statSync(bundle.out).mtimeMs;
  const changed = ["package.json", "package-lock.json"].some(
    (file) => fs.statSync(path.join(root, file)).mtimeMs > built,
  );
  if (changed) return true;
  return bundle.from.some((folder) => newest(path.join(root, folder)) > built);
}

/**
 * Builds the stale bundles, or `options.only` of them; each appears whole or not at all, so that processes
 * may start side by side.
 */
function ensureBuilt(options = {}) {
  const wanted = bundles.filter((bundle) => options.only === undefined || bundle.out === options.only);
  const stale = wanted.filter((bundle) => options.force || isStale(bundle));
  if (stale.length === 0) return [];
  const { buildSync } = require("esbuild");
  for (const bundle of stale) {
    const started = new Date();
    const partial = `${bundle.out}.${process.pid}.tmp`;
    fs.mkdirSync(path.dirname(bundle.out), { recursive: true });
    buildSync({
      entryPoints: [path.join(root, bundle.main)],
      outfile: partial,
      bundle: true,
      platform: "node",
      target: "node20",
      external: bundle.external,
      logLevel: "error",
      legalComments: "none",
    });
    fs.utimesSync(partial, started, started);
    fs.renameSync(partial, bundle.out);
  }
  return stale.map((bundle) => path.relative(root, bundle.out));
}

module.exports = { ensureBuilt };

if (require.main === module) {
  require("./lib/install").ensureInstalled();
  const built = ensureBuilt({ force: process.argv.includes("--force") });
  process.stderr.write(built.length ? `Built ${built.join(", ")}.\n` : "Everything is built.\n");
}
