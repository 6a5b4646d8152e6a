import { ownServices, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const undeclaredOwner: Policy = {
  name: "undeclared-owner",
  code: "DPX394",
  title: "Every critical service has an owner",
  family: "operations",
  severity: "low",
  rows: ["5", "K14"],
  why: "There was no control tower early on. A runbook needs somebody who answers for it.",
  proves: "Looks for the owner in the service's tags, labels or component.",
  fix: {
    text: "Tag the service with the team that answers for it.",
    snippet: 'tags: { "duplex:owner": "identity-team" }',
  },
  asksFor: "owner",
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.owner) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message: `${subject(service)} must name its owner, and names none.`,
      };
    }
  },
};
