/**
 * The state of a stack out of the file in which a backend that is a folder of this machine keeps it: reading it takes
 * milliseconds, where an export of the same takes the engine half a second and a core that its refresh could use.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jsonOf } from "../../../inventory/sources/json";
import { encryptedNames } from "../../input/encrypted";
import { projectIn } from "../../input/projectName";
import { stackName } from "../../input/stackName";
import type { StateDocument } from "../../input/stateFile";
import { isRecord } from "../../../lib/records";

export interface Checkpoint {
  /** Of the whole file, as it was when it was opened. */
  readonly sha256: string;
  /** The state, as `pulumi stack export` gives it; undefined where the file is of a form that we do not know. */
  readonly read: () => StateDocument | undefined;
  /** True where the file holds, byte by byte, what it held when it was opened. */
  readonly isUnchanged: () => Promise<boolean>;
}

/** Version of a checkpoint's form. */
const knownVersion = 3;

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
  const file = join(backend, ".pulumi", "stacks", project, `${stackName(stack)}.json`);
  // A compressed one beside it may be the one that counts.
  const compressed = await stat(`${file}.gz`).catch(() => undefined);
  const bytes = compressed === undefined ? await bytesOf(file) : undefined;
  if (bytes === undefined) return undefined;
  const sha256 = sha256Of(bytes);
  return {
    sha256,
    read: () => stateIn(bytes),
    isUnchanged: async () => {
      const now = await bytesOf(file);
      return now !== undefined && sha256Of(now) === sha256;
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
  return projectIn(folder);
}

function bytesOf(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch(() => undefined);
}

export function sha256Of(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex");
}

function stateIn(bytes: Buffer): StateDocument | undefined {
  const text = bytes.toString("utf8");
  const content = jsonOf(text);
  if (!isRecord(content) || content.version !== knownVersion || !isRecord(content.checkpoint)) return undefined;
  const { latest } = content.checkpoint;
  if (!isRecord(latest)) return undefined;
  const document = { version: knownVersion, deployment: latest };
  return { document, encrypted: encryptedNames(document, text) };
}
