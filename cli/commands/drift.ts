import { InvalidArgumentError, Option, type Command } from "commander";
import type { DriftVerdict } from "../../drift";
import { UserError } from "../../model/errors";
import type { DriftFormatName } from "../../report/drift";
import { exitCodes, type ExitCode } from "../exitCodes";
import type { EngineLimits } from "../driftRetry";
import type { Io } from "../io";
import type { Outcome } from "../run";
import { addStackOptions, oneMore, stacksInput, type GivenStacks, type StacksInput } from "./driftStacks";
import { seconds } from "./seconds";

/** Names here rather than from report/: help and usage errors need not load the formats. */
const formatNames: readonly DriftFormatName[] = ["table", "json", "markdown", "sarif", "junit", "openmetrics"];

/** One more answer of the same run. */
export interface DriftFile {
  readonly format: DriftFormatName;
  readonly file: string;
}

interface GivenOptions extends GivenStacks {
  readonly format: DriftFormatName;
  readonly output?: string;
  readonly report: readonly DriftFile[];
  readonly state?: string;
  readonly actual?: string;
  readonly stack?: string;
  readonly cwd?: string;
  readonly timeout: number;
  readonly retries: number;
  readonly retryWait: number;
  readonly expected?: string;
  readonly attribution: readonly string[];
  readonly live: readonly string[];
  readonly history?: string;
  readonly sites?: string;
  readonly config?: string;
}

/** Two exports, a stack that the engine reads, or many of them. */
export type DriftInput =
  | { readonly kind: "states"; readonly desired: string; readonly actual: string }
  | ({ readonly kind: "stack"; readonly stack: string; readonly folder: string } & EngineLimits)
  | StacksInput;

export interface DriftOptions extends Pick<
  GivenOptions,
  "format" | "output" | "report" | "expected" | "attribution" | "live" | "history" | "sites" | "config"
> {
  readonly input: DriftInput;
}

/** Seconds for the whole refresh: a thousand resources of a real cloud take minutes. */
const defaultTimeoutSeconds = 900;

/** Times, and seconds before the first: the buckets of requests refill by the second (Amazon EC2 API, "Request throttling"). */
const [defaultRetries, mostRetries, defaultRetrySeconds] = [3, 10, 5];

const details = `
Give one of:
  -s STACK              the engine reads the cloud: \`pulumi refresh --preview-only\`; state and cloud stay as they are
  --all                 every stack of the backend, or those of --project, --include and --exclude
  --state A --actual B  two exports (\`pulumi stack export\`), without an engine and without credentials

Exit codes: 0 no drift, 1 could not tell, 2 drift that survival bears, 3 survival lost.

Examples:
  $ duplex drift -s prod
  $ duplex drift --all --include '*/prod' --parallel 8 --format json
  $ duplex drift -s prod --expected drift.yaml --report sarif=drift.sarif --report openmetrics=duplex.prom
  $ duplex drift -s prod --attribution events.json
  $ duplex drift -s prod --live tagged.json --live alarms.json --live backups.json
  $ duplex drift --state deployed.json --actual refreshed.json --format json`;

/** Adds \`duplex drift\`. */
export function addDrift(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("drift")
    .description("compare what was deployed with what is there: is survival lost that the code promises?")
    .option("-s, --stack <stack>", "stack whose cloud the engine reads")
    .option("-C, --cwd <folder>", "folder of the Pulumi project (default: the current one)")
    .option("--timeout <seconds>", "longest time for the engine", seconds, defaultTimeoutSeconds)
    .option("--retries <number>", "times that what was throttled is asked for again", retries, defaultRetries)
    .option("--retry-wait <seconds>", "before the first of them; doubles with each", seconds, defaultRetrySeconds)
    .option("--state <file>", "export of the deployed state")
    .option("--actual <file>", "export of the refreshed state")
    .option("--expected <file>", "rules of expected drift: YAML or JSON")
    .option(
      "--attribution <path>",
      "who has changed it: records of CloudTrail, as a file or a folder of them (may be repeated)",
      oneMore,
      [],
    )
    .option(
      "--live <path>",
      "what no property holds: answers of read-only commands, as a file or a folder of them (may be repeated)",
      oneMore,
      [],
    )
    .addHelpText("after", details);
  addAnswerOptions(addStackOptions(command)).action(async (given: GivenOptions) => {
    const { drift } = await import("../drift");
    const { format, output, report, expected, attribution, live, history, sites, config } = given;
    const input = inputOf(given);
    outcome.code = codeOf(
      await drift({ input, format, output, report, expected, attribution, live, history, sites, config }, io),
    );
  });
  addDriftMerge(command, io, outcome);
}

/** Adds `duplex drift merge FILE…`. */
function addDriftMerge(drift: Command, io: Io, outcome: Outcome): void {
  addAnswerOptions(
    drift
      .command("merge")
      .description("put the shards of one run over many stacks together: JSON reports of `duplex drift --all --shard`")
      .argument("<files...>", "the JSON report of each shard"),
  ).action(async (files: readonly string[], given: GivenOptions) => {
    const { driftMerge } = await import("../driftMerge");
    const { format, output, report, history, sites, config } = given;
    outcome.code = codeOf(await driftMerge(files, { format, output, report, history, sites, config }, io));
  });
}

/** What both a run and a merge are judged by, and how they answer. */
function addAnswerOptions(command: Command): Command {
  return command
    .option(
      "--history <file>",
      "what earlier runs have found: since when, flapping, changed; written anew by every run",
    )
    .addOption(new Option("-f, --format <format>", "how to write the answer").choices(formatNames).default("table"))
    .option("-o, --output <file>", "write the answer to a file instead of standard output")
    .option("--report <format=file>", "write one more answer into a file (may be repeated)", driftFile, [])
    .option("--sites <file>", "sites of one's own: Pulumi.<stack>.yaml with an estate, or JSON")
    .option(
      "-c, --config <file>",
      "policy configuration (JSON): levels, requirements, clusters, tierNames, exemptions",
    );
}

function inputOf(given: GivenOptions): DriftInput {
  const { stack, state, actual, cwd } = given;
  const limits = {
    timeoutSeconds: given.timeout,
    retries: { most: given.retries, waitSeconds: given.retryWait },
  };
  const many = stacksInput(given, cwd ?? ".", limits);
  if (many !== undefined && stack === undefined && state === undefined && actual === undefined) return many;
  if (many === undefined && stack !== undefined && state === undefined && actual === undefined) {
    return { kind: "stack", stack, folder: cwd ?? ".", ...limits };
  }
  if (many === undefined && stack === undefined && state !== undefined && actual !== undefined) {
    return { kind: "states", desired: state, actual };
  }
  const found = Object.entries({ "--all": many, "--stack": stack, "--state": state, "--actual": actual })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  throw new UserError([
    {
      code: "DPX001",
      message: `Drift is told of a stack, of many, or of two exports; found ${found.join(" and ") || "neither"}.`,
      fix: "Give `-s STACK`, `--all`, or both `--state FILE` and `--actual FILE`. See `duplex drift --help`.",
    },
  ]);
}

function retries(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > mostRetries) {
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${mostRetries}.`);
  }
  return value;
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
