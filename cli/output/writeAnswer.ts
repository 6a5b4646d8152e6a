import { rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../../model/errors";
import type { Io } from "../io";

/** Characters that are written at once. */
const blockLength = 1 << 18;

/**
 * Writes the answer to standard output, or whole into a file: a reader never finds half a report.
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
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, blocksOf(pieces), { flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
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
