import { kindOf } from "../../model";
import { survivalInIsolation } from "../evidence/isolation";
import { ownServices, requirementOf, urnsOf } from "../evidence/read";
import { count, domainWords, subject } from "../evidence/words";
import type { Policy } from "../policy";

const placeKinds = new Set(["zone", "facility", "power", "region"]);

export const quorumInOneSite: Policy = {
  name: "quorum-in-one-site",
  code: "DPX343",
  title: "No single place holds the majority of a quorum",
  family: "data",
  severity: "critical",
  rows: ["3", "K4", "K16"],
  why:
    "Where a majority decides, copies in two places are no better than one: whoever loses the place with the " +
    "majority has lost them all. The review asks for three places where a quorum decides.",
  proves:
    "Takes each zone, facility, power domain and region of the tier away and asks whether a majority of the store's " +
    "own replicas is left, though some replicas are.",
  fix: {
    text: "Place the members in at least three places, so that none holds half of them.",
    snippet: "sites: [pangyo, chuncheon, seoul] // 1 member each; 2 + 1 loses its majority with the first",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const alone = survivalInIsolation(context);
    for (const service of ownServices(context)) {
      if (service.quorum !== "majority") continue;
      const kinds = requirementOf(context, service).surviveOne.filter((kind) => placeKinds.has(kind));
      const places = new Set(
        service.replicas.map((replica) => (replica.placement.known ? replica.placement.value.join() : "")),
      );
      const fatal = alone
        .relevantDomains(service.id)
        .find((id) => kinds.includes(kindOf(id)) && alone.outcome(service.id, [id]).status === "down");
      // All members in one place are a concentration, reported as such.
      if (!fatal || places.size < 2) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [fatal],
        urns: urnsOf(service),
        message:
          `${subject(service)} must keep a majority of its ${count(service.replicas.length, "member")} when ` +
          `${domainWords(fatal)} is lost, and loses it.`,
      };
    }
  },
};
