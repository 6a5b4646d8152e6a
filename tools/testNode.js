/**
 * `npm run test:node -- 22`: the unit tests, and the command line on the examples, under another version of Node, which
 * comes from npm's package `node`: a major version (its newest), or one in full. What follows it goes to jest.
 */
"use strict";
const { spawnSync } = require("node:child_process");
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root } = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");

/** What the command line answers, by the exit codes of docs/ci.md. */
const answers = [
  { args: ["check", "examples/pangyo-2022"], code: 3 },
  { args: ["check", "examples/naver-2022"], code: 2 },
  { args: ["check", "examples/strangers-stack"], code: 2 },
  { args: ["check", ".", "--stack", "prod"], code: 2 },
  { args: ["estate", "validate", "Pulumi.prod.yaml"], code: 0 },
];

/** The binary of a version, which npm keeps in its cache. */
function binaryOf(version) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const asked = ["exec", "--yes", `--package=node@${version}`, "--", "node", "--print", "process.execPath"];
  const { status, stdout, stderr, error } = spawnSync(npm, asked, { cwd: root, encoding: "utf8" });
  if (error) throw new ToolError(`npm could not be started: ${error.message}.`);
  if (status !== 0) throw new ToolError(`npm has no node@${version}:\n${stderr}`);
  return stdout.trim();
}

main(() => {
  const [version, ...rest] = process.argv.slice(2);
  if (!/^\d+(\.\d+\.\d+)?$/.test(version ?? "")) {
    throw new ToolError("Give a version of Node, such as 22 or 22.13.0: npm run test:node -- 22");
  }
  ensureInstalled();
  const node = binaryOf(version);
  // What is started by the name of node is this version as well.
  const env = { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) };
  const run = (args, stdio) => spawnSync(node, args, { cwd: root, env, stdio }).status ?? 1;
  const [exact] = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim().split("\n");
  say(`The command line under Node ${exact} …`);
  for (const { args, code } of answers) {
    const given = run([path.join("cli", "bin", "duplex.js"), ...args], ["ignore", "ignore", "inherit"]);
    if (given !== code)
      throw new ToolError(`duplex ${args.join(" ")} ended with ${given} under Node ${exact}, not ${code}.`);
  }
  say(`The unit tests under Node ${exact} …`);
  return run([path.join("tools", "test.js"), ...rest, "--selectProjects", "unit"], ["ignore", "inherit", "inherit"]);
});
