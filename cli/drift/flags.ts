/** Flags of `duplex drift` that choose among many stacks, and those that it shares with `duplex drift merge`. */
import { InvalidArgumentError, type Command } from "commander";
import { repeated } from "../flags";
import { addAnswerOptions } from "../output/answerOptions";
import { rulesOption } from "../rules/option";
import type { Shard } from "./options";

/** Each of them is an engine with its providers: some 300 MB and half a processor. */
const defaultParallel = 4;
const mostParallel = 64;
const mostShards = 1_000;

export function addStackSelection(command: Command): Command {
  return command
    .option("--all", "every stack of the backend, as one report", false)
    .option("--project <name>", "with --all: stacks of this project only (may be repeated)", repeated, [])
    .option("--include <glob>", "with --all: stacks whose PROJECT/STACK fits (may be repeated)", repeated, [])
    .option("--exclude <glob>", "with --all: but not these (may be repeated)", repeated, [])
    .option("--parallel <number>", "with --all: most stacks at once", parallel, defaultParallel)
    .option("--shard <i/n>", "with --all: only part i of n, for `duplex drift merge`", shard);
}

/** What both a run and a merge are judged by, and how they answer. */
export function addDriftAnswerOptions(command: Command): Command {
  const remembering = command.option(
    "--history <file>",
    "what earlier runs have found: since when, flapping, changed; written anew by every run",
  );
  return addAnswerOptions(remembering)
    .option("--sites <file>", "sites of one's own: Pulumi.<stack>.yaml with an estate, or JSON")
    .option("-c, --config <file>", "policy configuration (JSON): levels, requirements, clusters, tierNames, exemptions")
    .option(...rulesOption);
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
