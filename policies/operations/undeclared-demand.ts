import { ownServices, urnsOf } from "../evidence/read";
import { list, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const undeclaredDemand: Policy = {
  name: "undeclared-demand",
  code: "DPX395",
  title: "A critical service states its peak demand and the capacity of its units",
  family: "operations",
  severity: "medium",
  rows: ["3", "10", "K7"],
  why:
    "Nobody had compared the room in the other data centres with the work of the lost one. Without a peak and a " +
    'capacity the reserve is a guess, and "some replica lives" is all that can be proven.',
  proves: "Looks, for each service that computes, for its peak demand and for a capacity of every active replica.",
  fix: {
    text: "State the peak of the service and what one unit can serve, from a load test.",
    snippet: 'tags: { "duplex:peak-rps": "90000", "duplex:unit-rps": "1000" }',
  },
  asksFor: "demand",
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const service of ownServices(context)) {
      if (service.layer !== "compute") continue;
      const silent = service.replicas.filter(
        (replica) => replica.role === "active" && replica.capacityRps === undefined,
      );
      const missing = [
        ...(service.peakRps ? [] : ["its peak demand"]),
        ...(silent.length > 0 ? ["the capacity of a unit"] : []),
      ];
      if (missing.length === 0) continue;
      yield {
        verdict: "unknown",
        service: service.id,
        lost: [],
        urns: silent.length > 0 ? [...new Set(silent.map((replica) => replica.urn))].sort() : urnsOf(service),
        properties: ["duplex:peak-rps", "duplex:unit-rps"],
        message:
          `${subject(service)} must prove its reserve from stated figures, and ${list(missing)} ` +
          `${missing.length > 1 ? "are" : "is"} stated nowhere.`,
      };
    }
  },
};
