import { byNumber, byText } from "../../lib/order";
import { ownServices, singleLosses, urnsOf } from "../evidence/read";
import { domainWords, duration, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const rtoObjective: Policy = {
  name: "rto-objective",
  code: "DPX396",
  title: "A service recovers in the time that it promises",
  family: "operations",
  severity: "medium",
  rows: ["2", "K2", "K15"],
  why:
    "One tenant of the building began to recover after 3 hours by moving to its own site, the other took 127.5 " +
    "hours: how long a loss lasts is decided by what already runs elsewhere.",
  proves:
    "Estimates for each loss of a domain of the tier's kinds the time until the share promised is served again: " +
    "detection + propagation + start of what was not running. An estimate, hence advice where the service is not " +
    "critical.",
  fix: {
    text: "Run the standby, shorten the health check's interval and the time to live, or change the objective.",
    snippet: 'annotations: { "duplex.dev/role": "active" }, replicas: 30',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const promised = service.objectives?.rtoSeconds;
      if (promised === undefined) continue;
      const worst = singleLosses(context, service)
        .map((id) => ({ id, outcome: context.survival.outcome(service.id, [id]) }))
        // What never comes back is refused as a concentration.
        .filter(({ outcome }) => outcome.status !== "down" && outcome.rtoSeconds > promised)
        .sort((a, b) => byNumber(b.outcome.rtoSeconds, a.outcome.rtoSeconds) || byText(a.id, b.id))[0];
      if (!worst) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [worst.id],
        urns: urnsOf(service),
        message:
          `${subject(service)} must be back within ${duration(promised)} of any one loss, and is back ` +
          `${duration(worst.outcome.rtoSeconds)} after that of ${domainWords(worst.id)}` +
          `${worst.outcome.needsControlPlane ? ", by control-plane actions" : ""}.`,
      };
    }
  },
};
