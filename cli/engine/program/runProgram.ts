/** Runs a project's own program in a dry run against our monitor, with no engine and no cloud. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError, type Mistake } from "../../../model/errors";
import { runNode, type Ending } from "./child";
import { withoutCredentials } from "./environment";
import { esModuleLoading, type ModuleLoading } from "./esModules";
import { startMonitor, type Monitor } from "./monitor";
import type { PluginComponent } from "./pluginComponents";
import { plainInspectArguments } from "./plainInspect";
import { plainInvokeArguments, plainInvokeMark } from "./plainInvokes";
import { readProject, useTheEngine, type Project } from "./project";
import { Recorder, type RecordedResource } from "./recorder";
import { readStackConfig, type StackConfig } from "./stackConfig";

export interface ProgramRun {
  readonly stack: string;
  /** The stack's configuration, with placeholders for secure values. */
  readonly config: Readonly<Record<string, string>>;
  /** Sorted by URN. */
  readonly registrations: readonly RecordedResource[];
  /** Functions that were answered without the cloud, sorted. */
  readonly standIns: readonly string[];
  /** Functions that were answered by "not known", sorted. */
  readonly unanswered: readonly string[];
  /** Components that are built inside a provider plugin, and of which nothing else is recorded; sorted by URN. */
  readonly components: readonly PluginComponent[];
}

export interface RunOptions {
  /** @default the only stack of the project */
  readonly stack?: string;
  /** Longest time that the program may take, in seconds. */
  readonly timeoutSeconds: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Receives what the program prints. @default nothing is shown */
  readonly onOutput?: (text: string) => void;
}

/**
 * Runs the program of a folder and records what it registers.
 *
 * @param root absolute path of the folder with Pulumi.yaml.
 * @throws UserError where the project, its configuration or its program is at fault.
 */
export async function runProgram(root: string, options: RunOptions): Promise<ProgramRun> {
  const project = await readProject(root);
  const config = await readStackConfig(project, options.stack);
  const runner = findRunner(project);
  const loading = await esModuleLoading(project);
  const recorder = new Recorder({ project: project.name, stack: config.stack, config: config.values });
  const monitor = await startMonitor(recorder);
  try {
    const { env, withheld } = withoutCredentials(options.env);
    const ending = await runNode(argumentsFor({ runner, loading, project, config, monitor }), {
      cwd: project.root,
      env: { ...environmentFor(project, config, env), ...loading?.env },
      timeoutSeconds: options.timeoutSeconds,
      onOutput: options.onOutput,
    });
    refuseFailure(ending, monitor, project, { ...options, withheld });
    return {
      stack: config.stack,
      config: config.values,
      registrations: recorder.registrations(),
      standIns: monitor.standIns(),
      unanswered: monitor.unanswered(),
      components: monitor.components(),
    };
  } finally {
    monitor.stop();
  }
}

/** The project's own SDK runs its program: two copies of one SDK do not share their settings. */
function findRunner(project: Project): string {
  try {
    return createRequire(join(project.root, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new UserError([
      {
        code: "DPX024",
        message: "The package @pulumi/pulumi is not installed in this project.",
        fix: "Run `npm install` in it, then check again.",
        file: project.root,
      },
    ]);
  }
}

interface Start {
  readonly runner: string;
  readonly loading: ModuleLoading | undefined;
  readonly project: Project;
  readonly config: StackConfig;
  readonly monitor: Monitor;
}

function argumentsFor({ runner, loading, project, config, monitor }: Start): string[] {
  return [
    ...plainInspectArguments,
    ...plainInvokeArguments(join(project.root, "package.json")),
    ...(loading?.nodeArguments ?? project.runtime.nodeArguments),
    runner,
    `--monitor=${monitor.address}`,
    `--engine=${monitor.address}`,
    "--organization=organization",
    `--project=${project.name}`,
    `--root-directory=${project.root}`,
    `--stack=${config.stack}`,
    `--pwd=${project.root}`,
    "--parallel=16",
    "--dry-run",
    project.main,
  ];
}

/** As the Node language host sets it. Types are not checked: that is the project's own pipeline's work. */
function environmentFor(
  project: Project,
  config: StackConfig,
  env: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const inherited = Object.entries(env).filter(([key]) => !key.startsWith("PULUMI_NODEJS_"));
  return {
    ...Object.fromEntries(inherited),
    PULUMI_CONFIG: JSON.stringify(config.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: String(project.runtime.typescript),
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...(project.runtime.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: project.runtime.tsconfig }),
    // A proxy for the outside must not be asked for our own loopback address.
    no_grpc_proxy: [env["no_grpc_proxy"] ?? env["no_proxy"] ?? env["NO_PROXY"], "127.0.0.1"].filter(Boolean).join(","),
  };
}

interface FailureContext extends RunOptions {
  readonly withheld: readonly string[];
}

function refuseFailure(ending: Ending, monitor: Monitor, project: Project, options: FailureContext): void {
  if (ending.timedOut) {
    throw new UserError([
      {
        code: "DPX026",
        message: `The program did not end within ${options.timeoutSeconds} s and was stopped.`,
        fix: "Give it longer with `--timeout SECONDS`, or find what it waits for with `--verbose`.",
        file: project.root,
      },
    ]);
  }
  if (ending.code === 0 && monitor.mistakes.length === 0) return;
  const named = [...new Map(monitor.mistakes.map((mistake) => [mistake.message, mistake])).values()];
  if (named.length > 0) throw new UserError(named.map((mistake) => ({ ...mistake, file: project.root })));
  throw new UserError([programMistake(ending, monitor, project, options.withheld)]);
}

function programMistake(ending: Ending, monitor: Monitor, project: Project, withheld: readonly string[]): Mistake {
  const words = (monitor.errors.length > 0 ? monitor.errors.join("\n") : ending.lastWords).trim();
  const missed = withheld.filter((name) => words.includes(name));
  const keptBack = missed.length === 0 ? "" : ` It is run without credentials; kept from it: ${missed.join(", ")}.`;
  const needsEngine = /The Pulumi CLI does not support/.test(words);
  const waitsFor = plainForm.exec(words)?.[1];
  if (waitsFor !== undefined) {
    return {
      code: "DPX027",
      message:
        `The function ${waitsFor} asks the cloud; without an engine it has no answer, ` +
        "and the program waits for it.",
      fix: `Use its output form (\`…Output\`), whose values are then judged as not known. Or: ${useTheEngine}`,
      file: project.root,
    };
  }
  return {
    code: needsEngine ? "DPX028" : "DPX025",
    message: `The program failed: ${words ? sentence(words) : `it ended with code ${ending.code} and said nothing.`}`,
    fix: needsEngine ? useTheEngine : `Correct the program, then check again.${keptBack}`,
    file: project.root,
  };
}

const plainForm = new RegExp(`The function (\\S+) ${plainInvokeMark}`);

function sentence(words: string): string {
  return /[.!?)]$/.test(words) ? words : `${words}.`;
}
