import { InvalidArgumentError, type Command } from "commander";
import { repeated, seconds } from "../flags";
import type { Io } from "../io";
import type { Outcome } from "../outcome";
import { exitCodeOf } from "./exitCode";
import { addDriftAnswerOptions, addStackSelection } from "./flags";
import { inputOf } from "./input";
import { addDriftMerge } from "./merge/command";
import type { DriftFlags } from "./options";

/** Seconds for the whole refresh: a thousand resources of a real cloud take minutes. */
const defaultTimeoutSeconds = 900;

/**
 * Times, and seconds before the first: the buckets of requests refill by the second (Amazon EC2 API, "Request
 * throttling").
 */
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

/** Adds `duplex drift` and what is below it. */
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
      repeated,
      [],
    )
    .option(
      "--live <path>",
      "what no property holds: answers of read-only commands, as a file or a folder of them (may be repeated)",
      repeated,
      [],
    )
    .addHelpText("after", details);
  addDriftAnswerOptions(addStackSelection(command)).action(async (flags: DriftFlags) => {
    const { drift } = await import("./run");
    outcome.code = exitCodeOf(await drift({ ...flags, input: inputOf(flags) }, io));
  });
  addDriftMerge(command, io, outcome);
}

function retries(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > mostRetries) {
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${mostRetries}.`);
  }
  return value;
}
