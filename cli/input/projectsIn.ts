/** Pulumi projects further down in a folder, for who named the folder of a whole repository. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { byText } from "../../lib/order";

/** So deep do people put their projects: `infra/stacks/shop`. */
const deepest = 3;

/** Folders below `folder` that hold a Pulumi.yaml, relative to it; sorted. */
export async function projectsIn(folder: string, depth = deepest): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules",
  );
  const found: string[] = [];
  for (const { name } of folders) {
    const inside = join(folder, name);
    const files = await readdir(inside).catch((): string[] => []);
    if (files.some((file) => file === "Pulumi.yaml" || file === "Pulumi.yml")) found.push(name);
    else if (depth > 1) found.push(...(await projectsIn(inside, depth - 1)).map((below) => join(name, below)));
  }
  return found.sort(byText);
}
