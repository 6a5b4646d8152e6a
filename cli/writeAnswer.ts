import { rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../model/errors";
import type { Io } from "./io";

/** Writes the answer to standard output, or whole into a file: a reader never finds half a report. */
export async function writeAnswer(text: string, output: string | undefined, io: Io): Promise<void> {
  if (output === undefined) {
    io.out(text);
    return;
  }
  const file = resolve(io.cwd, output);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, text, { flag: "wx" });
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
