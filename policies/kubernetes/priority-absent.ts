import { workloadsWhere } from "../evidence/workloads";
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
    "When room is short the tier has to decide who gets it. Without a priority, a critical pod waits behind a " +
    "game's, and placeholder pods give no room to it.",
  proves: "Looks whether each workload of a critical service names a priority class.",
  fix: {
    text: "Name a priority class above that of the placeholder pods.",
    snippet: 'spec: { priorityClassName: "duplex-critical" }',
  },
  levels: { critical: "advisory" },
  config: {},
  *judge(context) {
    for (const { service, workloads, names } of workloadsWhere(context, (fact) => !fact.priorityClass)) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        properties: ["spec.template.spec.priorityClassName"],
        message: `${subject(service)} must name a priority class, and none is named by ${names}.`,
      };
    }
  },
};
