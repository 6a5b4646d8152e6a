import { backedUp, bestOf } from "../evidence/backup";
import { boundObjectives } from "../evidence/read";
import { duration, subject } from "../evidence/words";
import type { Policy, PolicyContext } from "../policy";
import type { Service } from "../../model";

export const backupInterval: Policy = {
  name: "backup-interval",
  code: "DPX354",
  title: "Backups are frequent enough",
  family: "backup",
  severity: "medium",
  rows: ["4"],
  why:
    "What was written since the last backup is gone with a mistake or an intruder, and, without a replica, with the " +
    "building.",
  proves:
    "Compares the interval of the most frequent backup with the longest that is allowed; where the store is not " +
    "replicated, the recovery point that its dependents promise is the bound as well.",
  fix: {
    text: "Schedule the backup more often, or turn on point-in-time recovery.",
    snippet: 'new aws.dynamodb.Table("accounts", { ...table, pointInTimeRecovery: { enabled: true } });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {
    longestIntervalSeconds: {
      type: "integer",
      description: "Longest time between two backups, in seconds.",
      default: 86400,
      minimum: 60,
      maximum: 2678400,
    },
  },
  *judge(context) {
    for (const service of backedUp(context)) {
      const longest = longestOf(context, service);
      const best = bestOf(
        service.backups,
        (backup) => backup.intervalSeconds,
        (backup) => backup.intervalSeconds.known && backup.intervalSeconds.value <= longest,
      );
      if (best.verdict === "holds") continue;
      const intervals = service.backups.flatMap((b) => (b.intervalSeconds.known ? [b.intervalSeconds.value] : []));
      const found =
        best.verdict === "unknown"
          ? `${best.missing} is not known yet`
          : `is backed up every ${duration(Math.min(...intervals))}`;
      yield {
        verdict: best.verdict,
        service: service.id,
        lost: [],
        urns: service.backups.map((backup) => backup.urn),
        message: `${subject(service)} must be backed up at least every ${duration(longest)}, and ${found}.`,
      };
    }
  },
};

function longestOf(context: PolicyContext, service: Service): number {
  const knob = context.config.longestIntervalSeconds;
  const longest = typeof knob === "number" ? knob : 86400;
  if (service.replication && service.replication.mode !== "none") return longest;
  return Math.min(longest, ...boundObjectives(context, service).map(({ objectives }) => objectives.rpoSeconds));
}
