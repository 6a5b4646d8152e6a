/** `duplex drift --all`: many stacks side by side, each read and judged as one alone is, and one report. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import limitTo from "p-limit";
import { version } from "../package.json";
import type { StackPair } from "../drift";
import { sameData } from "../drift/sameData";
import { readStackEstate, type StackEstate } from "../inventory/stacks";
import { UserError } from "../model/errors";
import { driftReport, type DriftReport } from "../report/driftReport";
import { joinedObjects, reportObjects, type ReportObjects } from "../report/driftObjects";
import { mergeStacks, type StacksPart } from "../report/driftStacks";
import { partOfEmpty, partOfMistakes, partOfReport } from "../report/driftStackPart";
import type { StacksInput } from "./commands/driftStacks";
import { detect, withLive, type Compared, type DriftSettings } from "./drift";
import { readStack } from "./driftEngine";
import { readHistory } from "./driftHistory";
import { projectIn } from "./driftProject";
import { listStacks, shortName, type ListedStack } from "./driftList";
import type { Io } from "./io";
import { writeDrift, type DriftAnswer } from "./writeDrift";

interface ReadStack {
  readonly part: StacksPart;
  /** Undefined where nothing was read. */
  readonly pair?: StackPair;
  /** Undefined where no objects are listed. */
  readonly objects?: ReportObjects;
}

export async function driftAll(
  input: StacksInput,
  answer: DriftAnswer,
  settings: DriftSettings,
  io: Io,
): Promise<DriftReport["verdict"]> {
  refuseHistoryOfShard(input, answer);
  const history = answer.history === undefined ? undefined : ((await readHistory(answer.history, io)) ?? null);
  const scratch = await mkdtemp(join(tmpdir(), "duplex-drift-"));
  try {
    const list = await listStacks(scratch, input, io);
    const folders = new ProjectFolders(scratch, input.folder, io);
    const progress = progressOf(list.stacks.length, io);
    const limit = limitTo(input.parallel);
    const read = await Promise.all(
      list.stacks.map((stack) =>
        limit(async () => {
          const done = await readOne(stack, input, folders, settings, io);
          progress(stack.name, done.part);
          return done;
        }),
      ),
    );
    const pairs = read.flatMap(({ pair }) => pair ?? []);
    const objects = read.flatMap(({ objects: each }) => each ?? []);
    const { shard } = input;
    const { report, remembered } = mergeStacks({
      parts: read.map(({ part }) => part),
      // What one stack does to another is told when all shards are there.
      pairs: shard === undefined ? pairs : [],
      objects: shard === undefined ? objects : [],
      judge: settings.options.judge,
      source: { kind: "stacks", desired: input.folder, actual: null, stack: null, stateSha256: null },
      version,
      ...(history === undefined ? {} : { history }),
      today: io.today,
    });
    const whole =
      shard === undefined
        ? report
        : { ...report, shard: { ...shard, listSha256: list.sha256, pairs, objects: joinedObjects(objects) } };
    await writeDrift(whole, answer, remembered, io);
    return report.verdict;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function readOne(
  { name, empty }: ListedStack,
  { timeoutSeconds, retries }: StacksInput,
  folders: ProjectFolders,
  settings: DriftSettings,
  io: Io,
): Promise<ReadStack> {
  if (empty) return { part: partOfEmpty(name) };
  try {
    const folder = await folders.of(name);
    const stack = await readStack({ kind: "stack", stack: name, folder, timeoutSeconds, retries }, io);
    const compared = withLive(stack, settings, io);
    const detection = detect(compared, settings, io, true);
    await compared.unchanged;
    // The way to put it back is typed in the project's folder, wherever that is.
    const source = { ...compared.source, stack: name };
    const report = driftReport({ detection, source, notes: compared.notes, version });
    const { objects } = detection;
    return {
      part: partOfReport(name, report),
      pair: pairOf(name, compared, settings),
      ...(objects === undefined ? {} : { objects: reportObjects(objects, source) }),
    };
  } catch (error) {
    // One stack that cannot be read, or judged, is could-not-tell; the others are told all the same.
    if (!(error instanceof UserError)) throw error;
    return { part: partOfMistakes(name, error.mistakes) };
  }
}

function pairOf(name: string, { desired, actual }: Compared, { options }: DriftSettings): StackPair {
  const read = (state: Compared["desired"]): StackEstate =>
    readStackEstate([...state.values()].map(({ resource }) => resource), shortName(name), options.inventory); // prettier-ignore
  const [before, now] = [read(desired), read(actual)];
  return { desired: before, actual: sameData(before, now) ? null : now };
}

/**
 * The folder in which the engine reads a stack: it wants a Pulumi.yaml of the stack's project, and runs no program. The
 * user's own is taken where it is that project's, for the plugins and settings that it may name.
 */
class ProjectFolders {
  readonly #scratch: string;
  readonly #folder: string;
  readonly #own: Promise<string | undefined>;
  readonly #made = new Map<string, Promise<string>>();

  constructor(scratch: string, folder: string, io: Io) {
    this.#scratch = scratch;
    this.#folder = resolve(io.cwd, folder);
    this.#own = projectIn(this.#folder);
  }

  async of(stack: string): Promise<string> {
    const parts = stack.split("/");
    const project = parts.at(-2);
    // A backend of old knows no projects: then only the folder can say which it is.
    if (project === undefined || project === (await this.#own)) return this.#folder;
    let made = this.#made.get(project);
    if (made === undefined) this.#made.set(project, (made = this.#make(project)));
    return made;
  }

  async #make(project: string): Promise<string> {
    const folder = join(this.#scratch, "projects", encodeURIComponent(project));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "Pulumi.yaml"), `name: ${JSON.stringify(project)}\nruntime: nodejs\n`);
    return folder;
  }
}

/** A line for each stack: hundreds of them take an hour. */
function progressOf(count: number, io: Io): (stack: string, part: StacksPart) => void {
  let done = 0;
  return (stack, { stacks: [about] }) => {
    done++;
    io.err(`[${done}/${count}] ${stack}: ${about?.error?.code ?? about?.verdict ?? "none"}\n`);
  };
}

function refuseHistoryOfShard({ shard }: StacksInput, { history }: DriftAnswer): void {
  if (shard === undefined || history === undefined) return;
  throw new UserError([
    {
      code: "DPX001",
      message: "The history is one of all shards, and --shard reads a part of them.",
      fix: "Give `--history` to `duplex drift merge`.",
    },
  ]);
}
