import type { Command } from "commander";
import { seconds, share } from "../flags";
import type { Io } from "../io";
import { exitCodes, type ExitCode, type Outcome } from "../outcome";
import { addAnswerOptions } from "../output/answerOptions";
import type { PlanOptions } from "./options";
import type { PlanVerdict } from "./run";

const defaultSeconds = 60;

const details = `
Whole units for each service and site, so that every loss that its tier asks for leaves what was promised, at least
cost; beside them today's units, and twice the units of the peak. Where no units can do that, the promises and limits
that contradict each other are named.

Exit codes: 0 the plan is proven to be the cheapest, 1 could not judge (a price is missing, or there was no plan in
time), 2 a plan, not proven to be the cheapest in time, 3 no plan can keep every promise.

Examples:
  $ duplex plan Pulumi.prod.yaml --prices prices.json
  $ duplex plan Pulumi.prod.yaml --prices prices.json --write Pulumi.prod.yaml
  $ duplex plan Pulumi.prod.yaml --prices prices.json --format json --output plan.json`;

/** Adds `duplex plan FILE`. */
export function addPlan(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("plan")
    .description("the least reserve that keeps every promise, with proof, and what it costs")
    .argument("<file>", "a stack's configuration, such as Pulumi.prod.yaml");
  addAnswerOptions(command)
    .option("--prices <file>", "price list of your own (JSON), over the one that Duplex comes with")
    .option("--timeout <seconds>", "longest time for one program of the solver", seconds, defaultSeconds)
    .option(
      "--least-share-two <share>",
      "share of the peak, 0 to 1, to be left after two losses (default: one unit)",
      share,
    )
    .option("--write <file>", "write the stack's configuration with the planned units, comments kept")
    .addHelpText("after", details)
    .action(async (file: string, options: PlanOptions) => {
      const { plan } = await import("./run");
      outcome.code = codes[await plan(file, options, io)];
    });
}

const codes: Readonly<Record<PlanVerdict, ExitCode>> = {
  planned: exitCodes.survives,
  notProven: exitCodes.advice,
  contradicted: exitCodes.refused,
};
