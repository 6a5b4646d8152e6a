/** Flags of every command that answers with a document: in which formats, and where to. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { formatNames, type FormatName } from "../../report/writers";

/** One more answer of the same run. */
export interface FileAnswer {
  readonly format: FormatName;
  readonly file: string;
}

export interface AnswerOptions {
  readonly format: FormatName;
  /** @default standard output */
  readonly output?: string;
  /** Further answers, each into a file. */
  readonly report: readonly FileAnswer[];
}

export function addAnswerOptions(command: Command): Command {
  return command
    .addOption(new Option("-f, --format <format>", "how to write the answer").choices(formatNames).default("table"))
    .option("-o, --output <file>", "write the answer to a file instead of standard output")
    .option("--report <format=file>", "write one more answer into a file (may be repeated)", fileAnswer, []);
}

function fileAnswer(text: string, earlier: readonly FileAnswer[]): readonly FileAnswer[] {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const format = formatNames.find((candidate) => candidate === name);
  if (format === undefined || file === undefined) {
    throw new InvalidArgumentError(`It must be FORMAT=FILE, with a format out of: ${formatNames.join(", ")}.`);
  }
  return [...earlier, { format, file }];
}
