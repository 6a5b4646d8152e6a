import { workloads } from "../evidence/workloads";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const priorityAbsent: Policy = {
  name: "priority-absent",
  code: "DPX376",
  title: "Critical pods push others aside",
  family: "kubernetes",
  severity: "low",
  rows: ["3", "9", "K7"],
  why:
    "When room is short the tier has to decide who gets it. Without a priority, a critical pod waits behind a game's, and " +
    "placeholder pods give no room to it.",
  proves: "Looks whether each workload of a critical service names a priority class.",
  fix: {
    text: "Name a priority class above that of the placeholder pods.",
    snippet: 'spec: { priorityClassName: "duplex-critical" }',
  },
  levels: { critical: "advisory" },
  config: {},
  *judge(context) {
    for (const { service, fact, name } of workloads(context)) {
      if (fact.priorityClass) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: [fact.urn],
        properties: ["spec.template.spec.priorityClassName"],
        message: `${subject(service)} must name a priority class, and "${name}" in cluster "${fact.cluster}" names none.`,
      };
    }
  },
};
