import { InvalidArgumentError, type Command } from "commander";
import { addInputOptions } from "../check/inputOptions";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import type { BaselineOptions, UpdateOptions } from "./options";

const details = `
PATH is what \`duplex check\` takes, and so are the options by which it is judged. FILE is given to
\`duplex check --baseline\`: its findings are counted, and do not refuse.

Exit codes: 0 written, 1 could not: the stack cannot be judged, or the file cannot be read or written.

Examples:
  $ duplex baseline write duplex.baseline.json state.json --until 2027-06-30 --reason "Before the second site."
  $ duplex check preview.json --baseline duplex.baseline.json
  $ duplex baseline update duplex.baseline.json state.json`;

/** Adds `duplex baseline write FILE PATH` and `duplex baseline update FILE PATH`. */
export function addBaseline(program: Command, io: Io, outcome: Outcome): void {
  const baseline = program
    .command("baseline")
    .description("write down what is found in a stack today, so that a check refuses only what comes after")
    .addHelpText("after", details);
  addSubcommand(baseline, "write", "write every finding of a stack into a new file").action(
    async (file: string, path: string | undefined, options: BaselineOptions) => {
      const { writeBaseline } = await import("./run");
      await writeBaseline(file, path, options, io);
      outcome.code = exitCodes.survives;
    },
  );
  addSubcommand(baseline, "update", "remove the entries of a file whose finding is gone")
    .option("--add", "write down findings that are not known yet, too", false)
    .action(async (file: string, path: string | undefined, options: UpdateOptions) => {
      const { updateBaselineFile } = await import("./run");
      await updateBaselineFile(file, path, options, io);
      outcome.code = exitCodes.survives;
    });
}

function addSubcommand(baseline: Command, name: string, description: string): Command {
  const command = baseline
    .command(name)
    .description(description)
    .argument("<file>", "the baseline")
    .argument("[path]", "a stack, as `duplex check` takes it")
    .option("--until <day>", "last day on which what is written down holds, YYYY-MM-DD", dayOf)
    .option("--reason <text>", "why what is written down may stand");
  return addInputOptions(command).addHelpText("after", details);
}

function dayOf(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
  if (!isDay) throw new InvalidArgumentError("It must be a day, such as 2027-06-30.");
  return text;
}
