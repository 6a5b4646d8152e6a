import type { Command } from "commander";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";

/** Adds `duplex estate validate FILE`. */
export function addEstate(program: Command, io: Io, outcome: Outcome): void {
  const estate = program.command("estate").description("look at an estate's configuration");
  estate
    .command("validate")
    .description("check the estate in a stack's configuration; every mistake is told in one run")
    .argument("<file>", "a stack's configuration, such as Pulumi.prod.yaml")
    .addHelpText(
      "after",
      "\nExit codes: 0 valid, 1 not valid.\n\nExample:\n  $ duplex estate validate Pulumi.prod.yaml",
    )
    .action(async (file: string) => {
      const { validateEstate } = await import("./run");
      validateEstate(file, io);
      outcome.code = exitCodes.survives;
    });
}
