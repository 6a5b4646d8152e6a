/** `duplex drift --all`: many stacks side by side, each read and judged as one alone is, and one report. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import limitTo from "p-limit";
import { visible } from "../../../lib/visible";
import type { DriftVerdict, History, StackPair } from "../../../drift";
import { sameData } from "../../../drift/sameData";
import { joinedObjects, mergeStacks, partOfEmpty, partOfMistakes, partOfResult } from "../../../drift/stacks";
import type { ListedObjects, StacksPart } from "../../../drift/stacks";
import { readStackEstate, type StackEstate } from "../../../inventory/stacks";
import { UserError } from "../../../model/errors";
import { version } from "../../../package.json";
import { driftReport, listedObjects, stacksReport } from "../../../report/drift/report";
import { readStack } from "../../engine/pulumi/readStack";
import type { Io } from "../../io";
import { writeDrift } from "../answer";
import { comparedOf, detect, sourceOf, withLive, type Compared } from "../compared";
import { readHistory } from "../files/history";
import type { DriftAnswerOptions, StacksInput } from "../options";
import type { DriftSettings } from "../settings";
import { listStacks, shortName, type ListedStack } from "./list";
import { ProjectFolders } from "./projectFolders";

interface ReadStack {
  readonly part: StacksPart;
  /** Undefined where nothing was read. */
  readonly pair?: StackPair;
  /** Undefined where no objects are listed. */
  readonly objects?: ListedObjects;
}

export async function driftAll(
  input: StacksInput,
  answer: DriftAnswerOptions,
  settings: DriftSettings,
  io: Io,
): Promise<DriftVerdict> {
  refuseHistoryOfShard(input, answer);
  const history = answer.history === undefined ? undefined : ((await readHistory(answer.history, io)) ?? null);
  const scratch = await mkdtemp(join(tmpdir(), "duplex-drift-"));
  try {
    const list = await listStacks(scratch, input, io);
    const read = await readAll(list.stacks, input, new ProjectFolders(scratch, input.folder, io), settings, io);
    return await tell(read, list.sha256, { input, answer, settings, history }, io);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function readAll(
  stacks: readonly ListedStack[],
  input: StacksInput,
  folders: ProjectFolders,
  settings: DriftSettings,
  io: Io,
): Promise<readonly ReadStack[]> {
  const progress = progressOf(stacks.length, io);
  const limit = limitTo(input.parallel);
  return Promise.all(
    stacks.map((stack) =>
      limit(async () => {
        const done = await readOne(stack, input, folders, settings, io);
        progress(stack.name, done.part);
        return done;
      }),
    ),
  );
}

interface Telling {
  readonly input: StacksInput;
  readonly answer: DriftAnswerOptions;
  readonly settings: DriftSettings;
  readonly history: History | null | undefined;
}

async function tell(
  read: readonly ReadStack[],
  listSha256: string,
  { input: { folder, shard }, answer, settings, history }: Telling,
  io: Io,
): Promise<DriftVerdict> {
  const pairs = read.flatMap(({ pair }) => pair ?? []);
  const objects = read.flatMap(({ objects: each }) => each ?? []);
  const { result, remembered } = mergeStacks({
    parts: read.map(({ part }) => part),
    // What one stack does to another is told when all shards are there.
    pairs: shard === undefined ? pairs : [],
    objects: shard === undefined ? objects : [],
    judge: settings.options.judge,
    ...(history === undefined ? {} : { history }),
    today: io.today,
  });
  const report = stacksReport(result, folder, version);
  const whole =
    shard === undefined
      ? report
      : { ...report, shard: { ...shard, listSha256, pairs, objects: joinedObjects(objects) } };
  return writeDrift(whole, answer, remembered, io);
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
    const read = await readStack({ stack: name, folder, timeoutSeconds, retries }, io);
    const compared = withLive(comparedOf(read, folder), settings, io);
    const detection = detect(compared, settings, io, true);
    await compared.unchanged;
    // The way to put it back is typed in the project's folder, wherever that is.
    const source = { ...sourceOf(compared), stack: name };
    const report = driftReport({ detection, source, notes: compared.notes, version });
    const { objects } = detection;
    return {
      part: partOfResult(name, report, source),
      pair: pairOf(name, compared, settings),
      ...(objects === undefined ? {} : { objects: listedObjects(objects, source) }),
    };
  } catch (error) {
    // One stack that cannot be read, or judged, is could-not-tell; the others are told all the same.
    if (!(error instanceof UserError)) throw error;
    return { part: partOfMistakes(name, error.mistakes) };
  }
}

function pairOf(name: string, { desired, actual }: Compared, { options }: DriftSettings): StackPair {
  const read = (state: Compared["desired"]): StackEstate => {
    const resources = [...state.values()].map(({ resource }) => resource);
    return readStackEstate(resources, shortName(name), options.inventory);
  };
  const [before, now] = [read(desired), read(actual)];
  return { desired: before, actual: sameData(before, now) ? null : now };
}

/** A line for each stack: hundreds of them take an hour. */
function progressOf(count: number, io: Io): (stack: string, part: StacksPart) => void {
  let done = 0;
  return (stack, { stacks: [about] }) => {
    done++;
    io.err(`[${done}/${count}] ${visible(stack)}: ${about?.error?.code ?? about?.verdict ?? "none"}\n`);
  };
}

function refuseHistoryOfShard({ shard }: StacksInput, { history }: DriftAnswerOptions): void {
  if (shard === undefined || history === undefined) return;
  throw new UserError([
    {
      code: "DPX001",
      message: "The history is one of all shards, and --shard reads a part of them.",
      fix: "Give `--history` to `duplex drift merge`.",
    },
  ]);
}
