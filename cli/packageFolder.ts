/** Where this copy of Duplex is installed, for the files that a package carries beside its code. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord } from "../lib/records";

/** The nearest folder above the running code whose package.json is that of Duplex: sources and bundle stand apart. */
export function packageFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (nameIn(folder) === "duplex") return folder;
    if (dirname(folder) === folder) throw new Error(`No package.json of Duplex stands above ${__dirname}.`);
  }
}

function nameIn(folder: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return isRecord(content) ? content["name"] : undefined;
  } catch {
    // No such file here: the next one up may have it.
    return undefined;
  }
}
