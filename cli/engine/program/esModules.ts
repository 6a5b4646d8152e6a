/**
 * A TypeScript program of ES modules. The SDK loads one only where the project has a ts-node of its own and no other
 * hook is there, and Node by itself strips types but makes no code of an enum, a namespace, a parameter property or
 * a decorator. Such a program is loaded by tsx, which also knows `paths` of tsconfig.json and specifiers without an
 * extension.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isRecord } from "../../../lib/records";
import type { Project } from "./project";

/** Flags by which a project brings a loader of its own. */
const loaderFlags = /^--(?:import|require|loader|experimental-loader)(?:=|$)|^-r$/;

/** How such a program is loaded. */
export interface ModuleLoading {
  /** Arguments to node. */
  readonly nodeArguments: readonly string[];
  /** The SDK's own ts-node would take over what the loader has done. */
  readonly env: Readonly<Record<string, string>>;
}

/** @returns undefined for a program that the SDK loads by itself. */
export async function esModuleLoading(project: Project): Promise<ModuleLoading | undefined> {
  const { typescript, nodeArguments, tsconfig } = project.runtime;
  if (!typescript || nodeArguments.some((argument) => loaderFlags.test(argument))) return undefined;
  if (!(await isModule(resolve(project.root, project.main)))) return undefined;
  return {
    nodeArguments: ["--import", pathToFileURL(require.resolve("tsx")).href],
    env: {
      PULUMI_NODEJS_TYPESCRIPT: "false",
      ...(tsconfig === undefined ? {} : { TSX_TSCONFIG_PATH: resolve(project.root, tsconfig) }),
    },
  };
}

/** By the nearest package.json, as Node and the SDK have it. */
async function isModule(place: string): Promise<boolean> {
  const text = await readFile(join(place, "package.json"), "utf8").catch(() => undefined);
  if (text !== undefined) return typeOf(text) === "module";
  const parent = dirname(place);
  return parent === place ? false : isModule(parent);
}

/** One that cannot be read is refused by the SDK, in its own words. */
function typeOf(text: string): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return isRecord(content) ? content["type"] : undefined;
  } catch {
    return undefined;
  }
}
