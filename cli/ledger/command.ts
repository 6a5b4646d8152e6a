import type { Command } from "commander";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { addAnswerOptions } from "../output/answerOptions";
import type { LedgerOptions } from "./options";

const details = `
The policy holds contracts (credits by a month's availability, goodwill, a day's trade), who is under them, and what
operators have promised. Every amount names its rule and how it came about. Times have their offset from UTC.

Exit codes: 0 reckoned, 1 could not reckon.

Examples:
  $ duplex ledger --policy policy.yaml --services music,ads \\
      --from 2022-10-15T15:30:00+09:00 --to 2022-10-16T02:00:00+09:00
  $ duplex ledger --policy policy.yaml --outages outages.yaml --format csv --output ledger.csv`;

/** Adds `duplex ledger`. */
export function addLedger(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("ledger")
    .description("who is owed what after an outage, under which rule, and what may be claimed back")
    .requiredOption("--policy <file>", "contracts, parties and operators (YAML or JSON)");
  addAnswerOptions(command)
    .option("--outages <file>", "a record of what was down and when (YAML or JSON)")
    .option("--from <time>", "when the outage began, such as 2022-10-15T15:30:00+09:00")
    .option("--to <time>", "when it ended")
    .option("--services <names>", "what was down, with commas between")
    .option("--operators <names>", "whose facilities were down for the same time, with commas between")
    .addHelpText("after", details)
    .action(async (options: LedgerOptions) => {
      const { ledger } = await import("./run");
      await ledger(options, io);
      outcome.code = exitCodes.survives;
    });
}
