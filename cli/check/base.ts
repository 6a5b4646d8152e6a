/** What a stack is compared with: another input, what its preview starts from, or manifests as a commit has them. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../model/errors";
import type { Policy } from "../../policies/policy";
import type { Base } from "../../report/check/change";
import type { Io } from "../io";
import type { ReadSource } from "../input/readSource";
import { judgeInput, judgeRead, type JudgedInput } from "./judgeInput";
import type { InputOptions } from "./options";

const run = promisify(execFile);

/** Before the name of a commit, a branch or a tag. */
const ofGit = "git:";

/** Stands for what the preview or the event log that is judged starts from. */
const ofItself = "before";

/** The mistake of an input without resources. */
const nothingIn = "DPX013";

/** Longest listing and archive that git gives, in bytes. */
const mostBytes = 1 << 30;

/** What is compared with a base. */
export interface Compared {
  readonly path: string | undefined;
  readonly read: ReadSource;
}

export interface JudgedBase extends Pick<JudgedInput, "estate"> {
  readonly report: Base;
  readonly read: Pick<ReadSource, "resources">;
}

/**
 * Judges the base, by the same settings as what is compared with it.
 *
 * @param base a path; `before` for what the preview itself starts from; or `git:REF` for `path` as that commit has it
 * @throws UserError (DPX008) where the commit does not have it, there is no git, or nothing tells what was before; and
 * as for any input
 */
export async function judgeBase(
  base: string,
  { path, read }: Compared,
  options: InputOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<JudgedBase> {
  const settings = { ...options, kubeconfig: undefined, context: [] };
  const withoutStack = { ...settings, stack: undefined };
  if (base === ofItself) {
    const was = beforeOf(read);
    return was === undefined ? nothing(base) : judgeRead(() => was, withoutStack, policies, io);
  }
  if (!base.startsWith(ofGit)) {
    // A stack is one of a project's; of a project's that is the base too.
    return judgeOrEmpty(base, (await isProject(resolve(io.cwd, base))) ? settings : withoutStack, policies, io);
  }
  const ref = base.slice(ofGit.length);
  const checkedOut = await checkOut(ref, path, io);
  try {
    const { report, ...judged } = await judgeInput(checkedOut.path, withoutStack, policies, io);
    return { ...judged, report: { ...report, source: { ...report.source, path: `${base}:${path}` } } };
  } finally {
    await checkedOut.remove();
  }
}

/** @returns undefined before the first deployment */
function beforeOf({ before, source }: ReadSource): ReadSource | undefined {
  if (before !== undefined) return before();
  const message = `The base "${ofItself}" is what a preview or an event log starts from; ${source.path} is neither.`;
  const fix =
    "Give the output of `pulumi preview --json --show-sames`, or another base; " +
    `a file of that name is ./${ofItself}.`;
  throw new UserError([{ code: "DPX008", message, fix }]);
}

async function isProject(folder: string): Promise<boolean> {
  return (await stat(join(folder, "Pulumi.yaml")).catch(() => undefined))?.isFile() === true;
}

/** Before its first deployment a stack has no resource: then all is new. */
async function judgeOrEmpty(
  base: string,
  settings: InputOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<JudgedBase> {
  try {
    return await judgeInput(base, settings, policies, io);
  } catch (error) {
    if (!(error instanceof UserError) || !error.mistakes.every(({ code }) => code === nothingIn)) throw error;
    return nothing(base);
  }
}

function nothing(path: string): JudgedBase {
  return {
    report: { source: { kind: "state", path, resources: 0 }, findings: [], survival: { columns: [], rows: [] } },
    estate: { domains: [], services: [], facts: [], notJudged: [] },
    read: { resources: [] },
  };
}

/** Files of a commit in a folder of their own; no program of it is run. */
async function checkOut(ref: string, path: string | undefined, io: Io) {
  const full = path === undefined || path === "-" ? undefined : resolve(io.cwd, path);
  const status = full === undefined ? undefined : await stat(full).catch(() => undefined);
  if (full === undefined || status === undefined) throw refused(ref, "PATH is no file and no folder", byPath);
  if (await isProject(full)) throw refused(ref, "PATH is a project, whose program would have to be run", byState);
  const around = status.isDirectory() ? full : dirname(full);
  const git = (...args: readonly string[]) => gitIn(around, ref, args);
  const commit = (await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)).trim();
  const folder = await mkdtemp(join(tmpdir(), "duplex-base-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const name = status.isDirectory() ? "." : basename(full);
    const archive = join(folder, "archive.tar");
    await git("archive", "--format=tar", `--output=${archive}`, commit, "--", name);
    // Below a folder of the same name: clusters are named for files and folders.
    const into = join(folder, basename(around) || "base");
    await mkdir(into);
    await run("tar", ["-x", "-f", archive, "-C", into], { maxBuffer: mostBytes });
    return { path: status.isDirectory() ? into : join(into, name), remove };
  } catch (error) {
    await remove();
    throw error instanceof UserError ? error : refused(ref, firstLineOf(error), byPath);
  }
}

async function gitIn(cwd: string, ref: string, args: readonly string[]): Promise<string> {
  try {
    return (await run("git", ["-C", cwd, ...args], { maxBuffer: mostBytes })).stdout;
  } catch (error) {
    throw refused(ref, firstLineOf(error), byPath);
  }
}

function firstLineOf(error: unknown): string {
  const { stderr = "", message = String(error) } = error as { readonly stderr?: string; readonly message?: string };
  // Asked quietly whether there is such a commit, git says nothing where there is none.
  if (stderr.trim() === "" && message.includes("rev-parse")) return "there is no commit of that name";
  const [first = ""] = (stderr.trim() || message).split("\n");
  return first.replace(/^fatal: /, "").replace(/\.$/, "");
}

const byPath = "Name a commit that has PATH, and run it inside of the repository; see `duplex check --help`.";
const byState = "Give the base as a state or a preview: `--base old.json`.";

function refused(ref: string, reason: string, fix: string): UserError {
  return new UserError([{ code: "DPX008", message: `The base "${ofGit}${ref}" cannot be read: ${reason}.`, fix }]);
}
