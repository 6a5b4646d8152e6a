import { Option, type Command } from "commander";
import { rulesOption } from "../rules/option";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { policyFormats, type PoliciesOptions } from "./options";

/** Adds `duplex policies`. */
export function addPolicies(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("policies")
    .description("list the policies: what each proves, why, and how to fix what it refuses")
    .argument("[policy]", "code or name of one, such as DPX301 or single-facility: all that there is to say of it")
    .addOption(new Option("-f, --format <format>", "how to write the list").choices(policyFormats).default("table"))
    .option(...rulesOption)
    .addHelpText(
      "after",
      "\nExamples:\n  $ duplex policies\n  $ duplex policies DPX301\n  $ duplex policies --format json",
    )
    .action(async (word: string | undefined, options: PoliciesOptions) => {
      const { policies } = await import("./run");
      await policies(word, options, io);
      outcome.code = exitCodes.survives;
    });
}
