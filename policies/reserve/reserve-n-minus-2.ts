import { culpritUrns, downAnyway, reasonOf } from "../evidence/loss";
import { ownServices, requirementOf } from "../evidence/read";
import { domainWords, list, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const reserveNMinus2: Policy = {
  name: "reserve-n-minus-2",
  code: "DPX322",
  title: "A critical service is never down after the loss of any two sites",
  family: "reserve",
  severity: "high",
  rows: ["3", "K7", "K16"],
  why:
    "A second failure comes while the first is being repaired, and the repair took four days. The company tripled " +
    "its operator tools and asked for more than two copies of messaging and login.",
  proves:
    "Finds the minimal cut sets of two domains of the kinds that the tier names: pairs whose loss together takes the " +
    "service down though neither does alone.",
  fix: {
    text:
      "Add a third independent site to the service, and to whatever it needs; a majority needs more than two " +
      "sites.",
    snippet: "sites: [pangyo, chuncheon, seoul] // any two may be lost, one still serves",
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      const kinds = requirementOf(context, service).surviveTwo;
      if (kinds.length === 0 || downAnyway(context, service)) continue;
      const [first, ...others] = context.survival
        .minimalCutSets(service.id, 2, kinds)
        .filter((cut) => cut.certainty === "broken" && cut.domains.length === 2)
        .map((cut) => cut.domains);
      if (!first) continue;
      const outcome = context.survival.outcome(service.id, first);
      yield {
        verdict: "broken",
        service: service.id,
        lost: first,
        urns: culpritUrns(context, service, outcome),
        message:
          `${subject(service)} must not go down when ${list(first.map(domainWords))} are lost together, and does: ` +
          `${reasonOf(context, service, outcome)}.` +
          (others.length > 0 ? ` ${others.length} more such pairs were found.` : ""),
      };
    }
  },
};
