/** `duplex check`. */
import type { Verdict } from "../../policies/judge";
import { checkDocument } from "../../report/check/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { judgeInput } from "./judgeInput";
import { policiesOf } from "../rules/policiesOf";
import type { CheckOptions } from "./options";

/** Judges what `path` names and writes the answer. */
export async function check(path: string | undefined, options: CheckOptions, io: Io): Promise<Verdict> {
  const policies = await policiesOf(options.rules, io);
  const { report, positions } = await judgeInput(path, options, policies, io);
  await writeDocument(checkDocument(report, policies, positions), options, io);
  return report.verdict;
}
