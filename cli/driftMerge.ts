/** `duplex drift merge`: the shards of one run over many stacks, judged together and told as one report. */
import { z } from "zod";
import { version } from "../package.json";
import type { DriftVerdict } from "../drift";
import { UserError, type Mistake } from "../model/errors";
import type { DriftReport } from "../report/driftReport";
import { mergeStacks, type ReportShard, type ReportStack } from "../report/driftStacks";
import type { DriftOptions } from "./commands/drift";
import { readDriftSettings } from "./drift";
import { readHistory } from "./driftHistory";
import { parseJson } from "./input/parseJson";
import { readFileText } from "./input/readText";
import type { Io } from "./io";
import { writeDrift } from "./writeDrift";

/** The report of one shard, and the file that it was read from. */
interface ShardFile {
  readonly file: string;
  readonly report: ShardReport;
}

interface ShardReport extends DriftReport {
  readonly stacks: readonly ReportStack[];
  readonly shard: ReportShard;
}

export async function driftMerge(
  files: readonly string[],
  options: Omit<DriftOptions, "input" | "expected" | "attribution" | "live">,
  io: Io,
): Promise<DriftVerdict> {
  const { options: settings } = await readDriftSettings(options, io);
  const history = options.history === undefined ? undefined : ((await readHistory(options.history, io)) ?? null);
  const shards: ShardFile[] = [];
  for (const file of files) shards.push({ file, report: await readShard(file, io) });
  refuseOthers(shards);
  const reports = shards.map(({ report }) => report);
  const sameList = new Set(reports.map(({ shard }) => shard.listSha256)).size === 1;
  const moved =
    "The shards have not listed the same stacks: one was made or removed meanwhile, or was asked for otherwise.";
  const { report, remembered } = mergeStacks({
    parts: reports.map((each) => ({ ...each, notes: sameList ? each.notes : [...each.notes, moved] })),
    pairs: reports.flatMap(({ shard }) => shard.pairs),
    objects: reports.flatMap(({ shard }) => shard.objects ?? []),
    judge: settings.judge,
    source: {
      kind: "stacks",
      desired: reports[0]?.source.desired ?? ".",
      actual: null,
      stack: null,
      stateSha256: null,
    },
    version,
    ...(history === undefined ? {} : { history }),
    today: io.today,
  });
  return writeDrift(report, options, remembered, io);
}

/** Enough to tell a shard's report from anything else; what is in it this very version has written. */
const shardSchema = z.looseObject({
  formatVersion: z.literal(1),
  tool: z.looseObject({ name: z.literal("duplex"), version: z.string() }),
  source: z.looseObject({ kind: z.literal("stacks"), desired: z.string() }),
  drifts: z.array(z.looseObject({ urn: z.string(), class: z.string(), changedBy: z.array(z.looseObject({})) })),
  expected: z.array(z.looseObject({ urn: z.string() })),
  ignored: z.array(z.looseObject({ urn: z.string() })),
  rules: z.array(z.looseObject({ matches: z.array(z.string()) })),
  couldNotTell: z.array(z.looseObject({ urn: z.string(), reason: z.string() })),
  notes: z.array(z.string()),
  stacks: z.array(z.looseObject({ stack: z.string(), verdict: z.string(), summary: z.looseObject({}) })),
  shard: z.looseObject({
    index: z.int().min(1),
    count: z.int().min(1),
    listSha256: z.string(),
    pairs: z.array(z.looseObject({ desired: z.looseObject({ stack: z.string() }) })),
    objects: z
      .looseObject({ held: z.array(z.string()), claimed: z.array(z.looseObject({ key: z.string() })) })
      .optional(),
  }),
});

function isShard(document: unknown): document is ShardReport {
  return shardSchema.safeParse(document).success;
}

async function readShard(file: string, io: Io): Promise<ShardReport> {
  const document = parseJson(await readFileText(file, io), file);
  if (!isShard(document)) {
    throw new UserError([
      {
        code: "DPX732",
        message: "This is no report of a shard.",
        fix: "Give what `duplex drift --all --shard i/n --format json` has written.",
        file,
      },
    ]);
  }
  if (document.tool.version === version) return document;
  throw new UserError([
    {
      code: "DPX733",
      message: `Shards must be of the version that merges them, ${version}; this one is of ${document.tool.version}.`,
      fix: "Run all shards and the merge with one version of Duplex.",
      file,
    },
  ]);
}

/** Every shard once, and every stack in one shard: anything else would be told as if it were all. */
function refuseOthers(shards: readonly ShardFile[]): void {
  const mistakes: Mistake[] = [];
  const count = shards[0]?.report.shard.count ?? 0;
  const fileOf = new Map<number, string>();
  const shardOfStack = new Map<string, string>();
  for (const { file, report } of shards) {
    const { shard, stacks } = report;
    if (shard.count !== count || shard.index > count) {
      mistakes.push(
        overlap(`It is shard ${shard.index}/${shard.count}, and ${shards[0]?.file} is one of ${count}.`, file),
      );
    }
    const other = fileOf.get(shard.index);
    if (other !== undefined) mistakes.push(overlap(`It is shard ${shard.index}/${shard.count}, as ${other} is.`, file));
    fileOf.set(shard.index, file);
    for (const { stack } of other === undefined ? stacks : []) {
      const earlier = shardOfStack.get(stack);
      if (earlier !== undefined) mistakes.push(overlap(`It tells of stack ${stack}, as ${earlier} does.`, file));
      shardOfStack.set(stack, file);
    }
  }
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !fileOf.has(index));
  if (missing.length > 0) {
    mistakes.push({
      code: "DPX735",
      message: `All ${count} shards must be there; missing: ${missing.join(", ")}.`,
      fix: "Run those shards again, and merge when each has written its report.",
    });
  }
  if (mistakes.length > 0) throw new UserError(mistakes);
}

function overlap(message: string, file: string): Mistake {
  return {
    code: "DPX734",
    message,
    fix: "Give each shard of one run once, all made with the same `--shard i/n` and the same patterns.",
    file,
  };
}
