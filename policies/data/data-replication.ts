import { requirementOf, stores, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const dataReplication: Policy = {
  name: "data-replication",
  code: "DPX341",
  title: "Data is copied continuously, not at the moment of the disaster",
  family: "data",
  severity: "critical",
  rows: ["4", "K2"],
  why: "Data had to be copied at the moment of the disaster, out of a building without power.",
  proves:
    "Looks for replication between the copies of each store: replicas of a table, a global cluster, a replicated " +
    "bucket, a replicated set. A backup is not a replica.",
  fix: {
    text: "Replicate the store continuously to a second facility, and to a second region for a critical tier.",
    snippet:
      'new aws.dynamodb.Table("accounts", { ...table, replicas: [{ regionName: "ap-northeast-1" }, { regionName: ' +
      '"ap-northeast-3" }] });',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of stores(context)) {
      const copies = service.replicas.filter((replica) => replica.role !== "backup").length;
      if (service.replication && service.replication.mode !== "none" && copies > 1) continue;
      // Three zones are copies enough for a tier that need not outlive a region.
      const { surviveOne } = requirementOf(context, service);
      if (service.replication?.inRegion === true && !surviveOne.includes("region")) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message:
          `${subject(service)} must be replicated continuously to at least 2 copies, and has ${copies} ` +
          `${copies === 1 ? "copy" : "copies"} with replication mode "${service.replication?.mode ?? "none"}".`,
      };
    }
  },
};
