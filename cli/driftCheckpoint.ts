/**
 * The file in which a backend that is a folder of this machine keeps a stack's state. Reading it again tells in milliseconds
 * whether the state was written, where another export takes the engine half a second.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord, parseYaml } from "./programRunner/yaml";

export interface Checkpoint {
  /** True where an export was made of what this file held when it was opened. */
  readonly isOf: (exported: unknown) => boolean;
  /** True where the file holds, byte by byte, what it held when it was opened. */
  readonly isUnchanged: () => Promise<boolean>;
}

/**
 * Opens the checkpoint of a stack; undefined where its state is kept elsewhere, or nobody can be sure which file it is.
 *
 * @param folder of the project, absolute
 * @param stack as the engine is given it: `prod`, or `organization/shop/prod`
 */
export async function openCheckpoint(
  folder: string,
  stack: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Checkpoint | undefined> {
  const backend = folderOf(env["PULUMI_BACKEND_URL"]);
  const project = backend === undefined ? undefined : await projectOf(folder, stack);
  if (backend === undefined || project === undefined) return undefined;
  const file = join(backend, ".pulumi", "stacks", project, `${stack.split("/").at(-1)}.json`);
  // A compressed one beside it may be the one that counts.
  const isDoubtful = await stat(`${file}.gz`).then(() => true, () => false); // prettier-ignore
  const bytes = isDoubtful ? undefined : await bytesOf(file);
  if (bytes === undefined) return undefined;
  const before = hashOf(bytes);
  return {
    isOf: (exported) => isSame(stampOf(checkpointIn(bytes)), stampOf(exported)),
    isUnchanged: async () => {
      const now = await bytesOf(file);
      return now !== undefined && hashOf(now) === before;
    },
  };
}

/** Of a backend named by the variable alone, which comes before what the project and `pulumi login` say. */
function folderOf(url: string | undefined): string | undefined {
  if (url?.startsWith("file:///") !== true) return undefined;
  try {
    return fileURLToPath(url.replace(/\?.*$/, ""));
  } catch {
    return undefined;
  }
}

async function projectOf(folder: string, stack: string): Promise<string | undefined> {
  const parts = stack.split("/");
  if (parts.length > 1) return parts.length === 3 ? parts[1] : undefined;
  const file = join(folder, "Pulumi.yaml");
  const text = await readFile(file, "utf8");
  const content = parseYaml(text, file);
  return isRecord(content) && typeof content.name === "string" && content.name !== "" ? content.name : undefined;
}

function bytesOf(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The deployment that a checkpoint holds, in the form of an export. */
function checkpointIn(bytes: Buffer): unknown {
  try {
    const content: unknown = JSON.parse(bytes.toString("utf8"));
    return isRecord(content) && isRecord(content.checkpoint) ? { deployment: content.checkpoint.latest } : undefined;
  } catch {
    return undefined;
  }
}

interface Stamp {
  readonly time: string;
  readonly resources: number;
}

/** When a deployment was written, to the nanosecond, and how much it holds. */
function stampOf(document: unknown): Stamp | undefined {
  const deployment = isRecord(document) ? document.deployment : undefined;
  if (!isRecord(deployment) || !isRecord(deployment.manifest) || !Array.isArray(deployment.resources)) return undefined;
  const { time } = deployment.manifest;
  return typeof time === "string" ? { time, resources: deployment.resources.length } : undefined;
}

function isSame(one: Stamp | undefined, other: Stamp | undefined): boolean {
  return one !== undefined && one.time === other?.time && one.resources === other.resources;
}
