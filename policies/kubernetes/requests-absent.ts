import { workloadsWhere } from "../evidence/workloads";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const requestsAbsent: Policy = {
  name: "requests-absent",
  code: "DPX372",
  title: "Pods state what they need, so that the reserve is no guess",
  family: "kubernetes",
  severity: "medium",
  rows: ["3", "K7"],
  why:
    "The other data centres had too little room, and nobody had added it up. A pod without requests is placed where " +
    "there is nothing left, and the reserve that a cluster shows is a guess.",
  proves: "Looks whether every container of the workload requests CPU and memory.",
  fix: {
    text: "Request what the pod uses at its share of the peak.",
    snippet: 'resources: { requests: { cpu: "500m", memory: "1Gi" } }',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    for (const { service, workloads, names } of workloadsWhere(context, (fact) => !fact.requestsSet)) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        properties: ["spec.template.spec.containers[].resources.requests"],
        message: `${subject(service)} must request CPU and memory for every container, and not all do of ${names}.`,
      };
    }
  },
};
