import { Option, type Command } from "commander";
import { languages } from "../../report/page/words";
import { exitCodeOf } from "../check/exitCode";
import { addInputOptions } from "../check/inputOptions";
import type { Io } from "../io";
import type { Outcome } from "../outcome";
import type { ReportOptions } from "./options";

const details = `
PATH is what \`duplex check\` takes. The file opens from disk in any browser; it loads nothing and runs no script.

Exit codes are those of \`duplex check\`: 0 survives, 1 could not judge, or nothing to judge (0 with --allow-empty),
2 advice only (0 with --allow-advice), 3 refused. The page is written unless there is a mistake.

Examples:
  $ duplex report state.json --output report.html
  $ duplex report . --stack prod --language ko --output report.html
  $ duplex report preview.json --base state.json --output change.html`;

/** Adds `duplex report PATH`. */
export function addReport(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("report")
    .description("one page to hand on: what is left when a place is lost, why, and what mends it")
    .argument("[path]", "a stack, as `duplex check` takes it")
    .option("-o, --output <file>", "write the page to a file instead of standard output")
    .addOption(new Option("--language <tag>", "of the page").choices(languages).default("en"))
    .option("--base <old>", "tell what is new beside this: a path like PATH, or git:REF for manifests")
    .option("--baseline <file>", "findings that are known and do not refuse, written by `duplex baseline write`")
    .option("--allow-advice", "end with 0 where there is advice only", false)
    .option("--allow-empty", "end with 0 where the stack holds no service, so that nothing is judged", false);
  addInputOptions(command)
    .addHelpText("after", details)
    .action(async (path: string | undefined, options: ReportOptions) => {
      const { writeReport } = await import("./run");
      outcome.code = exitCodeOf(await writeReport(path, options, io), options);
    });
}
