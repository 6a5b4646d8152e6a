import type { Verdict } from "../../policies/judge";
import { Option, type Command } from "commander";
import { tiers } from "../../model";
import { repeated, seconds } from "../flags";
import { defaultProgramSeconds } from "../input/programOptions";
import type { Io } from "../io";
import { exitCodes, type ExitCode, type Outcome } from "../outcome";
import { addAnswerOptions } from "../output/answerOptions";
import { clusterPlace } from "./clusterPlace";
import type { CheckOptions } from "./options";

const details = `
PATH is one of:
  a file       written by \`pulumi stack export\`, \`pulumi preview --json --show-sames\` or \`--event-log\`;
               or rendered manifests of Kubernetes, named for their cluster, such as pangyo.yaml
  -            the same from standard input
  a folder     a Pulumi project (Node.js); its program is run without an engine and without a cloud;
               or manifests of several clusters: a file or a folder for each, named for it

Exit codes: 0 survives, 1 could not judge, or nothing to judge (0 with --allow-empty), 2 advice only (0 with
--allow-advice), 3 refused.

Examples:
  $ pulumi stack export -s prod | duplex check -
  $ duplex check . --stack prod
  $ duplex check state.json --sites Pulumi.prod.yaml --config duplex.policy.json
  $ duplex check manifests --sites Pulumi.prod.yaml --cluster east.yaml=chuncheon
  $ duplex check preview.json --with data.json --with network.json
  $ duplex check --kubeconfig ~/.kube/config --context pangyo --context ansan --sites Pulumi.prod.yaml
  $ duplex check preview.json --format markdown --output comment.md
  $ duplex check . --format github --report sarif=duplex.sarif --report markdown=comment.md --allow-advice`;

/** Adds `duplex check PATH`. */
export function addCheck(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("check")
    .description("judge a stack: who stays up when a building goes dark")
    .argument("[path]", "a state export, a preview, an event log, manifests, `-`, or a project folder");
  addAnswerOptions(command)
    .option("--with <file>", "judge it together with a stack that it refers to (may be repeated)", repeated, [])
    .option("--allow-advice", "end with 0 where there is advice only", false)
    .option("--allow-empty", "end with 0 where the stack holds no service, so that nothing is judged", false)
    .option("--sites <file>", "sites of one's own: Pulumi.<stack>.yaml with an estate, or JSON")
    .option(
      "--cluster <name=site>",
      "where a cluster stands; several sites by commas (may be repeated)",
      clusterPlace,
      {},
    )
    .option("-c, --config <file>", "policy configuration (JSON): levels, requirements, clusters, tierNames, exemptions")
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
    .option("--verbose", "show every resource and property, and what a project's program prints", false)
    .addHelpText("after", details)
    .action(async (path: string | undefined, options: CheckOptions) => {
      const { check } = await import("./run");
      outcome.code = codeOf(await check(path, options, io), options);
    });
}

function codeOf(verdict: Verdict, { allowAdvice, allowEmpty }: CheckOptions): ExitCode {
  switch (verdict) {
    case "survives":
      return exitCodes.survives;
    case "advice":
      return allowAdvice ? exitCodes.survives : exitCodes.advice;
    case "refused":
      return exitCodes.refused;
    case "nothingJudged":
      return allowEmpty ? exitCodes.survives : exitCodes.couldNotJudge;
    default:
      return verdict satisfies never;
  }
}
