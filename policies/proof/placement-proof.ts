import type { Service } from "../../model";
import { judgeEach } from "../evidence/judgeEach";
import { normalAndLosses, ownServices, urnsOf } from "../evidence/read";
import { list, subject } from "../evidence/words";
import type { Policy, PolicyContext, Violation } from "../policy";

export const placementProof: Policy = {
  name: "placement-proof",
  code: "DPX398",
  title: "What a service's survival hangs on can be read from the stack",
  family: "proof",
  severity: "high",
  rows: ["1", "3", "K1", "K11"],
  why:
    "Everybody believed that the work was spread. What cannot be placed cannot be proven to survive, and a critical " +
    "service is not taken on trust.",
  proves:
    "Looks for replicas without a known facility, zone or region, and for every property that a preview does not " +
    "know and on which the answer to the loss of a domain hangs. Unknown is never taken as fine: for a tier that " +
    "refuses it, it is refused with the property that is missing.",
  fix: {
    text:
      "Give the property a value that is known before the update (a zone id, a region, a site, a count), or name the " +
      "cluster's site in the pack's `estate` settings.",
    snippet: 'new aws.ec2.Subnet("login-a", { availabilityZoneId: "apne2-az1" }) // not: zones.names[0]',
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  judge: (context) => judgeEach(context.survival, ownServices(context), (service) => judgeService(context, service)),
};

function judgeService(context: PolicyContext, service: Service): Violation | undefined {
  const gaps = gapsOf(context, service);
  if (gaps.properties.length === 0) return undefined;
  return {
    verdict: "unknown",
    service: service.id,
    lost: [],
    urns: gaps.urns.length > 0 ? gaps.urns : urnsOf(service),
    properties: gaps.properties,
    message:
      `${subject(service)} must be proven to survive from what the stack states, and the proof misses ` +
      `${list(gaps.properties)}.`,
  };
}

function gapsOf(context: PolicyContext, service: Service): { properties: readonly string[]; urns: readonly string[] } {
  const properties = new Set<string>();
  const urns = new Set<string>();
  for (const replica of service.replicas) {
    if (replica.placement.known && replica.placement.value.length > 0) continue;
    urns.add(replica.urn);
    properties.add(replica.placement.known ? `any placement of ${replica.urn}` : replica.placement.missing);
  }
  for (const lost of normalAndLosses(context, service)) {
    for (const missing of context.survival.outcome(service.id, lost).missing) properties.add(missing);
  }
  // A service of which nothing is placed cannot be proven either, whatever else is known of it.
  if (service.replicas.length === 0 && properties.size === 0) properties.add(`any replica of "${service.id}"`);
  return { properties: [...properties].sort(), urns: [...urns].sort() };
}
