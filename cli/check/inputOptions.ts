/** Flags of every command that judges a stack: what is read, and by which settings. */
import { Option, type Command } from "commander";
import { tiers } from "../../model";
import { repeated, seconds } from "../flags";
import { defaultProgramSeconds } from "../input/programOptions";
import { rulesOption } from "../rules/option";
import { clusterPlace } from "./clusterPlace";

export function addInputOptions(command: Command): Command {
  return command
    .option("--with <file>", "judge it together with a stack that it refers to (may be repeated)", repeated, [])
    .option("--sites <file>", "sites of one's own: Pulumi.<stack>.yaml with an estate, or JSON")
    .option(
      "--cluster <name=site>",
      "where a cluster stands; several sites by commas (may be repeated)",
      clusterPlace,
      {},
    )
    .option("-c, --config <file>", "policy configuration (JSON): levels, requirements, clusters, tierNames, exemptions")
    .option(...rulesOption)
    .option(
      "--stack-config <file>",
      "the stack's configuration, whose duplex:policies holds: an export has none with it",
    )
    .addOption(new Option("--tier <tier>", "tier of what says none (default: standard)").choices(tiers))
    .option("-s, --stack <stack>", "stack of a project folder (default: its only one)")
    .option("--kubeconfig <file>", "judge live clusters instead of a path; they are only read")
    .option("--context <name>", "context of the kubeconfig (may be repeated; default: the current one)", repeated, [])
    .option(
      "--timeout <seconds>",
      "longest time for a project's program, or for reading clusters",
      seconds,
      defaultProgramSeconds,
    )
    .option("--verbose", "show every resource and property, and what a project's program prints", false);
}
