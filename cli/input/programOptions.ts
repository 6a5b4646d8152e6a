/** Flags of every command that may run a project's program. */
import type { Command } from "commander";
import type { RunOptions } from "../engine/program/runProgram";
import { seconds } from "../flags";
import type { Io } from "../io";

export interface ProgramOptions {
  /** @default the project's only one */
  readonly stack?: string;
  /** Longest time that the program may take, in seconds. */
  readonly timeout: number;
  /** True where what the program prints is shown. */
  readonly verbose: boolean;
}

/** Seconds for a project's program; a type-checked one of hundreds of resources takes some ten. */
export const defaultProgramSeconds = 120;

/** Adds `--timeout` and `--verbose`; `--stack` stands first among a command's own. */
export function addProgramOptions(command: Command): Command {
  return command
    .option("--timeout <seconds>", "longest time for the program", seconds, defaultProgramSeconds)
    .option("--verbose", "show what the program prints", false);
}

/** How the program is run by these flags. */
export function runOptions({ stack, timeout, verbose }: ProgramOptions, io: Io): RunOptions {
  return {
    ...(stack === undefined ? {} : { stack }),
    timeoutSeconds: timeout,
    env: io.env,
    ...(verbose ? { onOutput: io.err } : {}),
  };
}
