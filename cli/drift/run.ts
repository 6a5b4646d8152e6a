/** `duplex drift`: two states of one stack, compared and judged; from exports, or from what the engine reads. */
import { remember, type DriftVerdict, type History } from "../../drift";
import { version } from "../../package.json";
import { driftReport } from "../../report/drift/report";
import type { Io } from "../io";
import { writeDrift } from "./answer";
import { comparedOf, detect, sourceOf, withLive, type Compared } from "./compared";
import type { DriftOptions, ExportsInput, StackInput } from "./options";
import { readDriftSettings } from "./settings";

export async function drift(options: DriftOptions, io: Io): Promise<DriftVerdict> {
  const { history, input } = options;
  if (input.kind === "stacks") {
    const { driftAll } = await import("./allStacks/run");
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
  const report = driftReport({ detection, source: sourceOf(compared), notes: compared.notes, remembered, version });
  return writeDrift(report, options, remembered, io);
}

async function readEarlier(file: string | undefined, io: Io): Promise<History | undefined> {
  const { readHistory } = await import("./files/history");
  return file === undefined ? undefined : readHistory(file, io);
}

interface Started {
  readonly compared: () => Promise<Compared>;
  /** Leaves nothing running. */
  readonly stop: () => Promise<void>;
}

/** The engine takes half a second to begin: our own files are read meanwhile, and a mistake in them stops it. */
async function start(input: ExportsInput | StackInput, io: Io): Promise<Started> {
  if (input.kind === "states") {
    const { compareExports } = await import("./exports");
    return { compared: () => compareExports(input, io), stop: () => Promise.resolve() };
  }
  const { startReading } = await import("../engine/pulumi/readStack");
  const { reading, stop } = await startReading(input, io);
  const compared = reading.then((read) => comparedOf(read, input.folder));
  compared.catch(() => undefined);
  return { compared: () => compared, stop };
}
