/** A simulated cloud of a test's own behind the real engine: its own state, store and plugins in a temporary folder. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureBuilt } from "../../tools/build";
import { simulatedEnvironment } from "../../tools/lib/cloud";
import { ensureEngine } from "../../tools/lib/engine";
import { simulatedEngine } from "../../tools/lib/stack";

export const root = path.resolve(__dirname, "../..");
export const pack = path.join(root, "policies", "pulumi-analyzer-duplex");

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, for messages that the engine may print on either. */
  readonly text: string;
}

export interface SimulatedStack {
  /** Folder that holds everything of this simulated cloud. */
  readonly folder: string;
  /** Folder of the simulated cloud's store. */
  readonly cloud: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs the engine to its end. */
  pulumi(...args: string[]): Promise<Run>;
  /** Starts the engine and gives the process, in a group of its own so that a test can kill all of it. */
  start(...args: string[]): Promise<ChildProcess>;
  /** Makes a stack; throws with what the engine said where it cannot. */
  init(stack: string, project?: string): Promise<void>;
  /** The state, as `pulumi stack export` prints it. */
  state(stack: string, project?: string): Promise<StateExport>;
  remove(): void;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly custom: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface StateExport {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly unknown[];
  };
}

/** What the tools' engine does, as far as tests use it. */
interface Engine {
  pulumi(args: readonly string[], options: { stdio: readonly unknown[] }): Promise<number>;
}

/** Makes a simulated cloud. Call `remove` in `afterAll`. */
export async function simulatedStack(): Promise<SimulatedStack> {
  await ensureBuilt();
  const engine = await ensureEngine();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "duplex-e2e-"));
  const environment = simulatedEnvironment(engine, folder) as NodeJS.ProcessEnv;
  const simulated = simulatedEngine(environment, folder) as Engine;

  async function pulumi(...args: string[]): Promise<Run> {
    const out = path.join(folder, `out-${process.hrtime.bigint()}`);
    const files = { stdout: `${out}.stdout`, stderr: `${out}.stderr` };
    const descriptors = [fs.openSync(files.stdout, "w"), fs.openSync(files.stderr, "w")] as const;
    const code = await simulated.pulumi([...args, "--non-interactive", "--color", "never"], {
      stdio: ["ignore", ...descriptors],
    });
    descriptors.forEach((each) => fs.closeSync(each));
    const stdout = fs.readFileSync(files.stdout, "utf8");
    const stderr = fs.readFileSync(files.stderr, "utf8");
    return { code, stdout, stderr, text: `${stdout}\n${stderr}` };
  }

  return {
    folder,
    cloud: String(environment["DUPLEX_SIMULATED_CLOUD"]),
    environment,
    pulumi,
    start: (...args) =>
      Promise.resolve(
        spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
          cwd: root,
          env: environment,
          stdio: "ignore",
          detached: true,
        }),
      ),
    async init(stack, project) {
      const run = await pulumi("stack", "init", stack, ...(project ? ["--cwd", project] : []));
      if (run.code !== 0) throw new Error(run.text);
    },
    async state(stack, project) {
      const run = await pulumi("stack", "export", "-s", stack, ...(project ? ["--cwd", project] : []));
      if (run.code !== 0) throw new Error(run.text);
      return JSON.parse(run.stdout) as StateExport;
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the command line as a user does, and gives its exit code and streams. */
export function duplex(...args: string[]): Run {
  const result = spawnSync(process.execPath, [path.join(root, "cli", "bin", "duplex.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return {
    code: result.status ?? 1,
    stdout: result.stdout,
    stderr: result.stderr,
    text: `${result.stdout}\n${result.stderr}`,
  };
}
