import { InvalidArgumentError, Option, type Command } from "commander";
import type { DriftVerdict } from "../../drift";
import { UserError } from "../../model/errors";
import type { DriftFormatName } from "../../report/drift";
import { exitCodes, type ExitCode } from "../exitCodes";
import type { Io } from "../io";
import type { Outcome } from "../run";
import { seconds } from "./seconds";

/** Names here rather than from report/: help and usage errors need not load the formats. */
const formatNames: readonly DriftFormatName[] = ["table", "json", "markdown", "sarif", "junit", "openmetrics"];

/** One more answer of the same run. */
export interface DriftFile {
  readonly format: DriftFormatName;
  readonly file: string;
}

interface GivenOptions {
  readonly format: DriftFormatName;
  readonly output?: string;
  readonly report: readonly DriftFile[];
  readonly state?: string;
  readonly actual?: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly timeout: number;
  readonly expected?: string;
  readonly history?: string;
  readonly sites?: string;
  readonly config?: string;
}

/** Two exports, or a stack that the engine reads. */
export type DriftInput =
  | { readonly kind: "states"; readonly desired: string; readonly actual: string }
  | { readonly kind: "stack"; readonly stack: string; readonly folder: string; readonly timeoutSeconds: number };

export interface DriftOptions extends Pick<
  GivenOptions,
  "format" | "output" | "report" | "expected" | "history" | "sites" | "config"
> {
  readonly input: DriftInput;
}

/** Seconds for the whole refresh: a thousand resources of a real cloud take minutes. */
const defaultTimeoutSeconds = 900;

const details = `
Give one of:
  -s STACK              the engine reads the cloud: \`pulumi refresh --preview-only\`; state and cloud stay as they are
  --state A --actual B  two exports (\`pulumi stack export\`), without an engine and without credentials

Exit codes: 0 no drift, 1 could not tell, 2 drift that survival bears, 3 survival lost.

Examples:
  $ duplex drift -s prod
  $ duplex drift -s prod --expected drift.yaml --report sarif=drift.sarif --report openmetrics=duplex.prom
  $ duplex drift --state deployed.json --actual refreshed.json --format json`;

/** Adds \`duplex drift\`. */
export function addDrift(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("drift")
    .description("compare what was deployed with what is there: is survival lost that the code promises?")
    .option("-s, --stack <stack>", "stack whose cloud the engine reads")
    .option("-C, --cwd <folder>", "folder of the Pulumi project (default: the current one)")
    .option("--timeout <seconds>", "longest time for the engine", seconds, defaultTimeoutSeconds)
    .option("--state <file>", "export of the deployed state")
    .option("--actual <file>", "export of the refreshed state")
    .option("--expected <file>", "rules of expected drift: YAML or JSON")
    .option(
      "--history <file>",
      "what earlier runs have found: since when, flapping, changed; written anew by every run",
    )
    .addOption(new Option("-f, --format <format>", "how to write the answer").choices(formatNames).default("table"))
    .option("-o, --output <file>", "write the answer to a file instead of standard output")
    .option("--report <format=file>", "write one more answer into a file (may be repeated)", driftFile, [])
    .option("--sites <file>", "sites of one's own: Pulumi.<stack>.yaml with an estate, or JSON")
    .option("-c, --config <file>", "policy configuration (JSON): levels, requirements, clusters, tierNames, exemptions")
    .addHelpText("after", details)
    .action(async (given: GivenOptions) => {
      const { drift } = await import("../drift");
      const { format, output, report, expected, history, sites, config } = given;
      const input = inputOf(given);
      outcome.code = codeOf(await drift({ input, format, output, report, expected, history, sites, config }, io));
    });
}

function inputOf({ stack, state, actual, cwd, timeout }: GivenOptions): DriftInput {
  if (stack !== undefined && state === undefined && actual === undefined) {
    return { kind: "stack", stack, folder: cwd ?? ".", timeoutSeconds: timeout };
  }
  if (stack === undefined && state !== undefined && actual !== undefined) {
    return { kind: "states", desired: state, actual };
  }
  const given = Object.entries({ "--stack": stack, "--state": state, "--actual": actual })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  throw new UserError([
    {
      code: "DPX001",
      message: `Drift is told of a stack or of two exports; found ${given.join(" and ") || "neither"}.`,
      fix: "Give `-s STACK`, or both `--state FILE` and `--actual FILE`. See `duplex drift --help`.",
    },
  ]);
}

function driftFile(text: string, earlier: readonly DriftFile[]): readonly DriftFile[] {
  const [, name, file] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const format = formatNames.find((candidate) => candidate === name);
  if (format === undefined || file === undefined) {
    throw new InvalidArgumentError(`It must be FORMAT=FILE, with a format out of: ${formatNames.join(", ")}.`);
  }
  return [...earlier, { format, file }];
}

function codeOf(verdict: DriftVerdict): ExitCode {
  switch (verdict) {
    case "none":
      return exitCodes.survives;
    case "unread":
      return exitCodes.couldNotJudge;
    case "bearable":
      return exitCodes.advice;
    case "lost":
      return exitCodes.refused;
    default:
      return verdict satisfies never;
  }
}
