/**
 * Reads a stack through the engine: its state, beside it the refresh that changes nothing, and the state again, which
 * must be the same: in the file that holds it where that is at hand, else by an export. See
 * docs/decisions/0004-drift.md.
 */
import { copyFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { visible } from "../../../lib/visible";
import { applyRefresh, isOfAnother, isRefresh, type Refreshed, type State, type Unread } from "../../../drift";
import { jsonOf } from "../../../inventory/sources/json";
import { UserError } from "../../../model/errors";
import { encryptedNotes } from "../../input/encrypted";
import { stackName, stackOf } from "../../input/stackName";
import { parseState } from "../../input/stateFile";
import type { Io } from "../../io";
import { openCheckpoint, sha256Of, type Checkpoint } from "./checkpoint";
import { runEngine, type EngineRun } from "./process";
import { changedMeanwhile, nothingDeployed, refused, timedOut, type StackRequest } from "./refusals";
import { readWithRetries } from "./retry";

export async function readStack(request: StackRequest, io: Io): Promise<StackReading> {
  return (await startReading(request, io)).reading;
}

/** A stack as it was deployed and as it is. */
export interface StackReading {
  readonly desired: State;
  readonly actual: State;
  readonly unread: readonly Unread[];
  /** Name of the stack as its resources have it. */
  readonly stack: string;
  /** SHA-256 of the state, alike before and after. */
  readonly stateSha256: string;
  readonly notes: readonly string[];
  /** Ends once the state is known to be as it was before; UserError (DPX707) where it is not. */
  readonly unchanged: Promise<void>;
}

/** A stack that the engine has begun to read. */
export interface StartedReading {
  readonly reading: Promise<StackReading>;
  /** Stops the engine before its time, and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts to read a stack.
 *
 * @throws UserError (DPX003) where the folder holds no project
 */
export async function startReading(request: StackRequest, io: Io): Promise<StartedReading> {
  const folder = resolve(io.cwd, request.folder);
  await refuseOtherFolder(folder, request.folder);
  const scratch = await mkdtemp(join(tmpdir(), "duplex-drift-"));
  const remove = () => rm(scratch, { recursive: true, force: true });
  try {
    const settings = await copyOfSettings(scratch, folder, request.stack);
    // Before the engine reads it: what is written from here on is seen.
    const checkpoint = await openCheckpoint(folder, request.stack, io.env);
    const abort = new AbortController();
    const reading = readIn({ folder, settings, checkpoint, signal: abort.signal }, request, io).finally(remove);
    const stop = async () => {
      abort.abort();
      await reading.catch(() => undefined);
    };
    return { reading, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Prepared {
  readonly folder: string;
  /** File of the copy of the stack's settings. */
  readonly settings: string;
  readonly checkpoint: Checkpoint | undefined;
  readonly signal: AbortSignal;
}

/** Starts the engine at once: whoever calls this has work of his own to do meanwhile. */
async function readIn(
  { folder, settings, checkpoint, signal }: Prepared,
  request: StackRequest,
  io: Io,
): Promise<StackReading> {
  const started = Date.now();
  const deadline = started + request.timeoutSeconds * 1000;
  const engine: Engine = (args, until = deadline) =>
    runEngine([...args, "--stack", request.stack, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env: { ...io.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
      deadline: until,
      describeTimeout: () => timedOut(request),
      signal,
    });
  let exportMilliseconds = 0;
  // The state is read once more at the end, also where reading the cloud again has taken all of its time.
  const lastRetry = () => deadline - 2 * exportMilliseconds - 1_000;
  let after: Promise<boolean> | undefined;
  const isUnchanged = async () => (await before).isUnchanged();
  const reading = readWithRetries({
    ...request.retries,
    get deadline() {
      return lastRetry();
    },
    say: (text) => io.err(`${visible(request.stack)}: ${text}`),
    async read(targets, isAgain) {
      const only = targets.flatMap((urn) => ["--target", urn]);
      const args = ["refresh", "--preview-only", "--json", "--config-file", settings, ...only];
      after = undefined;
      const done = await engine(args, isAgain ? lastRetry() : deadline);
      // Begun before the answer is read, and never before the state has been read for the first time.
      if (done.stdout.startsWith("{")) after = isUnchanged();
      after?.catch(() => undefined);
      return { run: done, answer: answerOf(done) };
    },
  });
  // What is ours to do is done while the engine works: it is the engine that the user waits for.
  const before = stateOf(checkpoint, engine, request);
  const [first] = await Promise.allSettled([
    before.then((state) => {
      exportMilliseconds = Date.now() - started;
      return state;
    }),
    reading,
  ]);
  if (first.status === "rejected") throw first.reason;
  const { document, sha256, notes } = first.value;
  const { run, answer } = await reading;
  if (answer === undefined) throw refused(run, request);
  if (isOfAnother(document, answer)) throw changedMeanwhile(request);
  // Judged while the state is read again, and told only after that.
  const unchanged = (after ?? isUnchanged()).then((is) => {
    if (!is) throw changedMeanwhile(request);
  });
  unchanged.catch(() => undefined);
  const { desired, actual, unread } = await refreshed(document, answer);
  if (desired.size === 0) throw nothingDeployed(request);
  if (unread.length === 0 && run.code !== 0) throw refused(run, request);
  const stack = stackOf(desired.keys()) ?? request.stack;
  return { desired, actual, unread, stack, stateSha256: sha256, notes, unchanged };
}

/**
 * The stack's settings in a file of our own: the engine notes the salt of a passphrase in the file that it reads, and a
 * command that only looks may change nothing.
 */
async function copyOfSettings(scratch: string, folder: string, stack: string): Promise<string> {
  const name = `Pulumi.${stackName(stack)}.yaml`;
  const copy = join(scratch, name);
  await copyFile(join(folder, name), copy).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await writeFile(copy, "config: {}\n");
  });
  return copy;
}

/** The state as it was read first. */
interface StateRead {
  readonly document: unknown;
  readonly notes: readonly string[];
  readonly sha256: string;
  /** Reads it again; false where somebody has written it. */
  readonly isUnchanged: () => Promise<boolean>;
}

/** @param until milliseconds since 1970. @default the deadline of the whole reading */
type Engine = (args: readonly string[], until?: number) => Promise<EngineRun>;

async function stateOf(checkpoint: Checkpoint | undefined, engine: Engine, request: StackRequest): Promise<StateRead> {
  const kept = checkpoint?.read();
  if (checkpoint !== undefined && kept !== undefined) {
    const { sha256, isUnchanged } = checkpoint;
    return { document: kept.document, notes: encryptedNotes(kept.encrypted), sha256, isUnchanged };
  }
  const { text, sha256 } = await exported(engine, request);
  const { document, encrypted } = parseState(text, `pulumi stack export -s ${request.stack}`);
  const isUnchanged = async () => (await exported(engine, request)).sha256 === sha256;
  return { document, notes: encryptedNotes(encrypted), sha256, isUnchanged };
}

async function exported(engine: Engine, request: StackRequest): Promise<{ text: string; sha256: string }> {
  const run = await engine(["stack", "export"]);
  if (run.code !== 0) throw refused(run, request);
  return { text: run.stdout, sha256: sha256Of(run.stdout) };
}

/** Made after what is called before it has been started. */
async function refreshed(document: unknown, answer: Parameters<typeof applyRefresh>[1]): Promise<Refreshed> {
  await Promise.resolve();
  return applyRefresh(document, answer);
}

/** The engine's JSON, also of a refresh that has failed in part; undefined where it said something else. */
function answerOf({ stdout }: EngineRun) {
  const document = jsonOf(stdout);
  return isRefresh(document) && "steps" in document ? document : undefined;
}

async function refuseOtherFolder(full: string, folder: string): Promise<void> {
  const project = await stat(join(full, "Pulumi.yaml")).catch(() => undefined);
  if (project?.isFile()) return;
  throw new UserError([
    {
      code: "DPX003",
      message: "This folder holds no Pulumi.yaml.",
      fix: "Give the folder of the stack's project with `--cwd`.",
      file: folder,
    },
  ]);
}
