/** `duplex` as a function: arguments and streams in, exit code out. */
import { Command, CommanderError } from "commander";
import { type Mistake, UserError, describeMistake } from "../model/errors";
import { visible, visibleLines } from "../lib/visible";
import { version } from "../package.json";
import { commands, examples } from "./commands";
import type { Io } from "./io";
import { exitCodes, type ExitCode, type Outcome } from "./outcome";

const exitHelp = `
Exit codes:
  0  survives
  1  could not judge: a mistake in the command line or in the input, or a defect of duplex
  2  advice only
  3  refused: broken, or not provable for a tier that asks for proof`;

const moreHelp = `
Examples:
${examples.map((example) => `  $ ${example}`).join("\n")}
${exitHelp}`;

/** The whole command line, not yet run. */
export function buildProgram(io: Io, outcome: Outcome): Command {
  const program = new Command("duplex")
    .description("Does it keep serving when a building goes dark? Judges stacks without an engine and without a cloud.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", moreHelp)
    .showSuggestionAfterError(true);
  const settings = {
    writeOut: io.out,
    writeErr: () => undefined,
    getOutHelpWidth: () => io.columns ?? 100,
    getOutHasColors: () => false,
  };
  // Inherited by every command: the flags of `drift merge` are then its own, and not those of `drift`.
  program.exitOverride().enablePositionalOptions().configureOutput(settings);
  for (const add of commands) add(program, io, outcome);
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
    io.err(`${moreHelp}\n`);
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
    io.err(`${visible(describeMistake(usageMistake(error)))}\n`);
    return exitCodes.couldNotJudge;
  }
  if (error instanceof UserError) {
    for (const mistake of error.mistakes) io.err(`${linesOf(describeMistake(inOneLine(mistake)))}\n`);
    return exitCodes.couldNotJudge;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(
    `This is a defect of duplex ${version}, not a mistake of yours. Please report it with these lines:\n` +
      `${visibleLines(trace)}\n`,
  );
  return exitCodes.couldNotJudge;
}

/** Where a mistake stands is one line, whatever somebody has called the place. */
function inOneLine({ file, path, ...mistake }: Mistake): Mistake {
  return {
    ...mistake,
    ...(file === undefined ? {} : { file: visible(file) }),
    ...(path === undefined ? {} : { path: visible(path) }),
  };
}

/** A text of several lines, such as what a program has said at its end: the later ones are to be seen as its own. */
function linesOf(text: string): string {
  return visibleLines(text).replaceAll("\n", "\n  ");
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
