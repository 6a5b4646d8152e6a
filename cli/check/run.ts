/** `duplex check`: source, inventory, judgement, report; one way for every kind of input. */
import type { InventoryOptions } from "../../inventory/options";
import { readEstate } from "../../inventory/readEstate";
import type { Resource } from "../../inventory/resource";
import type { Estate } from "../../model";
import { version } from "../../package.json";
import { catalogue } from "../../policies/catalogue";
import { judge } from "../../policies/judge";
import type { Settings } from "../../policies/settings";
import { checkDocument, type Positions } from "../../report/check/document";
import { checkReport, type Verdict } from "../../report/check/report";
import type { ReadSource } from "../input/readSource";
import type { Io } from "../io";
import { writeDocument } from "../output/writeDocument";
import type { CheckOptions } from "./options";
import { chooseSource } from "./source";

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
  await writeDocument(checkDocument(report, catalogue, positionsIn(read.resources)), options, io);
  return judgement.verdict;
}

/** The line of a resource, else of the nearest component that it is a part of. */
function positionsIn(resources: readonly Resource[]): Positions {
  let byUrn: ReadonlyMap<string, Resource> | undefined;
  return (urn) => {
    byUrn ??= new Map(resources.map((resource) => [resource.urn, resource]));
    for (
      let one = byUrn.get(urn);
      one !== undefined;
      one = one.parent === undefined ? undefined : byUrn.get(one.parent)
    ) {
      if (one.position !== undefined) return one.position;
    }
    return undefined;
  };
}

/** An estate, and what the reader of a report should know about what it was read from. */
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
  const { withOthers } = await import("./withOthers");
  return withOthers(read, options, inventory, io);
}

/** Reads the settings' files at once; the schema library is loaded only where there is something to validate. */
async function openSettings(options: CheckOptions, io: Io): Promise<(stack: unknown) => Promise<Settings>> {
  const { config, sites } = options;
  if (config === undefined && sites === undefined) {
    return async (stack) => {
      if (stack === undefined) return { inventory: {}, judge: {} };
      const { combineSettings } = await import("../input/settings");
      return combineSettings({ config: undefined, sites: [] }, stack);
    };
  }
  const { combineSettings, readSettings } = await import("../input/settings");
  const given = await readSettings({ config, sites }, io);
  return (stack) => Promise.resolve(combineSettings(given, stack));
}
