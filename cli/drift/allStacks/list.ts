/** Which stacks a run over a backend is about. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { matchesGlob } from "../../../drift/paths";
import { UserError } from "../../../model/errors";
import { runEngine } from "../../engine/pulumi/process";
import type { Io } from "../../io";
import type { StacksInput } from "../options";
import { byText } from "../../../lib/order";

export interface ListedStack {
  /** As the backend lists it: `organization/project/stack`. */
  readonly name: string;
  /** True where nothing was ever deployed, or nothing is left. */
  readonly empty: boolean;
}

export interface StackList {
  /** Those of this run, sorted. */
  readonly stacks: readonly ListedStack[];
  /** SHA-256 of the names of all shards' stacks. */
  readonly sha256: string;
}

const listed = z.array(z.looseObject({ name: z.string().min(1), resourceCount: z.int().min(0).optional() }));

/** Seconds for a list of some thousand stacks. */
const listSeconds = 120;

/**
 * Lists and selects.
 *
 * @param folder a folder that belongs to no project: inside of one the engine leaves that project's name out
 * @throws UserError (DPX705, DPX730, DPX731)
 */
export async function listStacks(folder: string, input: StacksInput, io: Io): Promise<StackList> {
  const run = await runEngine(["stack", "ls", "--all", "--json", "--non-interactive", "--color", "never"], {
    cwd: folder,
    env: { ...io.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
    deadline: Date.now() + listSeconds * 1000,
    describeTimeout: () => notListed(`it did not answer within ${listSeconds} s`),
  });
  if (run.code !== 0) throw notListed((run.stderr.trim().split("\n")[0] ?? "it said nothing").slice(0, 400));
  const all = parsed(run.stdout)
    .map(({ name, resourceCount = 0 }): ListedStack => ({ name, empty: resourceCount === 0 }))
    .sort((a, b) => byText(a.name, b.name));
  const asked = all.filter(({ name }) => isAsked(name, input));
  if (asked.length === 0) throw noneAsked(all.length, input);
  const { shard } = input;
  return {
    stacks: shard === undefined ? asked : asked.filter(({ name }) => shardOf(name, shard.count) === shard.index),
    sha256: createHash("sha256")
      .update(JSON.stringify(asked.map(({ name }) => name)))
      .digest("hex"),
  };
}

/** `project/stack`, without the organization. */
export function shortName(name: string): string {
  return name.split("/").slice(-2).join("/");
}

/** From 1. By the name alone, so that a stack that is new or gone moves no other. */
function shardOf(name: string, count: number): number {
  return (createHash("sha256").update(name).digest().readUIntBE(0, 6) % count) + 1;
}

function isAsked(name: string, { project, include, exclude }: StacksInput): boolean {
  const short = shortName(name);
  const fits = (glob: string): boolean => matchesGlob(glob, short) || matchesGlob(glob, name);
  const [of] = short.split("/");
  return (
    (project.length === 0 || project.some((each) => each === of)) &&
    (include.length === 0 || include.some(fits)) &&
    !exclude.some(fits)
  );
}

function parsed(text: string): z.infer<typeof listed> {
  try {
    return listed.parse(JSON.parse(text));
  } catch {
    throw notListed("its answer is not the JSON of `pulumi stack ls --json`");
  }
}

function notListed(reason: string): UserError {
  return new UserError([
    {
      code: "DPX730",
      message: `The stacks of the backend cannot be listed: ${reason}.`,
      fix: "See that `pulumi stack ls --all` lists them, and check PULUMI_BACKEND_URL.",
    },
  ]);
}

function noneAsked(count: number, { project, include, exclude }: StacksInput): UserError {
  const asked = [
    ...project.map((name) => `--project ${name}`),
    ...include.map((glob) => `--include ${glob}`),
    ...exclude.map((glob) => `--exclude ${glob}`),
  ];
  return new UserError([
    {
      code: "DPX731",
      message: `No stack is asked for: the backend lists ${count}, and none is left by ${asked.join(" ") || "--all"}.`,
      fix: "Give a pattern over PROJECT/STACK, in which * stands for any text, or check PULUMI_BACKEND_URL.",
    },
  ]);
}
