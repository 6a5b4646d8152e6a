/** Flags of `duplex drift` for many stacks, and `duplex drift merge`. */
import { InvalidArgumentError, type Command } from "commander";
import { UserError } from "../../model/errors";
import type { EngineLimits } from "../driftRetry";

/** One of the parts that a run over many stacks is cut into. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export interface GivenStacks {
  readonly all: boolean;
  readonly project: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly parallel: number;
  readonly shard?: Shard;
}

/** The stacks of a backend, or those of them that were asked for. */
export interface StacksInput extends Omit<GivenStacks, "all">, EngineLimits {
  readonly kind: "stacks";
  readonly folder: string;
}

/** Each of them is an engine with its providers: some 300 MB and half a processor. */
const defaultParallel = 4;
const mostParallel = 64;
const mostShards = 1_000;

export function addStackOptions(command: Command): Command {
  return command
    .option("--all", "every stack of the backend, as one report", false)
    .option("--project <name>", "with --all: stacks of this project only (may be repeated)", oneMore, [])
    .option("--include <glob>", "with --all: stacks whose PROJECT/STACK fits (may be repeated)", oneMore, [])
    .option("--exclude <glob>", "with --all: but not these (may be repeated)", oneMore, [])
    .option("--parallel <number>", "with --all: most stacks at once", parallel, defaultParallel)
    .option("--shard <i/n>", "with --all: only part i of n, for `duplex drift merge`", shard);
}

/** Undefined where one stack is meant. */
export function stacksInput(given: GivenStacks, folder: string, limits: EngineLimits): StacksInput | undefined {
  const { all, project, include, exclude, parallel: most, shard: part } = given;
  if (all) {
    return {
      ...{ kind: "stacks", folder, ...limits, project, include, exclude, parallel: most },
      ...(part === undefined ? {} : { shard: part }),
    };
  }
  const idle = Object.entries({ "--project": project, "--include": include, "--exclude": exclude })
    .filter(([, values]) => values.length > 0)
    .map(([name]) => name);
  if (part !== undefined) idle.push("--shard");
  if (idle.length === 0) return undefined;
  throw new UserError([
    {
      code: "DPX001",
      message: `Which of many stacks are meant is asked for with --all only; found ${idle.join(" and ")}.`,
      fix: "Add `--all`, or leave it out.",
    },
  ]);
}

/** A flag that may be repeated. */
export function oneMore(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function parallel(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > mostParallel) {
    throw new InvalidArgumentError(`It must be a whole number, at least 1 and at most ${mostParallel}.`);
  }
  return value;
}

function shard(text: string): Shard {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (first === undefined || index < 1 || index > count || count > mostShards) {
    throw new InvalidArgumentError(`It must be i/n, such as 2/8: i from 1 to n, and n at most ${mostShards}.`);
  }
  return { index, count };
}
