import { servicesById, urnsOf } from "../evidence/read";
import { stackUrn } from "../evidence/stack";
import { misreadMessage } from "../exemptionsInCode";
import type { Exemption, Policy } from "../policy";

export const exemptionExpired: Policy = {
  name: "exemption-expired",
  code: "DPX397",
  title: "Every exemption can be read, and none is past its day",
  family: "operations",
  severity: "high",
  rows: ["5", "K12"],
  why: "A risk that was taken for a month and forgotten for years is how manuals without plans come about.",
  proves:
    "Compares the last day of each exemption with the day of the judgement, and reads what stands beside resources " +
    "as `duplex:exempt`: a policy's code, a day and a ticket.",
  fix: {
    text: "Remove the exemption, or renew it with a reason and a new date.",
    snippet:
      '{ "policy": "single-region", "service": "ads", "owner": "ads-team", "reason": "…", "ticket": "ADS-1", ' +
      '"expires": "2026-12-31" }',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "mandatory" },
  config: {},
  *judge(context) {
    for (const misread of context.misread ?? []) {
      yield { verdict: "broken", lost: [], urns: [misread.urn], message: misreadMessage(misread) };
    }
    const services = servicesById(context.estate);
    for (const exemption of context.exemptions) {
      if (exemption.expires >= context.today) continue;
      const service = exemption.service === undefined ? undefined : services.get(exemption.service);
      yield {
        verdict: "broken",
        ...(service ? { service: service.id } : {}),
        lost: [],
        urns: exemption.resource ? [exemption.resource] : service ? urnsOf(service) : [stackUrn(context.estate)],
        message:
          `The exemption from "${exemption.policy}"${subjectOf(exemption)} ` +
          `(owner ${exemption.owner}, ${exemption.ticket}) must not be past its last day, and expired on ` +
          `${exemption.expires}.`,
      };
    }
  },
};

function subjectOf({ service, resource }: Exemption): string {
  if (resource !== undefined) return ` beside ${resource}`;
  return service === undefined ? "" : ` for service "${service}"`;
}
