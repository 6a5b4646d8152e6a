import { ownServices, urnsOf } from "../evidence/read";
import { facesUsers } from "../evidence/statusPage";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const statusPageAbsent: Policy = {
  name: "status-page-absent",
  code: "DPX387",
  title: "A service that users come to names the page where they are told of an outage",
  family: "operations",
  severity: "low",
  rows: ["K13"],
  why: "Users were told late: the messenger by which they would have been told was what had failed.",
  proves: "Looks, for each service that is entered by a name, for a status page in its tags, annotations or component.",
  fix: {
    text: "Keep a status page with another operator, under another name, and tag the service with its host name.",
    snippet: 'tags: { "duplex:status-page": "status.example.net" }',
  },
  asksFor: "status page",
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.statusPage || !facesUsers(service)) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message: `${subject(service)} must name the page where its users are told of an outage, and names none.`,
      };
    }
  },
};
