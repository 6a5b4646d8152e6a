import { Option, type Command } from "commander";
import { addProgramOptions } from "../input/programOptions";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import { manifestFormats, type ManifestsOptions } from "./options";

const purpose =
  "The program is run without an engine and without a cloud. " +
  "Names that Pulumi would make up end in a suffix that never changes;\n" +
  "values of secrets are replaced by a placeholder; " +
  "values that only a deployment knows are told by name on standard error.";

const details = `
${purpose}

Exit codes: 0 written, 1 could not be written.

Examples:
  $ duplex manifests -s prod -o manifests
  $ duplex check manifests --sites Pulumi.prod.yaml
  $ duplex manifests -s prod --cluster chuncheon | kubectl diff -f -`;

/** Adds `duplex manifests [PATH]`. */
export function addManifests(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("manifests")
    .description(
      "write the objects of Kubernetes that a project's program makes, by cluster, as Pulumi would apply them",
    )
    .argument("[path]", "folder of the project", ".")
    .option("-s, --stack <stack>", "stack of the project (default: its only one)")
    .option("-o, --output <folder>", "folder for one file for each cluster, or `-` for standard output", "-")
    .addOption(
      new Option("-f, --format <format>", "YAML documents or a JSON List").choices(manifestFormats).default("yaml"),
    )
    .option("--cluster <name>", "only this cluster, by its context or by its site")
    .option("--write-sites <file>", "also write the sites that the program declares, for `duplex check --sites`");
  addProgramOptions(command)
    .addHelpText("after", details)
    .action(async (path: string, options: ManifestsOptions) => {
      const { manifests } = await import("./run");
      await manifests(path, options, io);
      outcome.code = exitCodes.survives;
    });
}
