/** `duplex check`. */
import type { Verdict } from "../../policies/judge";
import { UserError } from "../../model/errors";
import { checkDocument } from "../../report/check/document";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { judgeBesideBase } from "./judgeBesideBase";
import { policiesOf } from "../rules/policiesOf";
import type { CheckOptions } from "./options";

/** Judges what `path` names and writes the answer. */
export async function check(path: string | undefined, options: CheckOptions, io: Io): Promise<Verdict> {
  refuseWithoutBase(options);
  const policies = await policiesOf(options.rules, io);
  const { report, positions } = await judgeBesideBase(path, options, policies, io);
  await writeDocument(checkDocument(report, policies, positions), options, io);
  return report.change?.verdict ?? report.verdict;
}

/** @throws UserError (DPX001) where it is said what a change must not bring, and not since when */
function refuseWithoutBase({ base, failOn }: CheckOptions): void {
  if (failOn !== "new" || base !== undefined) return;
  throw new UserError([
    {
      code: "DPX001",
      message: "The option --fail-on new refuses by what is new, and nothing says since when.",
      fix: "Give `--base` with a state, a preview, manifests or `git:REF`.",
    },
  ]);
}
