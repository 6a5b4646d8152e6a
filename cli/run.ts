/** `duplex` as a function: arguments and streams in, exit code out. */
import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { UserError, describeMistake } from "../model/errors";
import { addCheck } from "./commands/check";
import { addClusterRole } from "./commands/clusterRole";
import { addDrift } from "./commands/drift";
import { addEstate } from "./commands/estate";
import { addIamPolicy } from "./commands/iamPolicy";
import { addManifests } from "./commands/manifests";
import { addPolicies } from "./commands/policies";
import { exitCodes, type ExitCode } from "./exitCodes";
import type { Io } from "./io";

const exitHelp = `
Exit codes:
  0  survives
  1  could not judge: a mistake in the command line or in the input, or a defect of duplex
  2  advice only
  3  refused: broken, or not provable for a tier that asks for proof`;

const examples = `
Examples:
  $ pulumi stack export -s prod | duplex check -
  $ pulumi preview --json --show-sames > preview.json; duplex check preview.json
  $ duplex check examples/pangyo-2022
  $ duplex check state.json --format sarif --output duplex.sarif
  $ duplex drift -s prod
  $ duplex iam-policy state.json --output reader.json
  $ duplex cluster-role state.json --output role.yaml
  $ duplex manifests -s prod -o manifests
  $ duplex policies --format json
  $ duplex estate validate Pulumi.prod.yaml`;

/** What a command's action reports back; commander has no place for a result. */
export interface Outcome {
  code: ExitCode;
}

/** The whole command line, not yet run. */
export function buildProgram(io: Io, outcome: Outcome): Command {
  const program = new Command("duplex")
    .description("Does it keep serving when a building goes dark? Judges stacks without an engine and without a cloud.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", `${examples}\n${exitHelp}`)
    .showSuggestionAfterError(true);
  const settings = {
    writeOut: io.out,
    writeErr: () => undefined,
    getOutHelpWidth: () => io.columns ?? 100,
    getOutHasColors: () => false,
  };
  // Inherited by every command: the flags of `drift merge` are then its own, and not those of `drift`.
  program.exitOverride().enablePositionalOptions().configureOutput(settings);
  addCheck(program, io, outcome);
  addClusterRole(program, io, outcome);
  addDrift(program, io, outcome);
  addIamPolicy(program, io, outcome);
  addManifests(program, io, outcome);
  addPolicies(program, io, outcome);
  addEstate(program, io, outcome);
  return program;
}

/**
 * Runs one command.
 *
 * @param argv the arguments after `duplex`.
 * @returns the exit code; never throws.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const outcome: Outcome = { code: exitCodes.survives };
  const program = buildProgram(io, outcome);
  if (argv.length === 0) {
    io.err(program.helpInformation());
    io.err(`${examples}\n${exitHelp}\n`);
    return exitCodes.couldNotJudge;
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return outcome.code;
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.survives;
    io.err(`${describeMistake(usageMistake(error))}\n`);
    return exitCodes.couldNotJudge;
  }
  if (error instanceof UserError) {
    for (const mistake of error.mistakes) io.err(`${describeMistake(mistake)}\n`);
    return exitCodes.couldNotJudge;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(
    `This is a defect of duplex ${version}, not a mistake of yours. Please report it with these lines:\n${trace}\n`,
  );
  return exitCodes.couldNotJudge;
}

function usageMistake(error: CommanderError): { code: string; message: string; fix: string } {
  // A group of commands alone: commander wants to print its help, and says so in place of a message.
  if (error.code === "commander.help") {
    return { code: "DPX001", message: "The command is not complete.", fix: "See `duplex --help`." };
  }
  const [first = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, "")}.`;
  const suggestion = rest.join(" ").replace(/^\(|\)$/g, "");
  return { code: "DPX001", message: sentence, fix: `${suggestion ? `${suggestion} ` : ""}See \`duplex --help\`.` };
}
