import type { Service } from "../../model";
import { judgeEach } from "../evidence/judgeEach";
import { culpritUrns, reasonOf } from "../evidence/loss";
import { ownServices, singleLosses } from "../evidence/read";
import { byShare, leastShareOf, shortfall } from "../evidence/reserve";
import { domainWords, list, percent, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

export const reserveNMinus1: Policy = {
  name: "reserve-n-minus-1",
  code: "DPX321",
  title: "After the loss of any one domain the peak is still carried",
  family: "reserve",
  severity: "critical",
  rows: ["3", "10", "K1", "K7"],
  why:
    "The other three data centres had too little room to take the work of the lost one over: being in several places " +
    "is not yet being able to serve from them.",
  proves:
    "Sums the capacity (units × requests per second of one unit) that is left after the loss of any one domain of " +
    "the kinds that the tier names, and compares it with peak demand × the least share promised. Reserve counts when " +
    "it runs, or when it starts by itself.",
  fix: {
    text:
      "Raise the units per site until any n−1 sites carry the peak; `planReserve` of the components does the " +
      "arithmetic.",
    snippet:
      "// peak 90,000 rps over 4 sites, 1,000 rps a unit: 30 units a site carry the loss of any one\nreplicas: 30",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: (context) => judgeEach(context.survival, ownServices(context), (service) => judgeService(context, service)),
};

function judgeService(context: PolicyContext, service: Service): Violation | undefined {
  const [worst, ...others] = singleLosses(context, service)
    .flatMap((id) => shortfall(context, service, [id]) ?? [])
    .sort(byShare);
  if (!worst) return undefined;
  const more = others.flatMap(({ lost }) => lost.map(domainWords));
  return {
    verdict: "broken",
    service: service.id,
    lost: worst.lost,
    urns: culpritUrns(context, service, worst.outcome),
    message:
      `${subject(service)} must serve at least ${percent(leastShareOf(service))} of its peak when ` +
      `${list(worst.lost.map(domainWords))} is lost, and ${percent(worst.share)} is left: ` +
      `${reasonOf(context, service, worst.outcome)}.` +
      (more.length > 0 ? ` It falls short after the loss of ${list(more)} too.` : ""),
  };
}
