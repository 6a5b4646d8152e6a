import type { DriftVerdict } from "../../drift";
import { exitCodes, type ExitCode } from "../outcome";

/** The exit code by which a run, or a merge of its shards, tells its verdict. */
export function exitCodeOf(verdict: DriftVerdict): ExitCode {
  switch (verdict) {
    case "none":
      return exitCodes.survives;
    case "unread":
      return exitCodes.couldNotJudge;
    case "bearable":
      return exitCodes.advice;
    case "lost":
      return exitCodes.refused;
    default:
      return verdict satisfies never;
  }
}
