import { Option, type Command } from "commander";
import type { Io } from "../io";
import type { Outcome } from "../outcome";
import { addAnswerOptions } from "../output/answerOptions";
import { exitCodeOf } from "./exitCode";
import { addInputOptions } from "./inputOptions";
import type { CheckOptions } from "./options";

const details = `
PATH is one of:
  a file       written by \`pulumi stack export\`, \`pulumi preview --json --show-sames\` or \`--event-log\`;
               or rendered manifests of Kubernetes, named for their cluster, such as pangyo.yaml
  -            the same from standard input
  a folder     a Pulumi project (Node.js); its program is run without an engine and without a cloud;
               or manifests of several clusters: a file or a folder for each, named for it

Exit codes: 0 survives, 1 could not judge, or nothing to judge (0 with --allow-empty), 2 advice only (0 with
--allow-advice), 3 refused. With --base the codes follow what is new or worse; what was refused before is advice.

Examples:
  $ pulumi stack export -s prod | duplex check -
  $ duplex check . --stack prod
  $ duplex check state.json --sites Pulumi.prod.yaml --config duplex.policy.json
  $ duplex check state.json --rules rules
  $ duplex check manifests --sites Pulumi.prod.yaml --cluster east.yaml=chuncheon
  $ duplex check preview.json --with data.json --with network.json
  $ duplex check --kubeconfig ~/.kube/config --context pangyo --context ansan --sites Pulumi.prod.yaml
  $ duplex check preview.json --base before --format markdown --output comment.md
  $ duplex check manifests --base git:origin/main --sites Pulumi.prod.yaml
  $ duplex check . --format github --report sarif=duplex.sarif --report markdown=comment.md --allow-advice`;

/** Adds `duplex check PATH`. */
export function addCheck(program: Command, io: Io, outcome: Outcome): void {
  const command = program
    .command("check")
    .description("judge a stack: who stays up when a building goes dark")
    .argument("[path]", "a state export, a preview, an event log, manifests, `-`, or a project folder");
  addInputOptions(addAnswerOptions(command))
    .option(
      "--base <old>",
      "compare with this: a path like PATH; `before` for what a preview starts from; git:REF for manifests",
    )
    .addOption(
      new Option(
        "--fail-on <which>",
        "refuse by findings that are new or worse, or by any (default: new, with --base)",
      ).choices(["new", "any"]),
    )
    .option("--baseline <file>", "findings that are known and do not refuse, written by `duplex baseline write`")
    .option("--allow-advice", "end with 0 where there is advice only", false)
    .option("--allow-empty", "end with 0 where the stack holds no service, so that nothing is judged", false)
    .option(
      "--all",
      "show every finding with its evidence, and every row; what can be read in a minute is the default",
      false,
    )
    .addHelpText("after", details)
    .action(async (path: string | undefined, options: CheckOptions) => {
      const { check } = await import("./run");
      outcome.code = exitCodeOf(await check(path, options, io), options);
    });
}
