/** The reports of shards, and what makes several of them one run. */
import { z } from "zod";
import type { StackVerdict } from "../../../drift/stacks";
import { UserError, type Mistake } from "../../../model/errors";
import { version } from "../../../package.json";
import type { DriftReport, ReportShard } from "../../../report/drift/report";
import { parseJson } from "../../input/parseJson";
import { readFileText } from "../../input/readText";
import type { Io } from "../../io";

/** The report of one shard, and the file that it was read from. */
interface ShardFile {
  readonly file: string;
  readonly report: ShardReport;
}

export interface ShardReport extends DriftReport {
  readonly stacks: readonly StackVerdict[];
  readonly shard: ReportShard;
}

/**
 * Reads the shards of one run.
 *
 * @throws UserError (DPX732 to DPX735)
 */
export async function readShards(files: readonly string[], io: Io): Promise<readonly ShardReport[]> {
  const shards: ShardFile[] = [];
  for (const file of files) shards.push({ file, report: await readShard(file, io) });
  refuseOthers(shards);
  return shards.map(({ report }) => report);
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
