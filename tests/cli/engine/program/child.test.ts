import { runNode } from "../../../../cli/engine/program/child";

const options = { cwd: process.cwd(), env: process.env };

/** Starts a process that keeps the pipes open for a minute, says which, and goes on as told. */
const withChild = (then: string) => `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "inherit" });
  console.error(child.pid);
  ${then}`;

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

test.each([
  ["at its deadline", "", 1, true],
  ["at its own end", "process.exit(0)", 30, false],
])("what a program has started ends with it %s", async (_, then, timeoutSeconds, timedOut) => {
  const started = Date.now();
  const ending = await runNode(["-e", withChild(then)], { ...options, timeoutSeconds });
  expect(ending.timedOut).toBe(timedOut);
  expect(Date.now() - started).toBeLessThan(20_000);
  const pid = Number(ending.lastWords.trim());
  expect(pid).toBeGreaterThan(1);
  for (let wait = 0; wait < 50 && !isGone(pid); wait++) await new Promise((done) => setTimeout(done, 100));
  expect(isGone(pid)).toBe(true);
});
