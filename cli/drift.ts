/** `duplex drift`: two states of one stack, compared and judged; from exports, or from what the engine reads. */
import { resolve } from "node:path";
import { version } from "../package.json";
import { detectDrift, compareLive, readState, remember, type State, type Unread } from "../drift";
import type {
  ChangeLog,
  ClassifyOptions,
  Detection,
  DriftVerdict,
  ExpectedDrift,
  LiveRecord,
  StackObjects,
} from "../drift";
import { UserError } from "../model/errors";
import { driftReport, type DriftSource } from "../report/driftReport";
import type { DriftInput, DriftOptions } from "./commands/drift";
import { encryptedNotes } from "./input/encrypted";
import { readFileText } from "./input/readText";
import { parseState, readStateFile } from "./input/stateFile";
import type { Io } from "./io";
import { writeDrift } from "./writeDrift";

/** What is compared, wherever it comes from. */
export interface Compared {
  readonly desired: State;
  readonly actual: State;
  readonly unread: readonly Unread[];
  readonly source: DriftSource;
  readonly notes: readonly string[];
  /** Ends once the state is known to be as it was before; UserError (DPX707) where it is not. @default nothing can change it */
  readonly unchanged?: Promise<void>;
  /** What the stack says of objects that a file of --live lists. @default none are listed */
  readonly objects?: StackObjects;
}

type OneStack = Exclude<DriftInput, { readonly kind: "stacks" }>;

/** What every stack of a run is judged by. */
export interface DriftSettings {
  readonly rules: readonly ExpectedDrift[];
  readonly logs: readonly ChangeLog[];
  readonly live: readonly LiveRecord[];
  readonly options: ClassifyOptions;
}

export async function drift(options: DriftOptions, io: Io): Promise<DriftVerdict> {
  const { history, input } = options;
  if (input.kind === "stacks") {
    const { driftAll } = await import("./driftAll");
    return driftAll(input, options, await readDriftSettings(options, io), io);
  }
  const started = await start(input, io);
  const ours = Promise.all([readDriftSettings(options, io), readEarlier(history, io)]);
  const [settings, earlier] = await ours.catch(async (mistake: unknown) => {
    await started.stop();
    throw mistake;
  });
  const compared = withLive(await started.compared(), settings, io);
  const detection = detect(compared, settings, io);
  await compared.unchanged;
  const remembered =
    history === undefined ? undefined : remember(earlier, detection.drifts, detection.unread, io.today);
  const report = driftReport({ detection, source: compared.source, notes: compared.notes, remembered, version });
  return writeDrift(report, options, remembered, io);
}

async function readEarlier(file: string | undefined, io: Io) {
  const { readHistory } = await import("./driftHistory");
  return file === undefined ? undefined : readHistory(file, io);
}

export async function readDriftSettings(
  {
    config,
    sites,
    expected,
    attribution = [],
    live: liveFiles = [],
  }: Partial<Pick<DriftOptions, "config" | "sites" | "expected" | "attribution" | "live">>,
  io: Io,
): Promise<DriftSettings> {
  const { combineSettings, readSettings } = await import("./settings");
  const { inventory, judge } = combineSettings(await readSettings({ config, sites }, io), undefined);
  const { readExpected } = await import("./driftExpected");
  const rules = expected === undefined ? [] : await readExpected(expected, io);
  const { readAttribution } = await import("./driftAttribution");
  const logs = await readAttribution(attribution, io);
  const { readLive } = await import("./driftLive");
  const live = await readLive(liveFiles, io);
  return { rules, logs, live, options: { inventory, judge: { ...judge, today: io.today } } };
}

/** What was compared, with what no property of a resource holds. */
export function withLive(compared: Compared, { live, options }: DriftSettings, { now }: Io): Compared {
  return live.length === 0 ? compared : { ...compared, ...compareLive(compared, live, options.inventory, now) };
}

export function detect(
  compared: Compared,
  { rules, logs, options }: DriftSettings,
  { today }: Io,
  among = false,
): Detection {
  return detectDrift({ ...compared, expected: rules, logs, today, options, among });
}

interface Started {
  readonly compared: () => Promise<Compared>;
  /** Leaves nothing running. */
  readonly stop: () => Promise<void>;
}

/** The engine takes half a second to begin: our own files are read meanwhile, and a mistake in them stops it. */
async function start(input: OneStack, io: Io): Promise<Started> {
  if (input.kind === "states") return { compared: () => compareExports(input, io), stop: () => Promise.resolve() };
  const { startReading } = await import("./driftEngine");
  const { compared, stop } = await startReading(input, io);
  compared.catch(() => undefined);
  return { compared: () => compared, stop };
}

async function compareExports(input: DriftInput & { readonly kind: "states" }, io: Io): Promise<Compared> {
  const [desired, actual] = [await readExport(input.desired, io), await readExport(input.actual, io)];
  refuseOtherStack(desired, actual, input);
  const stack = stackOf(desired.state);
  return {
    desired: desired.state,
    actual: actual.state,
    unread: [],
    source: {
      kind: "states",
      desired: input.desired,
      actual: input.actual,
      stack: stack ?? null,
      stateSha256: null,
    },
    notes: desired.notes,
  };
}

interface ReadExport {
  readonly state: State;
  readonly notes: readonly string[];
}

async function readExport(file: string, io: Io): Promise<ReadExport> {
  const { document, encrypted } =
    readStateFile(resolve(io.cwd, file), { isCompact: false }) ?? parseState(await readFileText(file, io), file);
  try {
    const state = readState(document);
    if (state.size > 0) return { state, notes: encryptedNotes(encrypted) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.mistakes.map((mistake) => ({ file, ...mistake })));
  }
  throw new UserError([
    {
      code: "DPX013",
      message: "There are no resources in it, so there is nothing to judge.",
      fix: "Check that it is the stack that you meant, and that it has been deployed.",
      file,
    },
  ]);
}

/** Everything would be gone and everything else unmanaged: a mistake of the command line, not drift. */
function refuseOtherStack(desired: ReadExport, actual: ReadExport, input: DriftInput & { kind: "states" }): void {
  const [one, other] = [prefixOf(desired.state), prefixOf(actual.state)];
  if (one === other) return;
  throw new UserError([
    {
      code: "DPX720",
      message: `The two exports must be of one stack; ${input.desired} is of "${one}", ${input.actual} of "${other}".`,
      fix: "Export the same stack before and after `pulumi refresh`.",
    },
  ]);
}

function prefixOf(state: State): string {
  const [first = ""] = state.keys();
  return first.split("::").slice(0, 2).join("::").replace("urn:pulumi:", "");
}

export function stackOf(state: State): string | undefined {
  const [first = ""] = state.keys();
  return /^urn:pulumi:(.+?)::/.exec(first)?.[1];
}
