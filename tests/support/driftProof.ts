/**
 * The small estate of tests/fixtures/programs/drift-proof on the real engine: brought up once. Every run has a copy of the
 * cloud's store of its own, so that runs are independent of each other and several go at a time.
 */
import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DriftReport } from "../../report/drift/report";
import { openCloud, type Cloud } from "../../simulator/control";
import { root, simulatedStack, type Run, type SimulatedStack } from "./engine";

export const project = "tests/fixtures/programs/drift-proof";

export interface DriftProof {
  readonly stack: SimulatedStack;
  /** Folder of a new copy of the cloud as it was deployed, with a change made to it. */
  copyOfCloud(change?: (cloud: Cloud) => void): Promise<string>;
  /** Runs `duplex drift` to its end. */
  drift(cloud: string, ...args: readonly string[]): Promise<Run>;
  /** Starts `duplex drift`; nothing is read of what it says. */
  start(cloud: string, environment: NodeJS.ProcessEnv): ChildProcess;
  /** Arguments by which the engine finds the project, with settings in which it may note its salt. */
  readonly settings: readonly string[];
  remove(): void;
}

/** The command line of one run. */
function driftCommand(...args: readonly string[]): readonly string[] {
  const sites = path.join(project, "Pulumi.dev.yaml");
  const command = [path.join(root, "cli/bin/duplex.js"), "drift", "-s", "dev", "--cwd", project, "--sites", sites];
  return [...command, "--format", "json", ...args];
}

export async function driftProof(): Promise<DriftProof> {
  const stack = await simulatedStack();
  await stack.init("dev", project);
  const up = await stack.pulumi("up", "--yes", "--skip-preview", "-s", "dev", "--cwd", project);
  if (up.code !== 0) throw new Error(up.text);
  // The first reading tells the simulated cloud that the engine knows its objects: from then on a reading writes nothing.
  const first = await stack.pulumi("refresh", "--preview-only", "-s", "dev", "--cwd", project);
  if (first.code !== 0) throw new Error(first.text);
  const settings = path.join(stack.folder, "Pulumi.copy.yaml");
  fs.copyFileSync(path.join(root, project, "Pulumi.dev.yaml"), settings);
  let copies = 0;
  return {
    stack,
    async copyOfCloud(change) {
      const folder = path.join(stack.folder, "copies", String(copies++));
      fs.cpSync(stack.cloud, folder, { recursive: true });
      const cloud = openCloud(folder);
      try {
        change?.(cloud);
      } finally {
        await cloud.close();
      }
      return folder;
    },
    drift: (cloud, ...args) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, driftCommand(...args), {
          cwd: root,
          env: { ...stack.environment, DUPLEX_SIMULATED_CLOUD: cloud, NO_COLOR: "1" },
          stdio: ["ignore", "pipe", "pipe"],
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
        child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
        child.on("error", reject);
        child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr, text: stdout + stderr }));
      }),
    start: (cloud, environment) =>
      spawn(process.execPath, driftCommand(), {
        cwd: root,
        env: { ...stack.environment, ...environment, DUPLEX_SIMULATED_CLOUD: cloud },
        stdio: "ignore",
      }),
    settings: ["--cwd", project, "--config-file", settings],
    remove: () => stack.remove(),
  };
}

export function reportOf(run: Run): DriftReport {
  if (run.stdout === "") throw new Error(run.stderr);
  return JSON.parse(run.stdout) as DriftReport;
}

/** Does the work for each, as many at a time as the machine has cores; results in the order of what was given. */
export async function forEachAtOnce<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < things.length; at = next++) results[at] = await work(things[at] as T);
  };
  await Promise.all(Array.from({ length: Math.max(1, os.availableParallelism()) }, worker));
  return results;
}
