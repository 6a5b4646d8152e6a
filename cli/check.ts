/** `duplex check`: source, inventory, judgement, report; one way for every kind of input. */
import { version } from "../package.json";
import type { InventoryOptions } from "../inventory/options";
import { readEstate } from "../inventory/readEstate";
import type { Estate } from "../model";
import { catalogue } from "../policies/catalogue";
import { judge } from "../policies/judge";
import type { Settings } from "../policies/settings";
import { checkReport, type Verdict } from "../report/checkReport";
import { formats, type FormatName } from "../report/formats";
import type { FormatContext } from "../report/formats/format";
import { jsonPieces } from "../report/formats/json";
import { createPaint } from "../report/paint";
import type { CheckOptions } from "./commands/check";
import { chooseSource } from "./input/chooseSource";
import type { ReadSource } from "./input/readSource";
import { wantsColour, type Io } from "./io";
import { writeAnswer } from "./writeAnswer";

/** Width where there is no terminal to ask. */
const widthWithoutTerminal = 120;

/** Judges what `path` names and writes the answer. */
export async function check(path: string | undefined, options: CheckOptions, io: Io): Promise<Verdict> {
  const settingsOf = await openSettings(options, io);
  const read = await chooseSource(path, options, io);
  const settings = await settingsOf(read.stackSettings);
  const clusters = { ...settings.inventory.clusters, ...options.cluster };
  const { estate, notes } = await estateOf(read, options, { ...settings.inventory, clusters }, io);
  const judgement = judge(estate, { ...settings.judge, today: io.today });
  const report = checkReport({
    ...judgement,
    estate,
    source: read.source,
    notes,
    exemptions: settings.judge.exemptions ?? [],
    today: io.today,
    version,
  });
  for (const { format, file } of answersOf(options)) {
    const toTerminal = file === undefined;
    const context: FormatContext = {
      policies: catalogue,
      width: (toTerminal ? io.columns : undefined) ?? widthWithoutTerminal,
      paint: createPaint(toTerminal && wantsColour(io)),
      verbose: options.verbose,
    };
    const pieces = format === "json" ? jsonPieces(report) : [formats[format](report, context)];
    await writeAnswer(pieces, file, io);
  }
  return judgement.verdict;
}

interface ReadEstate {
  readonly estate: Estate;
  readonly notes: readonly string[];
}

/** The estate of one stack, or of several that refer to each other. */
async function estateOf(
  read: ReadSource,
  options: CheckOptions,
  inventory: InventoryOptions,
  io: Io,
): Promise<ReadEstate> {
  if (options.with.length === 0) return { estate: readEstate(read.resources, inventory), notes: read.notes };
  const { withOthers } = await import("./checkWith");
  return withOthers(read, options, inventory, io);
}

/** The files first: standard output says nothing where one of them cannot be written. */
function answersOf({ report, format, output }: CheckOptions): readonly { format: FormatName; file?: string }[] {
  return [...report, { format, file: output }];
}

/** Reads the settings' files at once; the schema library is loaded only where there is something to validate. */
async function openSettings(options: CheckOptions, io: Io): Promise<(stack: unknown) => Promise<Settings>> {
  const { config, sites } = options;
  if (config === undefined && sites === undefined) {
    return async (stack) => {
      if (stack === undefined) return { inventory: {}, judge: {} };
      const { combineSettings } = await import("./settings");
      return combineSettings({ config: undefined, sites: [] }, stack);
    };
  }
  const { combineSettings, readSettings } = await import("./settings");
  const given = await readSettings({ config, sites }, io);
  return (stack) => Promise.resolve(combineSettings(given, stack));
}
