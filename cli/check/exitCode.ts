/** How a judgement ends a command. */
import type { Verdict } from "../../policies/judge";
import { exitCodes, type ExitCode } from "../outcome";

export interface Allowed {
  readonly allowAdvice: boolean;
  /** True where a stack without services is meant to have none. */
  readonly allowEmpty: boolean;
}

export function exitCodeOf(verdict: Verdict, { allowAdvice, allowEmpty }: Allowed): ExitCode {
  switch (verdict) {
    case "survives":
      return exitCodes.survives;
    case "advice":
      return allowAdvice ? exitCodes.survives : exitCodes.advice;
    case "refused":
      return exitCodes.refused;
    case "nothingJudged":
      return allowEmpty ? exitCodes.survives : exitCodes.couldNotJudge;
    default:
      return verdict satisfies never;
  }
}
