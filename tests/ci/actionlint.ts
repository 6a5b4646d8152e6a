/** actionlint, which reads a workflow of GitHub as GitHub does. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./support";

const hasGo = spawnSync("go", ["version"]).status === 0;

function actionlint(args: readonly string[], input: string) {
  const cwd = join(root, "tools", "actionlint");
  return spawnSync("go", ["tool", "actionlint", ...args], { cwd, input, encoding: "utf8" });
}

/** What it says of a workflow's text. */
export function lint(workflow: string) {
  return actionlint(["-no-color", "-shellcheck=", "-pyflakes=", "-"], workflow);
}

/** Tests with actionlint; skipped only on a machine without Go, and never in a pipeline. */
export function describeActionlint(tests: () => void): void {
  const describeWithGo = hasGo || process.env["CI"] ? describe : describe.skip;
  describeWithGo("actionlint", () => {
    // The first run on a machine downloads and compiles it, and says so on standard error.
    beforeAll(() => {
      const { status, stderr } = actionlint(["-version"], "");
      if (status !== 0) throw new Error(`actionlint cannot be built: ${stderr}`);
    }, 180_000);
    tests();
  });
}
