/**
 * Loaded into a Pulumi program before anything else (`nodeargs` in Pulumi.yaml), against two ways in which a program
 * can keep a processor busy for ever instead of ending; and so that its resources know their lines.
 */
"use strict";
const util = require("node:util");

// Node 20.20 never returns from colouring an error whose stack has a path that ends right below a scope
// (`node_modules/@pulumi/resource.ts`, which the SDK's source maps make), and the SDK colours every error that a
// program throws. `duplex check` does the same in cli/programRunner.
const { inspect } = util;
const plain = (value, options, ...rest) =>
  inspect(value, typeof options === "object" && options !== null ? { ...options, colors: false } : options, ...rest);
util.inspect = Object.defineProperties(plain, Object.getOwnPropertyDescriptors(inspect));

// When the engine is killed, the SDK reports each failed call on a stream that nobody reads any more, and reports that
// failure as well. There is nobody left to run for.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(1);
  });
}

// What is transpiled in memory carries its source map with it, and the SDK's stack traces know maps on disk alone:
// without this, every resource of a file stands on one line of it. The copy has to be the SDK's own.
const sdk = [require.resolve("@pulumi/pulumi/package.json")];
require(require.resolve("source-map-support", { paths: sdk })).install({ hookRequire: true });
