import { byText } from "../../lib/order";
import { boundObjectives, stores, urnsOf } from "../evidence/read";
import { duration, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const rpoObjective: Policy = {
  name: "rpo-objective",
  code: "DPX342",
  title: "Replication loses no more data than was promised",
  family: "data",
  severity: "high",
  rows: ["4"],
  why:
    "Data that had not been copied yet stayed in the dark building. How much may be lost is a promise, to be stated " +
    "and kept.",
  proves:
    "Compares the recovery point of each store's replication with the objective of the store and of every service " +
    "that cannot serve without it; the strictest binds.",
  fix: {
    text: "Replicate synchronously, or with a bounded lag; or change the objective where the loss may be borne.",
    snippet: 'tags: { "duplex:rpo-seconds": "60" } // or: multi-Region strong consistency of the table',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of stores(context)) {
      const replication = service.replication;
      const [strictest] = [...boundObjectives(context, service)].sort(
        (a, b) => a.objectives.rpoSeconds - b.objectives.rpoSeconds || byText(a.of.id, b.of.id),
      );
      // Without replication `data-replication` speaks.
      if (!replication || replication.mode === "none" || !strictest) continue;
      const whose = strictest.of.id === service.id ? "" : `, as "${strictest.of.id}" promises`;
      const { rpoSeconds } = strictest.objectives;
      const wanted = `${subject(service)} must lose at most ${duration(rpoSeconds)} of data${whose}`;
      const common = { service: service.id, lost: [], urns: urnsOf(service) };
      const rpo = replication.rpoSeconds;
      if (!rpo.known)
        yield { ...common, verdict: "unknown", message: `${wanted}, and ${rpo.missing} is not known yet.` };
      else if (rpo.value > rpoSeconds)
        yield {
          ...common,
          verdict: "broken",
          message: `${wanted}, and its replication may lose ${duration(rpo.value)}.`,
        };
    }
  },
};
