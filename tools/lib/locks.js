/** Locks of a simulated stack's state: what a killed run left is taken away, what a live one holds is waited for. */
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { say, ToolError } = require("./say");

function lockFiles(folder, project, stack) {
  if (!project || !stack) return [];
  const name = stack.split("/").at(-1);
  const locks = path.join(folder, "state", ".pulumi", "locks", "organization", project, name);
  if (!fs.existsSync(locks)) return [];
  return fs
    .readdirSync(locks)
    .filter((file) => file.endsWith(".json"))
    .map((file) => path.join(locks, file));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Removes the locks of runs that were killed on this machine, and waits for one that still works.
 *
 * @param folder the simulated cloud's folder
 */
async function awaitLocks(folder, project, stack) {
  let told = false;
  for (;;) {
    let busy;
    for (const file of lockFiles(folder, project, stack)) {
      let lock;
      try {
        lock = JSON.parse(fs.readFileSync(file, "utf8"));
      } catch {
        continue; // taken away, or not written in full yet
      }
      if (lock.hostname !== os.hostname()) {
        throw new ToolError(`The stack is locked by process ${lock.pid} on ${lock.hostname} (${file}).`);
      }
      if (isAlive(lock.pid)) busy = lock.pid;
      else {
        say(`Removing the lock of process ${lock.pid}, which was killed.`);
        fs.rmSync(file, { force: true });
      }
    }
    if (!busy) return;
    if (!told) say(`An earlier run (process ${busy}) still works on this stack; waiting for it to end …`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

module.exports = { awaitLocks };
