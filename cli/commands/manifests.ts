import { Option, type Command } from "commander";
import type { ManifestFormat } from "../manifests/write";
import { exitCodes } from "../exitCodes";
import type { Io } from "../io";
import type { Outcome } from "../run";
import { defaultProgramSeconds, seconds } from "./seconds";

/** Names here rather than from manifests/: help and usage errors need not load YAML. */
const formatNames: readonly ManifestFormat[] = ["yaml", "json"];

export interface ManifestsOptions {
  readonly stack?: string;
  /** Folder, or `-` for standard output. */
  readonly output: string;
  readonly format: ManifestFormat;
  /** Cluster or site. @default all */
  readonly cluster?: string;
  /** File for the sites that the program declares. @default they are not written */
  readonly writeSites?: string;
  readonly timeout: number;
  readonly verbose: boolean;
}

const details = `
The program is run without an engine and without a cloud. Names that Pulumi would make up end in a suffix that never changes;
values of secrets are replaced by a placeholder; values that only a deployment knows are told by name on standard error.

Exit codes: 0 written, 1 could not be written.

Examples:
  $ duplex manifests -s prod -o manifests
  $ duplex check manifests --sites Pulumi.prod.yaml
  $ duplex manifests -s prod --cluster chuncheon | kubectl diff -f -`;

/** Adds `duplex manifests [PATH]`. */
export function addManifests(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("manifests")
    .description(
      "write the objects of Kubernetes that a project's program makes, by cluster, as Pulumi would apply them",
    )
    .argument("[path]", "folder of the project", ".")
    .option("-s, --stack <stack>", "stack of the project (default: its only one)")
    .option("-o, --output <folder>", "folder for one file for each cluster, or `-` for standard output", "-")
    .addOption(
      new Option("-f, --format <format>", "YAML documents or a JSON List").choices(formatNames).default("yaml"),
    )
    .option("--cluster <name>", "only this cluster, by its context or by its site")
    .option("--write-sites <file>", "also write the sites that the program declares, for `duplex check --sites`")
    .option("--timeout <seconds>", "longest time for the program", seconds, defaultProgramSeconds)
    .option("--verbose", "show what the program prints", false)
    .addHelpText("after", details)
    .action(async (path: string, options: ManifestsOptions) => {
      const { manifests } = await import("../manifests");
      await manifests(path, options, io);
      outcome.code = exitCodes.survives;
    });
}
