/** `duplex check`. */
import { catalogue } from "../../policies/catalogue";
import type { Verdict } from "../../policies/judge";
import { checkDocument } from "../../report/check/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { judgeInput } from "./judgeInput";
import type { CheckOptions } from "./options";

/** Judges what `path` names and writes the answer. */
export async function check(path: string | undefined, options: CheckOptions, io: Io): Promise<Verdict> {
  const { report, positions } = await judgeInput(path, options, io);
  await writeDocument(checkDocument(report, catalogue, positions), options, io);
  return report.verdict;
}
