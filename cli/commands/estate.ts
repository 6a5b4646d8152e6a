import type { Command } from "commander";
import { resolve } from "node:path";
import { exitCodes } from "../exitCodes";
import type { Io } from "../io";
import type { Outcome } from "../run";

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
      const { readEstateFile } = await import("../../estate/readEstateFile");
      const spec = readEstateFile(resolve(io.cwd, file));
      const counts = [
        `${spec.sites.length} sites`,
        `${spec.services.length} services`,
        `${spec.vendors.length} vendors`,
      ];
      io.out(`${file} is valid: ${counts.join(", ")}.\n`);
      outcome.code = exitCodes.survives;
    });
}
