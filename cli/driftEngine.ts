/**
 * Reads a stack through the engine: its state, beside it the refresh that changes nothing, and the state again, which must
 * be the same: in the file that holds it where that is at hand, else by an export. See docs/decisions/0004-drift.md.
 */
import { copyFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { applyRefresh, isOfAnother, isRefresh, type Refreshed } from "../drift";
import { jsonOf } from "../inventory/sources/json";
import { UserError } from "../model/errors";
import type { DriftInput } from "./commands/drift";
import { stackOf, type Compared } from "./drift";
import { openCheckpoint, sha256Of, type Checkpoint } from "./driftCheckpoint";
import { readWithRetries } from "./driftRetry";
import { runEngine, type EngineRun } from "./driftProcess";
import { encryptedNotes } from "./input/encrypted";
import { parseState } from "./input/stateFile";
import type { Io } from "./io";
import { stackName } from "./stackName";

type StackInput = DriftInput & { readonly kind: "stack" };

export async function readStack(input: StackInput, io: Io): Promise<Compared> {
  return (await startReading(input, io)).compared;
}

/** A stack that the engine has begun to read. */
export interface StartedReading {
  readonly compared: Promise<Compared>;
  /** Stops the engine before its time, and waits until it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts to read a stack.
 *
 * @throws UserError (DPX003) where the folder holds no project
 */
export async function startReading(input: StackInput, io: Io): Promise<StartedReading> {
  const folder = resolve(io.cwd, input.folder);
  await refuseOtherFolder(folder, input.folder);
  const scratch = await mkdtemp(join(tmpdir(), "duplex-drift-"));
  const remove = () => rm(scratch, { recursive: true, force: true });
  try {
    const settings = await copyOfSettings(scratch, folder, input.stack);
    // Before the engine reads it: what is written from here on is seen.
    const checkpoint = await openCheckpoint(folder, input.stack, io.env);
    const abort = new AbortController();
    const compared = readIn({ folder, settings, checkpoint, signal: abort.signal }, input, io).finally(remove);
    const stop = async () => {
      abort.abort();
      await compared.catch(() => undefined);
    };
    return { compared, stop };
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
  input: StackInput,
  io: Io,
): Promise<Compared> {
  const deadline = Date.now() + input.timeoutSeconds * 1000;
  const engine = (args: readonly string[], until = deadline): Promise<EngineRun> =>
    runEngine([...args, "--stack", input.stack, "--non-interactive", "--color", "never"], {
      cwd: folder,
      env: { ...io.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
      deadline: until,
      describeTimeout: () => timedOut(input),
      signal,
    });
  const started = Date.now();
  let exportMilliseconds = 0;
  // The state is read once more at the end, also where reading the cloud again has taken all of its time.
  const lastRetry = () => deadline - 2 * exportMilliseconds - 1_000;
  let after: Promise<boolean> | undefined;
  const isUnchanged = async () => (await before).isUnchanged();
  const reading = readWithRetries({
    ...input.retries,
    get deadline() {
      return lastRetry();
    },
    say: (text) => io.err(`${input.stack}: ${text}`),
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
  const before = stateOf(checkpoint, engine, input);
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
  if (answer === undefined) throw refused(run, input);
  if (isOfAnother(document, answer)) throw changedMeanwhile(input);
  // Judged while the state is read again, and told only after that.
  const unchanged = (after ?? isUnchanged()).then((is) => {
    if (!is) throw changedMeanwhile(input);
  });
  unchanged.catch(() => undefined);
  const laid = await withDrift(document, answer);
  if (laid.desired.size === 0) throw nothingDeployed(input);
  if (laid.unread.length === 0 && run.code !== 0) throw refused(run, input);
  return {
    ...laid,
    source: {
      kind: "stack",
      desired: input.folder,
      actual: null,
      stack: stackOf(laid.desired) ?? input.stack,
      stateSha256: sha256,
    },
    notes,
    unchanged,
  };
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

type Engine = (args: readonly string[]) => Promise<EngineRun>;

async function stateOf(checkpoint: Checkpoint | undefined, engine: Engine, input: StackInput): Promise<StateRead> {
  const kept = checkpoint?.read();
  if (checkpoint !== undefined && kept !== undefined) {
    const { sha256, isUnchanged } = checkpoint;
    return { document: kept.document, notes: encryptedNotes(kept.encrypted), sha256, isUnchanged };
  }
  const { text, sha256 } = await exported(engine, input);
  const { document, encrypted } = parseState(text, `pulumi stack export -s ${input.stack}`);
  const isUnchanged = async () => (await exported(engine, input)).sha256 === sha256;
  return { document, notes: encryptedNotes(encrypted), sha256, isUnchanged };
}

async function exported(engine: Engine, input: StackInput): Promise<{ text: string; sha256: string }> {
  const run = await engine(["stack", "export"]);
  if (run.code !== 0) throw refused(run, input);
  return { text: run.stdout, sha256: sha256Of(run.stdout) };
}

/** Made after what is called before it has been started. */
async function withDrift(document: unknown, answer: Parameters<typeof applyRefresh>[1]): Promise<Refreshed> {
  await Promise.resolve();
  return applyRefresh(document, answer);
}

/** The engine's JSON, also of a refresh that has failed in part; undefined where it said something else. */
function answerOf({ stdout }: EngineRun) {
  const document = jsonOf(stdout);
  return isRefresh(document) && "steps" in document ? document : undefined;
}

interface Refusal {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (input: StackInput) => string;
  readonly fix: string;
}

/** By what the engine says; it has no codes. */
const refusals: readonly Refusal[] = [
  {
    code: "DPX701",
    pattern: /no stack named|stack .* not found/i,
    message: ({ stack }) => `The backend has no stack "${stack}".`,
    fix: "Give one that `pulumi stack ls --all` lists, and check PULUMI_BACKEND_URL.",
  },
  {
    code: "DPX702",
    pattern:
      /incorrect passphrase|passphrase must be set|PULUMI_CONFIG_PASSPHRASE|failed to decrypt|constructing secrets manager/i,
    message: ({ stack }) => `The secrets of stack "${stack}" cannot be opened: the passphrase is missing or wrong.`,
    fix: "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one that the stack was made with.",
  },
  {
    code: "DPX703",
    pattern: /currently locked by|another update is currently in progress/i,
    message: ({ stack }) => `Stack "${stack}" is locked: another operation works on it.`,
    fix: "Wait for it to end; `pulumi cancel` removes the lock of one that was killed.",
  },
];

function refused(run: EngineRun, input: StackInput): UserError {
  const said = `${run.stderr}\n${run.stdout}`;
  const known = refusals.find(({ pattern }) => pattern.test(said));
  if (known) {
    return new UserError([{ code: known.code, message: known.message(input), fix: known.fix, file: input.folder }]);
  }
  const line = said.split("\n").find((text) => /error/i.test(text)) ?? "it said nothing";
  return new UserError([
    {
      code: "DPX706",
      message: `The engine could not read stack "${input.stack}" (exit code ${run.code}): ${line.trim().slice(0, 400)}.`,
      fix: `Run \`pulumi refresh --preview-only -s ${input.stack}\` and mend what it says.`,
      file: input.folder,
    },
  ]);
}

function timedOut({ stack, timeoutSeconds, folder }: StackInput): UserError {
  return new UserError([
    {
      code: "DPX704",
      message: `The engine did not finish reading stack "${stack}" within ${timeoutSeconds} s and was stopped; a provider may hang.`,
      fix: "Raise `--timeout`, or see with `pulumi refresh --preview-only` which resource does not answer.",
      file: folder,
    },
  ]);
}

function changedMeanwhile({ stack, folder }: StackInput): UserError {
  return new UserError([
    {
      code: "DPX707",
      message: `The state of stack "${stack}" has changed while its cloud was read: another operation has written it.`,
      fix: "Run it again when that operation has ended.",
      file: folder,
    },
  ]);
}

function nothingDeployed({ stack, folder }: StackInput): UserError {
  return new UserError([
    {
      code: "DPX013",
      message: `There are no resources in stack "${stack}", so there is nothing to judge.`,
      fix: "Check that it is the stack that you meant, and that it has been deployed.",
      file: folder,
    },
  ]);
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
