import type { Policy } from "../policy";

export const notJudged: Policy = {
  name: "not-judged",
  code: "DPX399",
  title: "Resources that no reader understands are named",
  family: "proof",
  severity: "low",
  rows: ["K6"],
  why:
    "The whole was as redundant as its weakest system; a system that nobody looked at is the likeliest to be that " +
    "one.",
  proves:
    "Lists each resource that places, holds or routes something and of which the pack cannot tell what its loss does.",
  fix: {
    text: "Judge it by hand, or state where it stands and what needs it with Duplex's tags.",
    snippet: 'tags: { "duplex:service": "search", "duplex:layer": "store", "duplex:site": "seoul" }',
  },
  levels: { critical: "advisory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const byReason = new Map<string, { type: string; reason: string; urns: string[] }>();
    for (const item of context.estate.notJudged) {
      const key = `${item.type}\n${item.reason}`;
      const group = byReason.get(key) ?? { type: item.type, reason: item.reason, urns: [] };
      group.urns.push(item.urn);
      byReason.set(key, group);
    }
    for (const { type, reason, urns } of byReason.values()) {
      yield {
        verdict: "unknown",
        lost: [],
        urns: urns.sort(),
        message:
          `Every ${type} must be judged, and ${urns.length === 1 ? "this one is" : `these ${urns.length} are`} not: ` +
          `${reason}`,
      };
    }
  },
};
