import type { Command } from "commander";
import type { Io } from "../../io";
import type { Outcome } from "../../outcome";
import { exitCodeOf } from "../exitCode";
import { addDriftAnswerOptions } from "../flags";
import type { DriftAnswerOptions } from "../options";

/** Adds `duplex drift merge FILE…`. */
export function addDriftMerge(drift: Command, io: Io, outcome: Outcome): void {
  const command = drift
    .command("merge")
    .description("put the shards of one run over many stacks together: JSON reports of `duplex drift --all --shard`")
    .argument("<files...>", "the JSON report of each shard");
  addDriftAnswerOptions(command).action(async (files: readonly string[], options: DriftAnswerOptions) => {
    const { driftMerge } = await import("./run");
    outcome.code = exitCodeOf(await driftMerge(files, options, io));
  });
}
