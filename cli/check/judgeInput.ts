/** Source, inventory, judgement, report; one way for every kind of input and every command that judges one. */
import type { InventoryOptions } from "../../inventory/options";
import { readEstate } from "../../inventory/readEstate";
import type { Resource } from "../../inventory/resource";
import { withoutKnown } from "../../inventory/secrets/report";
import type { KnownSecrets } from "../../inventory/secrets/text";
import { byText } from "../../lib/order";
import type { Estate, NotJudged } from "../../model";
import { version } from "../../package.json";
import type { BaselineEntry } from "../../policies/baseline";
import { judge } from "../../policies/judge";
import type { Policy } from "../../policies/policy";
import type { Settings } from "../../policies/settings";
import { refuseUnmatched } from "../../policies/settingsNames";
import type { Positions } from "../../report/check/document";
import { checkReport, type CheckReport } from "../../report/check/report";
import type { Survival } from "../../survival";
import type { ReadSource } from "../input/readSource";
import { readStackConfigFile } from "../input/stackConfigFile";
import type { Io } from "../io";
import type { InputOptions } from "./options";
import { chooseSource } from "./source";

/** A stack with its judgement, for whoever writes about it. */
export interface JudgedInput {
  readonly report: CheckReport;
  readonly estate: Estate;
  readonly survival: Survival;
  readonly positions: Positions;
  /** What it was read from. */
  readonly read: ReadSource;
  /** Plain data of the estate without what is known to be secret; the report is so already. */
  readonly withoutSecrets: <T>(data: T) => T;
}

/**
 * Judges what `path` names.
 *
 * @param policies by which it is judged, as `policiesOf` gives them
 */
export function judgeInput(
  path: string | undefined,
  options: InputOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<JudgedInput> {
  return judgeRead(() => chooseSource(path, options, io), options, policies, io);
}

/** Judges what is read, once the settings have been: a mistake in them is told at once. */
export async function judgeRead(
  reading: () => ReadSource | Promise<ReadSource>,
  options: InputOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<JudgedInput> {
  const settingsOf = await openSettings(options, policies, io);
  const baseline = await openBaseline(options, io);
  const read = await reading();
  const settings = await settingsOf(await stackSettingsOf(read, options, io));
  const { estate, notes, secrets } = await estateOf(read, options, inventoryOptions(settings, options), io);
  refuseUnmatched(estate, settings, options.config);
  const asked = { today: io.today, catalogue: policies, ...(baseline && { baseline }) };
  const judgement = judge(estate, { ...settings.judge, ...asked });
  const whole = checkReport({
    ...judgement,
    estate,
    source: read.source,
    notes,
    ...(options.baseline === undefined ? {} : { knownFrom: { ...judgement.baseline, path: options.baseline } }),
    exemptions: [...new Set([...judgement.exemptions, ...judgement.exempted.map((one) => one.exemption)])],
    today: io.today,
    version,
  });
  const withoutSecrets = <T>(data: T): T => secrets.reduce((left, known) => withoutKnown(left, known), data);
  return {
    ...{ report: withoutSecrets(whole), estate, survival: judgement.survival },
    ...{ positions: positionsIn(read.resources), read, withoutSecrets },
  };
}

/** The schema library is loaded only where there is a file to validate. */
async function openBaseline({ baseline }: InputOptions, io: Io): Promise<readonly BaselineEntry[] | undefined> {
  if (baseline === undefined) return undefined;
  const { readBaseline } = await import("../input/baselineFile");
  return readBaseline(baseline, io);
}

/** Those of the stack's configuration, from where they were asked to be taken. */
function stackSettingsOf(read: ReadSource, { stackConfig }: InputOptions, io: Io): Promise<unknown> {
  return stackConfig === undefined ? Promise.resolve(read.stackSettings) : readStackConfigFile(stackConfig, io);
}

/** What the command line says over the settings. */
function inventoryOptions({ inventory }: Settings, { cluster, tier }: InputOptions): InventoryOptions {
  const clusters = { ...inventory.clusters, ...cluster };
  return { ...inventory, clusters, ...(tier === undefined ? {} : { defaultTier: tier }) };
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
  readonly secrets: readonly KnownSecrets[];
}

/** The estate of one stack, or of several that refer to each other. */
async function estateOf(
  read: ReadSource,
  options: InputOptions,
  inventory: InventoryOptions,
  io: Io,
): Promise<ReadEstate> {
  if (options.with.length === 0) {
    const estate = withDoubts(readEstate(read.resources, inventory), read.doubts);
    return { estate, notes: read.notes, secrets: read.secrets === undefined ? [] : [read.secrets] };
  }
  const { withOthers } = await import("./withOthers");
  const { estate, notes, secrets } = await withOthers(read, options, inventory, io);
  return { estate: withDoubts(estate, read.doubts), notes, secrets };
}

/** What its source is in doubt of is not judged. */
function withDoubts(estate: Estate, doubts: readonly NotJudged[] = []): Estate {
  if (doubts.length === 0) return estate;
  const notJudged = [...estate.notJudged, ...doubts];
  return { ...estate, notJudged: notJudged.sort((a, b) => byText(a.urn, b.urn) || byText(a.reason, b.reason)) };
}

/** Reads the settings' files at once; the schema library is loaded only where there is something to validate. */
async function openSettings(
  options: InputOptions,
  policies: readonly Policy[],
  io: Io,
): Promise<(stack: unknown) => Promise<Settings>> {
  const { config, sites } = options;
  if (config === undefined && sites === undefined) {
    return async (stack) => {
      if (stack === undefined) return { inventory: {}, judge: {}, rules: [] };
      const { combineSettings } = await import("../input/settings");
      return combineSettings({ config: undefined, sites: [] }, stack, policies);
    };
  }
  const { combineSettings, readSettings } = await import("../input/settings");
  const given = await readSettings({ config, sites }, io, policies);
  return (stack) => Promise.resolve(combineSettings(given, stack, policies));
}
