/** Where the project of the stack that is judged stands. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The pack's own script leaves the folder in which the engine has started it, and keeps it here. */
const startedIn = "DUPLEX_STARTED_IN";

/**
 * The folder with the Pulumi.yaml, at or above the one in which the engine has started the pack: a program may stand in
 * a folder below (`main` of Pulumi.yaml).
 *
 * @param started @default as the process was
 */
export function projectFolder(started: string = process.env[startedIn] ?? process.cwd()): string {
  for (let folder = started; ; folder = dirname(folder)) {
    if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return started;
  }
}
