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
  /** Arguments to node, in the place of the project's. */
  readonly nodeArguments: readonly string[];
  /** The SDK's own ts-node would take over what the loader has done. */
  readonly env: Readonly<Record<string, string>>;
}

/** @returns undefined for a program that the SDK loads by itself. */
export async function esModuleLoading(project: Project): Promise<ModuleLoading | undefined> {
  const { typescript, tsconfig } = project.runtime;
  const nodeArguments = withoutTsNode(project.runtime.nodeArguments);
  if (!typescript || nodeArguments.some((argument) => loaderFlags.test(argument))) return undefined;
  if (!(await isModule(resolve(project.root, project.main)))) return undefined;
  return {
    nodeArguments: ["--import", pathToFileURL(require.resolve("tsx")).href, ...nodeArguments],
    env: {
      PULUMI_NODEJS_TYPESCRIPT: "false",
      ...(tsconfig === undefined ? {} : { TSX_TSCONFIG_PATH: resolve(project.root, tsconfig) }),
    },
  };
}

/**
 * The recipe of many projects, `--loader ts-node/esm --experimental-specifier-resolution=node`, fails with newer
 * versions of Node: the loader in most of them, the other flag since 19, which has taken it out. What both do tsx does.
 */
function withoutTsNode(given: readonly string[]): readonly string[] {
  return given.flatMap((argument, index) => {
    const isValue = loaderFlags.test(given[index - 1] ?? "") && !(given[index - 1] ?? "").includes("=");
    const [flag, value] = isValue
      ? [given[index - 1] ?? "", argument]
      : [argument, valueOf(argument, given[index + 1])];
    if (/^--(?:experimental|es-module)-specifier-resolution=/.test(argument)) return [];
    return loaderFlags.test(flag) && /(?:^|[/\\])ts-node(?:[/\\]|$)/.test(value) ? [] : [argument];
  });
}

/** Of a flag, in the same word or the next one. */
function valueOf(flag: string, next: string | undefined): string {
  const at = flag.indexOf("=");
  return at < 0 ? (next ?? "") : flag.slice(at + 1);
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
