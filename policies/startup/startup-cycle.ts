import { startupCycles } from "../../survival";
import { servicesById, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const startupCycle: Policy = {
  name: "startup-cycle",
  code: "DPX361",
  title: "The estate can be started from dark",
  family: "startup",
  severity: "critical",
  rows: ["2", "K3", "K5"],
  why:
    "The power came back after four days, and 32,000 servers had to start in an order in which each found what it " +
    "needed. Where A needs B to start and B needs A, nobody can ever start.",
  proves:
    "Starts the estate in the model: a service starts once each of its startup needs has one member that serves. " +
    "What is never started hangs on a cycle.",
  fix: {
    text: "Break the cycle: keep a copy of what is needed at start outside of the cycle, or make the need a soft one.",
    snippet: 'annotations: { "duplex.dev/depends-on": "^registry|registry-osaka" } // a second place to start from',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "mandatory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    for (const cycle of startupCycles(context.estate.services)) {
      const members = cycle.flatMap((id) => services.get(id) ?? []);
      const [first] = members;
      if (!first) continue;
      yield {
        verdict: "broken",
        service: first.id,
        lost: [],
        urns: [...new Set(members.flatMap(urnsOf))],
        message:
          `${subject(first)} must be startable with nothing else running, and cannot: ` +
          `${[...cycle, first.id].join(" → ")} need each other to start.`,
      };
    }
  },
};
