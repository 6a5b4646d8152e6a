import { culpritUrns, reasonOf } from "../evidence/loss";
import { ownServices } from "../evidence/read";
import { percent, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const servesAtPeak: Policy = {
  name: "serves-at-peak",
  code: "DPX323",
  title: "With nothing lost, a service carries its peak",
  family: "reserve",
  severity: "critical",
  rows: ["3", "K7"],
  why: "A service that cannot carry its peak on a good day has no reserve for a bad one.",
  proves: "Compares the capacity of all active replicas, and of all that the service needs, with its peak demand.",
  fix: {
    text: "Run more units, or correct the peak demand and the capacity of a unit where they are stated.",
    snippet: 'tags: { "duplex:peak-rps": "90000", "duplex:unit-rps": "1000" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const outcome = context.survival.outcome(service.id, []);
      if (outcome.bestShare >= 1 - 1e-9) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: culpritUrns(context, service, outcome),
        message:
          `${subject(service)} must serve 100 % of its peak with nothing lost, and serves ` +
          `${percent(outcome.bestShare)}: ${reasonOf(context, service, outcome)}.`,
      };
    }
  },
};
