import { chmod, lstat, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../../model/errors";
import type { Io } from "../io";

/** Characters that are written at once. */
const blockLength = 1 << 18;

/**
 * Writes the answer to standard output, or whole into a file: a reader never finds half a report. A file that is there
 * keeps its mode and its links; a device or a pipe is written into.
 *
 * @param text whole, or in pieces in order: a large one then never exists in one.
 */
export async function writeAnswer(text: string | Iterable<string>, output: string | undefined, io: Io): Promise<void> {
  // A string is iterable too, character by character.
  const pieces = typeof text === "string" ? [text] : text;
  if (output === undefined) {
    for (const block of blocksOf(pieces)) io.out(block);
    return;
  }
  const file = resolve(io.cwd, output);
  try {
    const there = await stat(file).catch(ifThere);
    // A device, a pipe, or a link to what is not there yet is written into; a folder says itself that it is none.
    if (there?.isFile() === true) await replace(await realpath(file), there.mode, pieces);
    else if (there === undefined && (await lstat(file).catch(ifThere)) === undefined)
      await replace(file, newMode, pieces);
    else await writeFile(file, blocksOf(pieces));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError([
      {
        code: "DPX011",
        message: `The answer cannot be written (${code}).`,
        fix: "Give a file in a folder that exists and that you may write to.",
        file: output,
      },
    ]);
  }
}

/** What a process may do with a file that it makes, before its own mask takes away from it. */
const newMode = 0o666;

/** Writes beside the file, then takes its place; who reads meanwhile has the earlier one whole. */
async function replace(file: string, mode: number, pieces: Iterable<string>): Promise<void> {
  const draft = join(dirname(file), `.duplex-${process.pid}-${drafts++}.tmp`);
  try {
    await writeFile(draft, blocksOf(pieces), { flag: "wx", mode: mode & 0o777 });
    if (mode !== newMode) await chmod(draft, mode & 0o777);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

let drafts = 0;

function ifThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}

function* blocksOf(pieces: Iterable<string>): Generator<string> {
  let block = "";
  for (const piece of pieces) {
    block += piece;
    if (block.length < blockLength) continue;
    yield block;
    block = "";
  }
  if (block !== "") yield block;
}
