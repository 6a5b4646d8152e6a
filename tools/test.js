/** `npm test`: every test. Arguments go to jest. The last line is `N passed, N failed`. */
"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { ensureInstalled } = require("./lib/install");
const { root } = require("./lib/paths");
const { main, say, ToolError } = require("./lib/say");

main(async () => {
  ensureInstalled();
  const engine = await require("./lib/engine").ensureEngine();
  const controlPlane = await require("./lib/controlPlane").ensureControlPlane();
  await require("./build").ensureBuilt();
  say(`Testing with Pulumi ${engine.version} and Kubernetes ${controlPlane.version}.`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-test-"));
  try {
    const results = path.join(folder, "results.json");
    const jest = spawnSync(
      process.execPath,
      [
        require.resolve("jest/bin/jest"),
        "--json",
        `--outputFile=${results}`,
        "--maxWorkers=2",
        ...process.argv.slice(2),
      ],
      {
        cwd: root,
        stdio: ["inherit", "ignore", "inherit"],
        env: { ...process.env, DUPLEX_ENGINE_FOLDER: engine.folder },
      },
    );
    if (!fs.existsSync(results)) throw new ToolError(`jest ended with code ${jest.status} before it had run a test.`);
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numTotalTests } = JSON.parse(
      fs.readFileSync(results, "utf8"),
    );
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`);
    if (numTotalTests === 0) throw new ToolError("No test was run.");
    return jest.status ?? 1;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
