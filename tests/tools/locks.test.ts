/** Locks that runs of the simulated engine leave behind. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { awaitLocks } from "../../tools/lib/locks";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "duplex-locks-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a lock as the engine does, and gives its file. */
function lock(content: unknown): string {
  const locks = join(folder, "state", ".pulumi", "locks", "organization", "duplex", "prod");
  mkdirSync(locks, { recursive: true });
  const file = join(locks, "one.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** The process id of one that has ended. */
const ended = () => spawnSync(process.execPath, ["--version"]).pid;

test("the lock of a run that was killed here is taken away, under any name of the stack", async () => {
  const file = lock({ pid: ended(), hostname: hostname() });
  await awaitLocks(folder, "duplex", "organization/duplex/prod");
  expect(existsSync(file)).toBe(false);
});

test("a run that still works is waited for", async () => {
  const file = lock({ pid: process.pid, hostname: hostname() });
  let isDone = false;
  const waiting = awaitLocks(folder, "duplex", "prod").then(() => (isDone = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  rmSync(file);
  await waiting;
  expect(isDone).toBe(true);
});

test("the lock of another machine is left, and told with its file", async () => {
  const file = lock({ pid: 1, hostname: "another.example" });
  await expect(awaitLocks(folder, "duplex", "prod")).rejects.toThrow(`process 1 on another.example (${file})`);
  expect(existsSync(file)).toBe(true);
});

test("a lock that is not written in full yet is nobody's", async () => {
  const file = lock('{"pid":');
  await awaitLocks(folder, "duplex", "prod");
  expect(existsSync(file)).toBe(true);
});

test.each([
  [undefined, "prod"],
  ["duplex", undefined],
  ["other", "prod"],
])("project %s and stack %s have no locks", async (project, stack) => {
  const file = lock({ pid: ended(), hostname: hostname() });
  await awaitLocks(folder, project, stack);
  expect(existsSync(file)).toBe(true);
});
