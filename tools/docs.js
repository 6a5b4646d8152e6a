/** `npm run docs`: writes everything that is generated from the code; tests refuse what has fallen behind. */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root } = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");

const writer = /^write(Docs|Schema)\.[jt]s$/;
const folders = [
  ...["estate", "policies", "inventory", "report", "cli", "simulator"],
  ...["tests/support/driftCases", "tools/house"],
];

main(() => {
  ensureInstalled();
  for (const folder of folders) {
    for (const file of fs.readdirSync(path.join(root, folder)).filter((name) => writer.test(name))) {
      say(`Running ${folder}/${file} …`);
      const result = spawnSync(process.execPath, ["--require", "tsx/cjs", path.join(root, folder, file)], {
        cwd: root,
        stdio: ["ignore", 2, 2],
      });
      if (result.status !== 0) throw new ToolError(`${folder}/${file} ended with code ${result.status}.`);
    }
  }
  const prettier = [require.resolve("prettier/bin/prettier.cjs"), "--write", "--log-level", "warn", "docs", "schema"];
  const formatted = spawnSync(process.execPath, prettier, { cwd: root, stdio: ["ignore", 2, 2] });
  if (formatted.status !== 0) throw new ToolError(`prettier ended with code ${formatted.status}.`);
});
