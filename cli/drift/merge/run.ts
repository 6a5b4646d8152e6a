/** `duplex drift merge`: the shards of one run over many stacks, judged together and told as one report. */
import type { DriftVerdict } from "../../../drift";
import { mergeStacks } from "../../../drift/stacks";
import { version } from "../../../package.json";
import { stacksReport } from "../../../report/drift/report";
import type { Io } from "../../io";
import { writeDrift } from "../answer";
import { readHistory } from "../files/history";
import type { DriftAnswerOptions } from "../options";
import { readDriftSettings } from "../settings";
import { readShards } from "./shards";

export async function driftMerge(files: readonly string[], answer: DriftAnswerOptions, io: Io): Promise<DriftVerdict> {
  const { options } = await readDriftSettings(answer, io);
  const history = answer.history === undefined ? undefined : ((await readHistory(answer.history, io)) ?? null);
  const reports = await readShards(files, io);
  const sameList = new Set(reports.map(({ shard }) => shard.listSha256)).size === 1;
  const moved =
    "The shards have not listed the same stacks: one was made or removed meanwhile, or was asked for otherwise.";
  const { result, remembered } = mergeStacks({
    parts: reports.map((each) => ({ ...each, notes: sameList ? each.notes : [...each.notes, moved] })),
    pairs: reports.flatMap(({ shard }) => shard.pairs),
    objects: reports.flatMap(({ shard }) => shard.objects ?? []),
    judge: options.judge,
    ...(history === undefined ? {} : { history }),
    today: io.today,
  });
  return writeDrift(stacksReport(result, reports[0]?.source.desired ?? ".", version), answer, remembered, io);
}
