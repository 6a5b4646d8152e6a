import { standingIn } from "../evidence/facilities";
import { factsOf, ownServices } from "../evidence/read";
import { domainWords, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const batteryNotSeparated: Policy = {
  name: "battery-not-separated",
  code: "DPX385",
  title: "Copies in a building that a battery fire darkens as a whole count as one",
  family: "operations",
  severity: "medium",
  rows: ["1", "K9", "K10"],
  why:
    "Gas does not put out lithium-ion batteries, and the supply stood beside them: to fight the fire with water the " +
    "operator cut the power of every hall, and with it of every copy in them.",
  proves:
    "Reads batteryChemistry, batteryRoomsSeparated and firePlanKeepsPower of the sites' catalogue. Where lithium-ion " +
    "batteries stand beside the supply and a fire is fought by cutting all power, two or more copies there are no " +
    "two halves.",
  fix: {
    text:
      "Part the battery rooms by fire walls and agree on a fire plan that keeps the power; until then, move the " +
      "second copy to another building.",
    snippet: "batteryRoomsSeparated: true\nfirePlanKeepsPower: true",
  },
  // Advisory: where nothing stands elsewhere, single-facility refuses.
  levels: { critical: "advisory", important: "advisory" },
  config: {},
  *judge(context) {
    const dark = new Set(
      factsOf(context.estate, "facility").flatMap(({ facility, fireCutsPower }) => (fireCutsPower ? [facility] : [])),
    );
    if (dark.size === 0) return;
    for (const service of ownServices(context)) {
      for (const [place, replicas] of standingIn(service)) {
        const copies = replicas.reduce((sum, { units }) => sum + (units.known ? Math.max(1, units.value) : 1), 0);
        if (!dark.has(place) || copies < 2) continue;
        yield {
          verdict: "broken",
          service: service.id,
          lost: [place],
          urns: [...new Set(replicas.map(({ urn }) => urn))],
          message:
            `${subject(service)} must have its second copy off the power of ${domainWords(place)}, which a battery ` +
            `fire darkens as a whole, and has ${copies} copies there, which count as one.`,
        };
      }
    }
  },
};
