import { Option, type Command } from "commander";
import { exitCodes } from "../exitCodes";
import { wantsColour, type Io } from "../io";
import type { Outcome } from "../run";

/** Adds `duplex policies`. */
export function addPolicies(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("policies")
    .description("list the policies: what each proves, why, and how to fix what it refuses")
    .addOption(new Option("-f, --format <format>", "how to write the list").choices(["table", "json"]).default("table"))
    .addHelpText("after", "\nExamples:\n  $ duplex policies\n  $ duplex policies --format json")
    .action(async ({ format }: { format: "table" | "json" }) => {
      const [{ catalogue }, { policyList, policyListJson }, { createPaint }] = await Promise.all([
        import("../../policies/catalogue"),
        import("../../report/policyList"),
        import("../../report/paint"),
      ]);
      io.out(format === "json" ? policyListJson(catalogue) : policyList(catalogue, createPaint(wantsColour(io))));
      outcome.code = exitCodes.survives;
    });
}
