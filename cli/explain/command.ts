import { Option, type Command } from "commander";
import { addInputOptions } from "../check/inputOptions";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { explainFormats, type ExplainOptions } from "./options";

const details = `
CODE is the code of a policy or its name, such as DPX305 or single-operator. PATH is what \`duplex check\` takes.

Exit codes: 0 explained, whatever was found; 1 could not: no such policy or service, or a mistake in the input.

Examples:
  $ duplex explain DPX305
  $ duplex explain single-zone state.json --service pay
  $ pulumi stack export -s prod | duplex explain DPX351 - --format json`;

/** Adds `duplex explain CODE PATH`. */
export function addExplain(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("explain")
    .description("explain a policy, and prove what it finds in a stack: what is lost, who hangs on it, what mends it")
    .argument("<code>", "code or name of a policy")
    .argument("[path]", "a stack, as `duplex check` takes it")
    .addOption(new Option("-f, --format <format>", "how to write it").choices(explainFormats).default("table"))
    .option("--service <name>", "of this service alone");
  addInputOptions(command)
    .addHelpText("after", details)
    .action(async (code: string, path: string | undefined, options: ExplainOptions) => {
      const { explain } = await import("./run");
      await explain(code, path, options, io);
      outcome.code = exitCodes.survives;
    });
}
