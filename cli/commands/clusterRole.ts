import { InvalidArgumentError, type Command } from "commander";
import { exitCodes } from "../exitCodes";
import type { Io } from "../io";
import type { Outcome } from "../run";
import { defaultProgramSeconds, seconds } from "./seconds";

export interface ClusterRoleOptions {
  readonly stack?: string;
  /** @default standard output */
  readonly output?: string;
  /** What the role is called in the cluster. */
  readonly name: string;
  /** True where releases of Helm may be left out. */
  readonly allowMissing: boolean;
  /** True where the role also lists what `duplex drift --live` is given. */
  readonly live: boolean;
  readonly timeout: number;
  readonly verbose: boolean;
}

const details = `
For whoever \`duplex drift\` and \`pulumi refresh --preview-only\` read a cluster as: to get the kinds that the stack holds, and to list
what the provider looks at beside them. Secrets are granted by name, and told on standard error, since to get one is to read it.

Exit codes: 0 written, 1 could not be written.

Examples:
  $ pulumi stack export -s prod | duplex cluster-role - | kubectl apply -f -
  $ duplex cluster-role state.json --output role.yaml --live`;

/** Adds `duplex cluster-role PATH`. */
export function addClusterRole(program: Command, io: Io, outcome: Outcome): void {
  program
    .command("cluster-role")
    .description("write the ClusterRole of whoever may read what a stack holds in Kubernetes, and nothing else")
    .argument("<path>", "state export, preview, or folder of a project; `-` for standard input")
    .option("-s, --stack <stack>", "stack of the project (default: its only one)")
    .option("-o, --output <file>", "write the role to a file")
    .option("--name <name>", "what the role is called", roleName, "duplex-drift")
    .option("--allow-missing", "leave out releases of Helm, which are read from all secrets of a namespace", false)
    .option("--live", "grant what `duplex drift --live` is given as well", false)
    .option("--timeout <seconds>", "longest time for the program", seconds, defaultProgramSeconds)
    .option("--verbose", "show what the program prints", false)
    .addHelpText("after", details)
    .action(async (path: string, options: ClusterRoleOptions) => {
      const { clusterRole } = await import("../clusterRole");
      await clusterRole(path, options, io);
      outcome.code = exitCodes.survives;
    });
}

/** Kubernetes API, "Object names and IDs": a path segment name, here without a colon, which is Kubernetes' own. */
function roleName(text: string): string {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text) && text.length <= 253) return text;
  throw new InvalidArgumentError("It must be letters in lower case, digits, dots and hyphens.");
}
