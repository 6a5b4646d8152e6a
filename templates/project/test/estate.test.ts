/** Judges the stack as `duplex check .` does: no engine, no cloud, no credentials. */
import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { before, test } from "node:test";

interface Report {
  readonly findings: readonly { readonly level: string; readonly message: string }[];
  readonly survival: { readonly rows: readonly Row[] };
}

interface Row {
  readonly service: string;
  readonly tier: string;
  readonly cells: readonly { readonly lost: readonly string[]; readonly status: string; readonly accepted?: object }[];
}

const project = dirname(__dirname);
const duplex = join(dirname(require.resolve("duplex/package.json")), "cli", "bin", "duplex.js");
let report: Report;

before(() => {
  const args = [duplex, "check", ".", "--stack", "prod", "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.match(stdout, /^\{/, stderr);
  report = JSON.parse(stdout) as Report;
});

test("no finding refuses the stack", () => {
  const refusing = report.findings.filter(({ level }) => level === "mandatory");
  assert.deepEqual(
    refusing.map(({ message }) => message),
    [],
  );
});

test("critical services stay up whichever place is lost, but for what is accepted for a time", () => {
  const critical = report.survival.rows.filter(({ tier }) => tier === "critical");
  assert.notDeepEqual(critical, []);
  for (const { service, cells } of critical) {
    const down = cells.filter(({ status, accepted }) => status !== "up" && accepted === undefined);
    assert.deepEqual(down, [], service);
  }
});
