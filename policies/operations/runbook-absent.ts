import { ownServices, urnsOf } from "../evidence/read";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const runbookAbsent: Policy = {
  name: "runbook-absent",
  code: "DPX386",
  title: "Every critical service names its runbook",
  family: "operations",
  severity: "low",
  rows: ["5", "K12"],
  why:
    "There was a manual for disasters and no detailed plan: whoever was called had to find out what to do while it " +
    "burned.",
  proves:
    "Looks for the address of a runbook in the service's tags, annotations or component. It does not read the runbook.",
  fix: {
    text:
      "Write down what to do when a site of the service is lost, keep it outside of the sites, and tag the service " +
      "with its address.",
    snippet: 'tags: { "duplex:runbook": "https://runbooks.example.net/login" }',
  },
  asksFor: "runbook",
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.runbook) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: urnsOf(service),
        message: `${subject(service)} must name the runbook for its loss, and names none.`,
      };
    }
  },
};
