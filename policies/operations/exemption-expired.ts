import { servicesById, urnsOf } from "../evidence/read";
import { stackUrn } from "../evidence/stack";
import type { Policy } from "../policy";

export const exemptionExpired: Policy = {
  name: "exemption-expired",
  code: "DPX397",
  title: "No exemption is past its day",
  family: "operations",
  severity: "high",
  rows: ["5", "K12"],
  why: "A risk that was taken for a month and forgotten for years is how manuals without plans come about.",
  proves: "Compares the last day of each exemption with the day of the judgement.",
  fix: {
    text: "Remove the exemption, or renew it with a reason and a new date.",
    snippet:
      '{ "policy": "single-region", "service": "ads", "owner": "ads-team", "reason": "…", "ticket": "ADS-1", ' +
      '"expires": "2026-12-31" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "mandatory" },
  config: {},
  *judge(context) {
    const services = servicesById(context.estate);
    for (const exemption of context.exemptions) {
      if (exemption.expires >= context.today) continue;
      const service = exemption.service === undefined ? undefined : services.get(exemption.service);
      yield {
        verdict: "broken",
        ...(service ? { service: service.id } : {}),
        lost: [],
        urns: service ? urnsOf(service) : [stackUrn(context.estate)],
        message:
          `The exemption from "${exemption.policy}"${exemption.service ? ` for service "${exemption.service}"` : ""} ` +
          `(owner ${exemption.owner}, ${exemption.ticket}) must not be past its last day, and expired on ` +
          `${exemption.expires}.`,
      };
    }
  },
};
