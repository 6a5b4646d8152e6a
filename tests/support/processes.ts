/** Processes of this machine, by what is in their environment (Linux). */
import fs from "node:fs";

/**
 * Processes other than our own that were started with this text in their environment, and still run.
 *
 * @param command a part of the command line. @default any
 */
export function processesWith(text: string, command = ""): readonly number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        const has = (file: string, part: string) => fs.readFileSync(`/proc/${name}/${file}`, "utf8").includes(part);
        return has("environ", text) && has("cmdline", command);
      } catch {
        return false; // ended, or another user's
      }
    })
    .map(Number);
}

/** Waits until something holds. Throws where it does not within so many seconds. */
export async function until(holds: () => boolean, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come to hold within ${seconds} s: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
