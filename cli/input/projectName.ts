import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseYaml } from "./yaml";
import { isRecord } from "../../lib/records";

/** Name of the project of a folder; undefined where it holds none. */
export async function projectIn(folder: string): Promise<string | undefined> {
  const file = join(folder, "Pulumi.yaml");
  const text = await readFile(file, "utf8").catch(() => undefined);
  const content = text === undefined ? undefined : parseYaml(text, file);
  return isRecord(content) && typeof content.name === "string" ? content.name : undefined;
}
