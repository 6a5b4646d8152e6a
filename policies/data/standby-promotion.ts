import { stores, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const standbyPromotion: Policy = {
  name: "standby-promotion",
  code: "DPX344",
  title: "A critical store's copies take writes without a promotion",
  family: "data",
  severity: "medium",
  rows: ["2", "3", "K2", "K3"],
  why:
    "Five layers were active there and standby elsewhere, and the standby did not take over: the tools that promote " +
    "it were in the lost building.",
  proves: "Looks whether every copy of a replicated store takes writes, or whether a standby must first be promoted.",
  fix: {
    text: "Use a store whose copies all take writes, or keep the promotion rehearsed and callable from the survivor.",
    snippet:
      'new aws.dynamodb.Table("accounts", { ...table, replicas: [{ regionName: "ap-northeast-1" }] }); // every ' +
      "replica takes writes",
  },
  // Advisory: a single writer is a sound choice where the time of a promotion is within the objective.
  levels: { critical: "advisory" },
  config: {},
  *judge(context) {
    for (const service of stores(context)) {
      const replication = service.replication;
      if (!replication || replication.mode === "none" || replication.multiWriter) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message:
          `${subject(service)} must take writes at every copy, and takes them at one: the others have to be promoted ` +
          "first.",
      };
    }
  },
};
