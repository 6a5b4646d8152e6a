/** `duplex check`. */
import type { Verdict } from "../../policies/judge";
import type { Policy } from "../../policies/policy";
import { UserError } from "../../model/errors";
import { changeSince } from "../../report/check/change";
import { checkDocument } from "../../report/check/document";
import type { CheckReport } from "../../report/check/report";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import { judgeInput } from "./judgeInput";
import { policiesOf } from "../rules/policiesOf";
import type { CheckOptions } from "./options";

/** Judges what `path` names and writes the answer. */
export async function check(path: string | undefined, options: CheckOptions, io: Io): Promise<Verdict> {
  refuseWithoutBase(options);
  const policies = await policiesOf(options.rules, io);
  const { report: judged, positions } = await judgeInput(path, options, policies, io);
  const { base } = options;
  const report = base === undefined ? judged : await besideBase(judged, base, path, options, policies, io);
  await writeDocument(checkDocument(report, policies, positions), options, io);
  return report.change?.verdict ?? report.verdict;
}

async function besideBase(
  report: CheckReport,
  base: string,
  path: string | undefined,
  options: CheckOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<CheckReport> {
  const { judgeBase } = await import("./base");
  const before = await judgeBase(base, path, options, policies, io);
  return { ...report, change: changeSince(before, report, options.failOn ?? "new") };
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
