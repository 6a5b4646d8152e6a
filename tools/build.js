/** Bundles what is started as a process of its own: the command line, the simulated cloud and the policy pack. */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { root, dist } = require("./lib/paths");

/**
 * Leaves the serializer of functions out of the Pulumi SDK: it loads the whole of TypeScript, and of npm's package
 * tree, at every start, for dynamic providers and Lambda callbacks that a policy pack cannot have.
 */
const withoutClosures = {
  name: "without-closures",
  setup(build) {
    const sdk = `${path.join("@pulumi", "pulumi")}${path.sep}`;
    build.onResolve({ filter: /\/closure\// }, ({ path: name, importer }) =>
      importer.includes(sdk) ? { path: name, namespace: "left-out" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Libraries that most commands do without. Half of the command line's code is theirs. */
const libraries = ["@grpc/grpc-js", "yaml", "zod"];

/** A library's file beside the bundle. */
const apart = (library) => `./apart/${library.replace(/\W+/g, "-").replace(/^-/, "")}.js`;

/** Leaves those libraries in files of their own, so that Node compiles one only where a command asks for it. */
const librariesApart = {
  name: "libraries-apart",
  setup(build) {
    build.onResolve({ filter: /^[@\w]/ }, ({ path: name, importer }) => {
      const isOurs = !importer.includes(`${path.sep}node_modules${path.sep}`);
      return isOurs && libraries.includes(name) ? { path: apart(name), external: true } : undefined;
    });
  },
};

/**
 * Tables of the registries as text that is parsed: V8 reads JSON faster than the same data as code, at every start
 * (https://v8.dev/blog/cost-of-javascript-2019#json).
 */
const tablesParsed = {
  name: "tables-parsed",
  setup(build) {
    build.onLoad({ filter: /inventory.(?:aws|kubernetes).\w+.(?:types|kinds)\.json$/ }, ({ path: file }) => {
      const table = JSON.stringify(JSON.parse(fs.readFileSync(file, "utf8")));
      return { contents: `export default JSON.parse(${JSON.stringify(table)});`, loader: "js" };
    });
  },
};

/** What is built of `main` or `contents`, with the folders that it is built from (itself included). */
const bundles = [
  // Before the command line, which stands for them too: `of` is the bundle that asks for them.
  ...libraries.map((library) => ({
    contents: `export * from ${JSON.stringify(library)};`,
    out: path.join(dist, apart(library)),
    of: path.join(dist, "duplex.js"),
    from: [],
    external: [],
  })),
  {
    main: "cli/main.ts",
    out: path.join(dist, "duplex.js"),
    from: ["cli", "report", "drift", "policies", "inventory", "plan", "estate", "survival", "model", "lib"],
    // The solver reads its WebAssembly from beside its own file.
    external: ["@pulumi/*", "esbuild", "highs", "tsx"],
    plugins: [librariesApart, tablesParsed],
  },
  { main: "simulator/main.ts", out: path.join(dist, "simulator.js"), from: ["simulator"], external: ["lmdb"] },
  {
    main: "policies/pack/main.ts",
    out: path.join(root, "policies", "bin", "index.js"),
    from: ["policies", "inventory", "estate", "survival", "model", "lib"],
    external: ["esbuild"],
    plugins: [withoutClosures, tablesParsed],
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
  const changed = ["package.json", "package-lock.json", "tools/build.js"].some(
    (file) => fs.statSync(path.join(root, file)).mtimeMs > built,
  );
  if (changed) return true;
  return bundle.from.some((folder) => newest(path.join(root, folder)) > built);
}

/**
 * Builds the stale bundles, or `options.only` of them; each appears whole or not at all, so that processes
 * may start side by side.
 *
 * @returns {Promise<string[]>} the files that were built, relative to the project
 */
async function ensureBuilt(options = {}) {
  const isWanted = ({ out, of }) => options.only === undefined || [out, of].includes(options.only);
  const wanted = bundles.filter(isWanted);
  const stale = wanted.filter((bundle) => options.force || isStale(bundle));
  if (stale.length === 0) return [];
  for (const bundle of stale) {
    const started = new Date();
    const partial = `${bundle.out}.${process.pid}.tmp`;
    fs.mkdirSync(path.dirname(bundle.out), { recursive: true });
    await build(bundle, partial);
    fs.utimesSync(partial, started, started);
    fs.renameSync(partial, bundle.out);
  }
  return stale.map((bundle) => path.relative(root, bundle.out));
}

async function build(bundle, outfile) {
  await require("esbuild").build({
    ...(bundle.contents === undefined
      ? { entryPoints: [path.resolve(root, bundle.main)] }
      : { stdin: { contents: bundle.contents, resolveDir: root } }),
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    external: bundle.external,
    plugins: bundle.plugins,
    logLevel: "error",
    legalComments: "none",
  });
}

/** Bundles the entry of a policy pack in the way of our own; a benchmark sets a pack that does nothing beside ours. */
function buildPack(main, out) {
  return build({ main, external: [], plugins: [withoutClosures] }, out);
}

/**
 * Bundles what is nobody's process, such as a program or a part that a benchmark calls; packages are found beside
 * `out`.
 */
function buildAlone(main, out) {
  return build({ main, external: ["@pulumi/*", "lmdb"] }, out);
}

/**
 * Compiles what programs import (components, the form of a policy) with its types, into dist/library: what a package
 * carries. Whatever was there is replaced whole.
 */
function buildLibrary() {
  const library = path.join(dist, "library");
  fs.rmSync(library, { recursive: true, force: true });
  const compiler = require.resolve("typescript/bin/tsc");
  const { status, error } = spawnSync(process.execPath, [compiler, "-p", path.join(root, "tsconfig.library.json")], {
    cwd: root,
    stdio: "inherit",
  });
  if (error) throw error;
  if (status !== 0) throw new Error("The library could not be compiled: see above.");
}

module.exports = { ensureBuilt, buildPack, buildAlone };

if (require.main === module) {
  const { main, say } = require("./lib/say");
  main(async () => {
    require("./lib/install").ensureInstalled();
    const built = await ensureBuilt({ force: process.argv.includes("--force") });
    if (process.argv.includes("--library")) {
      buildLibrary();
      built.push("dist/library");
    }
    say(built.length ? `Built ${built.join(", ")}.` : "Everything is built.");
  });
}
