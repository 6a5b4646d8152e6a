import { culpritUrns, reasonOf } from "../evidence/loss";
import type { Service } from "../../model";
import { ownServices, urnsOf } from "../evidence/read";
import { count, percent, subject } from "../evidence/words";
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
      if (outcome.bestShare >= 1 - 1e-9 && waitsForOrder(service)) {
        yield {
          verdict: "broken",
          service: service.id,
          lost: [],
          urns: urnsOf(service),
          message:
            `${subject(service)} must serve with nothing lost, and nothing of it runs: its ` +
            `${count(service.replicas.length, "replica")} only start when somebody orders it.`,
        };
        continue;
      }
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

/** Nothing runs, and what stands by is started by nobody's own accord. */
function waitsForOrder({ replicas }: Service): boolean {
  const standing = replicas.filter(({ role }) => role !== "backup");
  return standing.length > 0 && standing.every(({ role, startsByHand }) => role === "standby" && startsByHand === true);
}
