import { Option, type Command } from "commander";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { projectName, templateNames, templates, type InitOptions } from "./options";

const details = `
Templates:
${templateNames.map((name) => `  ${name.padEnd(20)}  ${templates[name]}`).join("\n")}

Writes package.json, tsconfig.json, Pulumi.yaml, Pulumi.prod.yaml (the estate), index.ts, a test, a workflow that judges
pull requests, .gitignore and README.md. Asks nothing, installs nothing. Three services of it, two of them critical,
survive every loss that their tiers ask for; every name and figure is an example.

Exit codes: 0 written, 1 not written.

Examples:
  $ duplex init shop
  $ duplex init . --template clusters --name shop
  $ duplex init --list`;

/** Adds `duplex init [FOLDER]`. */
export function addInit(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("init")
    .description("a new project whose services survive, ready to run on the simulated cloud")
    .argument("[folder]", "where it is written; made where it is not there", ".")
    .addOption(new Option("--template <name>", "what the estate is").choices(templateNames).default("two-regions"))
    .option("--name <name>", "name of the project (default: the folder's)", projectName)
    .option("--force", "write beside what is in the folder; a file that is there is left as it is", false)
    .option("--list", "list the templates and write nothing", false)
    .option(
      "--duplex <spec>",
      "what npm installs as duplex, such as file:./duplex-0.1.0.tgz (default: what this copy was installed from, " +
        "else this copy, packed into the folder)",
    )
    .addHelpText("after", details)
    .action(async (folder: string, options: InitOptions) => {
      const { init } = await import("./run");
      await init(folder, options, io);
      outcome.code = exitCodes.survives;
    });
}
