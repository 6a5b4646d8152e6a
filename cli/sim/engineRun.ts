/** What needs the real engine: a process of its own does it, whose output is the user's as it comes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { readProject } from "../engine/program/project";
import { readStackConfig } from "../engine/program/stackConfig";
import type { Io } from "../io";
import { exitCodes, type ExitCode } from "../outcome";
import { packageFolder } from "../packageFolder";
import type { StackOptions } from "./options";

/** What `tools/sim.js` does, and how. */
export type EngineAction =
  | { readonly do: "up"; readonly policies: boolean; readonly refresh: boolean }
  | { readonly do: "preview"; readonly policies: boolean; readonly refresh: boolean; readonly json: boolean }
  | { readonly do: "down"; readonly force: boolean };

/**
 * Runs the engine on a stack of the project's simulated cloud.
 *
 * @throws UserError where the folder holds no project (DPX002, DPX020, DPX021), or no such stack (DPX022)
 */
export async function runEngine(action: EngineAction, options: StackOptions, io: Io): Promise<ExitCode> {
  const project = await readProject(resolve(io.cwd, options.project));
  const { stack } = await readStackConfig(project, options.stack);
  const request = JSON.stringify({ ...action, project: project.root, stack });
  const child = spawn(process.execPath, [join(packageFolder(), "tools", "sim.js"), request], {
    cwd: io.cwd,
    env: io.env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  return Object.values(exitCodes).find((each) => each === code) ?? exitCodes.couldNotJudge;
}
