import { InvalidArgumentError, type Command } from "commander";
import { addProgramOptions } from "../input/programOptions";
import type { Io } from "../io";
import { exitCodes, type Outcome } from "../outcome";
import type { ClusterRoleOptions } from "./options";

const purpose =
  "For whoever `duplex drift` and `pulumi refresh --preview-only` read a cluster as: " +
  "to get the kinds that the stack holds, and to list\n" +
  "what the provider looks at beside them. " +
  "Secrets are granted by name, and told on standard error, since to get one is to read it.";

const details = `
${purpose}

Exit codes: 0 written, 1 could not be written.

Examples:
  $ pulumi stack export -s prod | duplex cluster-role - | kubectl apply -f -
  $ duplex cluster-role state.json --output role.yaml --live`;

/** Adds `duplex cluster-role PATH`. */
export function addClusterRole(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("cluster-role")
    .description("write the ClusterRole of whoever may read what a stack holds in Kubernetes, and nothing else")
    .argument("<path>", "state export, preview, or folder of a project; `-` for standard input")
    .option("-s, --stack <stack>", "stack of the project (default: its only one)")
    .option("-o, --output <file>", "write the role to a file")
    .option("--name <name>", "what the role is called", roleName, "duplex-drift")
    .option("--allow-missing", "leave out releases of Helm, which are read from all secrets of a namespace", false)
    .option("--live", "grant what `duplex drift --live` is given as well", false);
  addProgramOptions(command)
    .addHelpText("after", details)
    .action(async (path: string, options: ClusterRoleOptions) => {
      const { clusterRole } = await import("./run");
      await clusterRole(path, options, io);
      outcome.code = exitCodes.survives;
    });
}

/** Kubernetes API, "Object names and IDs": a path segment name, here without a colon, which is Kubernetes' own. */
function roleName(text: string): string {
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text) && text.length <= 253) return text;
  throw new InvalidArgumentError("It must be letters in lower case, digits, dots and hyphens.");
}
