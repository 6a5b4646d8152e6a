import type { Document } from "../../report/document";
import { openWriter } from "../../report/writers";
import { wantsColour, type Io } from "../io";
import type { AnswerOptions } from "./answerOptions";
import { writeAnswer } from "./writeAnswer";

/** Width where there is no terminal to ask. */
const widthWithoutTerminal = 120;

export interface DocumentOptions extends AnswerOptions {
  /** True where every resource and property is shown. @default false */
  readonly verbose?: boolean;
  /** True where nothing is folded. @default false */
  readonly all?: boolean;
}

/** Writes a document in every format that was asked for. */
export async function writeDocument(
  document: Document,
  { report, format: main, output, verbose = false, all = false }: DocumentOptions,
  io: Io,
): Promise<void> {
  // The files first: standard output says nothing where one of them cannot be written.
  for (const { format, file } of [...report, { format: main, file: output }]) {
    const write = await openWriter(format);
    const toTerminal = file === undefined;
    const width = (toTerminal ? io.columns : undefined) ?? widthWithoutTerminal;
    await writeAnswer(write(document, { width, colour: toTerminal && wantsColour(io), verbose, all }), file, io);
  }
}
