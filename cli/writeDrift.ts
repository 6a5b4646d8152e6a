/** Writes an answer of `duplex drift` in every format that was asked for, and its history. */
import type { DriftVerdict, Remembered } from "../drift";
import { driftFormats } from "../report/drift";
import type { DriftReport } from "../report/driftReport";
import { createPaint } from "../report/paint";
import type { DriftOptions } from "./commands/drift";
import { wantsColour, type Io } from "./io";
import { writeAnswer } from "./writeAnswer";

export type DriftAnswer = Pick<DriftOptions, "format" | "output" | "report" | "history">;

export async function writeDrift(
  report: DriftReport,
  { format: main, output, report: files, history }: DriftAnswer,
  remembered: Remembered | undefined,
  io: Io,
): Promise<DriftVerdict> {
  // The files first: standard output says nothing where one of them cannot be written.
  for (const { format, file } of [...files, { format: main, file: output }]) {
    const paint = createPaint(file === undefined && wantsColour(io));
    await writeAnswer(driftFormats[format](report, { paint }), file, io);
  }
  // Last: a run whose answer could not be written has not been told, and is new to the next one.
  if (history !== undefined && remembered !== undefined) {
    await writeAnswer(`${JSON.stringify(remembered.history, undefined, 2)}\n`, history, io);
  }
  return report.verdict;
}
