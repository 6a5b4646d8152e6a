import { stores, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const backupAbsent: Policy = {
  name: "backup-absent",
  code: "DPX351",
  title: "Every store has a backup",
  family: "backup",
  severity: "high",
  rows: ["4", "5"],
  why:
    "Data had to be copied at the moment of the disaster. Replication carries a mistake or an intruder's deletion to " +
    "every copy within the second; only a backup brings the data back.",
  proves: "Looks for a backup plan, point-in-time recovery, snapshots or versions of each store.",
  fix: {
    text: "Put the store into a backup plan, by a tag or by its ARN.",
    snippet: 'new aws.backup.Selection("stores", { planId: plan.id, iamRoleArn, resources: [table.arn] });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of stores(context)) {
      if (service.backups.length > 0) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message: `${subject(service)} must have at least 1 backup, and has 0.`,
      };
    }
  },
};
