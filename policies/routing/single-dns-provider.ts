import { nameOf } from "../../model";
import { ownServices, requirementOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const singleDnsProvider: Policy = {
  name: "single-dns-provider",
  code: "DPX338",
  title: "A critical service's names are answered by more than one provider",
  family: "routing",
  severity: "low",
  rows: ["6", "8", "K4"],
  why:
    "Third parties are failure domains too. When the one provider that answers for every name is gone, all the " +
    "reserve in all the sites cannot be reached.",
  proves: "Collects the providers that answer for the service's names; a tier that must survive a vendor needs two.",
  fix: {
    text: "Delegate the zone to name servers of a second provider as well, kept alike by the same program.",
    snippet:
      'new aws.route53.Record("delegation", { type: "NS", name: zone.name, zoneId: parent.zoneId, ttl: 3600, ' +
      "records: [...ours, ...theirs] });",
  },
  loss: "vendor",
  // Advisory: a second provider is a change of the organisation rather than of one stack.
  levels: { critical: "advisory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (!requirementOf(context, service).surviveOne.includes("vendor")) continue;
      const routes = service.routes.filter((route) => route.kind === "dns");
      const providers = [...new Set(routes.map((route) => route.provider))].sort();
      const [only, second] = providers;
      if (!only || second) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [only],
        urns: [...new Set(routes.map((route) => route.urn))].sort(),
        message:
          `${subject(service)} must have its names answered by at least 2 providers, and "${nameOf(only)}" alone ` +
          "answers.",
      };
    }
  },
};
