import type { Command } from "commander";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { addAnswerOptions } from "../output/answerOptions";
import type { CostOptions } from "./options";

const details = `
Counted are units, load balancers, fixed addresses and health checks, at list prices of the day that the list names.
What hangs on use (traffic, storage, requests) is not counted, and what has no price is told by name, never taken as 0.

Exit codes: 0 everything has a price, 1 could not judge, 2 something has none.

Examples:
  $ duplex cost Pulumi.prod.yaml
  $ duplex cost Pulumi.prod.yaml --prices prices.json --format markdown`;

/** Adds `duplex cost FILE`. */
export function addCost(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("cost")
    .description("what an estate costs a month by service and site, and what of it is reserve")
    .argument("<file>", "a stack's configuration, such as Pulumi.prod.yaml");
  addAnswerOptions(command)
    .option("--prices <file>", "price list of your own (JSON), over the one that Duplex comes with")
    .addHelpText("after", details)
    .action(async (file: string, options: CostOptions) => {
      const { cost } = await import("./run");
      outcome.code = (await cost(file, options, io)) ? exitCodes.survives : exitCodes.advice;
    });
}
