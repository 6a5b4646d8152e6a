/** A stack's configuration, as the engine hands it to a program: strings, with objects as JSON. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../../model/errors";
import { readFileText } from "../../input/readText";
import { stackName } from "../../input/stackName";
import { parseYaml } from "../../input/yaml";
import type { Project } from "./project";
import { isRecord } from "../../../lib/records";

export interface StackConfig {
  readonly stack: string;
  /** `namespace:key` to value. */
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Stands for a secure value: only the stack's key can open it, and no verdict hangs on a secret's content. */
export const securePlaceholder = "[secret]";

/** Name of the stack where the project has no stack file at all. */
const unnamedStack = "dev";

/**
 * Chooses the stack and reads its configuration.
 *
 * @param wanted the stack's name, with or without organisation and project. @default the only one that has a file
 */
export async function readStackConfig(project: Project, wanted?: string): Promise<StackConfig> {
  const stacks = await stacksOf(project);
  const stack = wanted === undefined ? onlyStack(stacks, project) : stackName(wanted);
  if (wanted !== undefined && stacks.length > 0 && !stacks.includes(stack)) {
    throw new UserError([
      {
        code: "DPX022",
        message: `The project has no stack "${stack}".`,
        fix: `Give one of: ${stacks.join(", ")}.`,
        file: project.stackFolder,
      },
    ]);
  }
  const values = new Map<string, string>();
  const secretKeys = new Set<string>();
  const add = (key: string, value: unknown) => {
    const full = key.includes(":") ? key : `${project.name}:${key}`;
    values.set(full, configText(value));
    if (hasSecure(value)) secretKeys.add(full);
    else secretKeys.delete(full);
  };
  for (const [key, value] of Object.entries(project.config)) {
    const given = projectDefault(value);
    if (given !== undefined) add(key, given);
  }
  for (const [key, value] of Object.entries(await stackValues(project, stack, stacks))) add(key, value);
  return { stack, values: Object.fromEntries(values), secretKeys: [...secretKeys].sort() };
}

async function stacksOf(project: Project): Promise<string[]> {
  const names = await readdir(project.stackFolder).catch((): string[] => []);
  return names.flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []).sort();
}

function onlyStack(stacks: readonly string[], project: Project): string {
  if (stacks.length > 1) {
    throw new UserError([
      {
        code: "DPX022",
        message: `The project has ${stacks.length} stacks: ${stacks.join(", ")}.`,
        fix: `Choose one: \`--stack ${stacks[0] ?? ""}\`.`,
        file: project.stackFolder,
      },
    ]);
  }
  return stacks[0] ?? unnamedStack;
}

async function stackValues(
  project: Project,
  stack: string,
  stacks: readonly string[],
): Promise<Record<string, unknown>> {
  if (!stacks.includes(stack)) return {};
  const file = join(project.stackFolder, `Pulumi.${stack}.yaml`);
  const content = parseYaml(await readFileText(file, { cwd: project.root }), file);
  const config = isRecord(content) ? content["config"] : undefined;
  if (config === undefined || config === null) return {};
  if (!isRecord(config)) {
    throw new UserError([
      {
        code: "DPX023",
        message: `The value ${JSON.stringify(config)} is not a group of settings.`,
        fix: "Write `namespace:key: value` below `config:`.",
        file,
        path: "config",
      },
    ]);
  }
  return config;
}

/** Pulumi.yaml gives a value itself, or a declaration with `value` or `default`. */
function projectDefault(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return value["value"] ?? value["default"];
}

/** The engine writes scalars as text and everything else as JSON. */
function configText(value: unknown): string {
  const open = openSecure(value);
  if (typeof open === "string") return open;
  if (typeof open === "number" || typeof open === "boolean") return String(open);
  return open === null || open === undefined ? "" : JSON.stringify(open);
}

function isSecure(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

function hasSecure(value: unknown): boolean {
  if (isSecure(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecure);
  return isRecord(value) && Object.values(value).some(hasSecure);
}

function openSecure(value: unknown): unknown {
  if (isSecure(value)) return securePlaceholder;
  if (Array.isArray(value)) return value.map(openSecure);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, openSecure(member)]));
}
