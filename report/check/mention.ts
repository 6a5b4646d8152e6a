import type { Finding } from "../../policies/policy";
import type { ReportMention } from "./parts";

/** A finding that does not count, as the report mentions it. */
export function mentionOf({ policy, code, service, urns, lost, level, message }: Finding): ReportMention {
  return { policy, code, service: service ?? null, resource: urns[0] ?? null, lost, level, message };
}
