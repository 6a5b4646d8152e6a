/** Circles and arrows between folders, held by `npm run lint`; tools/house/house.json has the arrows. */
"use strict";
const house = require("./tools/house/house.json");
const { rulesOf } = require("./tools/house/rules");

module.exports = {
  forbidden: rulesOf(house),
  options: {
    // Imports of types are arrows too: what a folder names, it knows.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules/" },
    exclude: { path: "^(coverage|dist|\\.duplex|policies/bin|tests/fixtures/programs/es-modules)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
