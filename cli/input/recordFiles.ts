/** Files of records that other programs have written: one, or a folder of them, plain or compressed by gzip. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Value } from "../../inventory/resource";
import { plain } from "../../inventory/sources/plain";
import { UserError, type Mistake } from "../../model/errors";
import type { Io } from "../io";
import { jsonPlace } from "./jsonPlace";
import { decode, largestDocumentBytes, readFileBytes, unreadable } from "./readText";

/** What the files of one flag are called, and what is said of those that cannot be read. */
export interface RecordFiles {
  /** Whether a file of a folder is one of them, by its path. */
  readonly isOne: (name: string) => boolean;
  /** How to get such a file. */
  readonly fix: string;
  /** Where a folder holds none. */
  readonly none: { readonly code: string; readonly message: string };
  /** Code for what is empty, cut off, or not JSON. */
  readonly notJson: string;
  /** Code for what cannot be unpacked. */
  readonly packed: string;
}

/**
 * Reads every file at these paths.
 *
 * @param read takes the text of one file; a UserError that it throws is the file's mistake
 * @throws UserError with the mistakes of all files
 */
export async function readRecordFiles(
  paths: readonly string[],
  kind: RecordFiles,
  io: Pick<Io, "cwd">,
  read: (json: string, file: string) => void,
): Promise<void> {
  const mistakes: Mistake[] = [];
  for (const path of paths) {
    for (const file of await filesAt(path, kind, io, mistakes)) {
      try {
        read(decode(unpacked(await readFileBytes(file, io), file, kind), file), file);
      } catch (error) {
        mistakes.push(...mistakesOf(error));
      }
    }
  }
  if (mistakes.length > 0) throw new UserError(mistakes);
}

async function filesAt(
  path: string,
  { isOne, none, fix }: RecordFiles,
  io: Pick<Io, "cwd">,
  mistakes: Mistake[],
): Promise<readonly string[]> {
  try {
    const full = resolve(io.cwd, path);
    if (!(await stat(full)).isDirectory()) return [path];
    const names = (await readdir(full, { recursive: true })).filter(isOne).sort();
    if (names.length === 0) mistakes.push({ ...none, fix, file: path });
    return names.map((name) => join(path, name));
  } catch (error) {
    mistakes.push(...mistakesOf(unreadable(path, error)));
    return [];
  }
}

function mistakesOf(error: unknown): readonly Mistake[] {
  if (error instanceof UserError) return error.mistakes;
  throw error;
}

/** By its first bytes: a name says nothing, since clients unpack on the way. */
function unpacked(bytes: Buffer, file: string, { packed: code }: RecordFiles): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largestDocumentBytes });
  } catch {
    throw new UserError([
      {
        code,
        message: "It is compressed by gzip, and cannot be unpacked: it is damaged, cut off or too large.",
        fix: "Fetch it again, and check it with `gzip -t`.",
        file,
      },
    ]);
  }
}

/** The JSON of a file, or of one of its lines. */
export function parsedRecord(json: string, kind: RecordFiles, file: string, linesBefore = 0): Value {
  try {
    return plain(JSON.parse(json));
  } catch {
    throw new UserError([notJson(json, kind, file, linesBefore)]);
  }
}

function notJson(json: string, { notJson: code, fix }: RecordFiles, file: string, linesBefore: number): Mistake {
  if (json.trim() === "") return { code, message: "It is empty.", fix, file };
  const place = jsonPlace(json);
  const line = linesBefore + (place?.line ?? 1);
  const where = `line ${line}, column ${place?.column ?? 1}`;
  const message =
    place?.truncated === true
      ? `The JSON is cut off: it ends at ${where}, where ${place.expected} is expected.`
      : `This is not JSON: at ${where} something else stands where ${place?.expected ?? "a value"} is expected.`;
  return { code, message, fix, file, line };
}
