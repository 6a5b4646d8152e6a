/** Writes the generated parts of docs/architecture.md: `node tools/house/writeDocs.js`. */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const house = require("./house.json");
const { renew } = require("./page");
const { root } = require("../lib/paths");

const page = path.join(root, "docs", "architecture.md");
fs.writeFileSync(page, renew(fs.readFileSync(page, "utf8"), house));
