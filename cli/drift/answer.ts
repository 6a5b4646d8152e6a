/** Writes an answer of `duplex drift` in every format that was asked for, and its history. */
import type { DriftVerdict, Remembered } from "../../drift";
import { driftDocument } from "../../report/drift/document";
import type { DriftReport } from "../../report/drift/report";
import type { Io } from "../io";
import { writeAnswer } from "../output/writeAnswer";
import { writeDocument } from "../output/writeDocument";
import type { DriftAnswerOptions } from "./options";

export async function writeDrift(
  report: DriftReport,
  options: DriftAnswerOptions,
  remembered: Remembered | undefined,
  io: Io,
): Promise<DriftVerdict> {
  await writeDocument(driftDocument(report), options, io);
  // Last: a run whose answer could not be written has not been told, and is new to the next one.
  if (options.history !== undefined && remembered !== undefined) {
    await writeAnswer(`${JSON.stringify(remembered.history, undefined, 2)}\n`, options.history, io);
  }
  return report.verdict;
}
