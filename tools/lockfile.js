/**
 * Completes package-lock.json after `npm install`: npm leaves out an optional package of another platform that the
 * registry at hand does not serve, and `npm ci` then refuses the whole file, or leaves that platform without its
 * binary. `node tools/lockfile.js` adds what is missing; a test refuses a lockfile that lacks any.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("./lib/paths");

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = {
  ...{ arm64: "arm64", x64: "x64", ia32: "ia32", ppc64: "ppc64", s390x: "s390x", loong64: "loong64" },
  ...{ riscv64: "riscv64", mips64el: "mips64el", wasm32: "wasm32", arm: "arm", "arm-gnueabihf": "arm" },
  ...{ "arm-musleabihf": "arm", "arm-eabi": "arm" },
};

/** Entries that are missing, by their path in the lockfile. */
function missingEntries(lock) {
  const missing = new Map();
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(place === "" ? {} : (entry.optionalDependencies ?? {}))) {
      const nested = `${place}/node_modules/${name}`;
      const shared = `node_modules/${name}`;
      if (lock.packages[nested] ?? lock.packages[shared]) continue;
      const words = name.split("/").at(-1);
      const system = systems.find((each) => new RegExp(`(^|-)${each}(-|$)`).test(words));
      const processor = Object.keys(processors).find((each) => new RegExp(`-${each}(-|$)`).test(words));
      const exact = version.replace(/^[~^]/, "");
      // A package for one platform only; anything else is npm's to resolve.
      if (!(processor === "wasm32" || (system && processor)) || !/^\d+\.\d+\.\d+/.test(exact)) continue;
      missing.set(shared, {
        version: exact,
        cpu: [processors[processor]],
        ...(entry.dev ? { dev: true } : {}),
        ...(/-(gnu|musl)/.test(words) && system === "linux"
          ? { libc: [words.includes("musl") ? "musl" : "glibc"] }
          : {}),
        optional: true,
        ...(system ? { os: [system] } : {}),
      });
    }
  }
  return missing;
}

module.exports = { missingEntries };

if (require.main === module) {
  const file = path.join(root, "package-lock.json");
  const lock = JSON.parse(fs.readFileSync(file, "utf8"));
  const missing = missingEntries(lock);
  const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  packages.sort(([a], [b]) => a.localeCompare(b, "en"));
  if (missing.size > 0)
    fs.writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  process.stderr.write(`${missing.size} optional packages of other platforms added.\n`);
}
