/** What every stack of a run is judged by, from the files that the user named. */
import type { ChangeLog, ClassifyOptions, ExpectedDrift, LiveRecord } from "../../drift";
import type { Io } from "../io";
import { policiesOf } from "../rules/policiesOf";
import type { DriftOptions } from "./options";

export interface DriftSettings {
  readonly rules: readonly ExpectedDrift[];
  readonly logs: readonly ChangeLog[];
  readonly live: readonly LiveRecord[];
  readonly options: ClassifyOptions;
}

type SettingsFiles = Partial<Pick<DriftOptions, "config" | "sites" | "rules" | "expected" | "attribution" | "live">>;

/** Reads all files; each reader is loaded where there is something for it to read. */
export async function readDriftSettings(files: SettingsFiles, io: Io): Promise<DriftSettings> {
  const { config, sites, rules: folders = [], expected, attribution = [], live: liveFiles = [] } = files;
  const { combineSettings, readSettings } = await import("../input/settings");
  const policies = await policiesOf(folders, io);
  const given = await readSettings({ config, sites }, io, policies);
  const { inventory, judge } = combineSettings(given, undefined, policies);
  const { readExpected } = await import("./files/expected");
  const rules = expected === undefined ? [] : await readExpected(expected, io);
  const { readAttribution } = await import("./files/attribution");
  const logs = await readAttribution(attribution, io);
  const { readLiveRecords } = await import("./files/live");
  const live = await readLiveRecords(liveFiles, io);
  return { rules, logs, live, options: { inventory, judge: { ...judge, today: io.today, catalogue: policies } } };
}
