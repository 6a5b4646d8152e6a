import { workloads } from "../evidence/workloads";
import { duration, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const unreachableToleration: Policy = {
  name: "unreachable-toleration",
  code: "DPX373",
  title: "Pods leave a silent node soon",
  family: "kubernetes",
  severity: "medium",
  rows: ["2"],
  why:
    "Traffic and work have to leave what is dead within a minute. A pod stays bound to a node that only stops answering for " +
    "300 s unless it says otherwise, on top of the 40 to 50 s until the node is taken as unreachable.",
  proves:
    "Reads `tolerationSeconds` of the tolerations for `node.kubernetes.io/unreachable` and `not-ready`; 300 where unset.",
  fix: {
    text: "Tolerate an unreachable node for seconds, not minutes.",
    snippet:
      'tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 }]',
  },
  levels: { critical: "mandatory", important: "advisory" },
  config: {
    longestSeconds: {
      type: "integer",
      description: "Longest time that a pod may stay bound to an unreachable node, in seconds.",
      default: 60,
      minimum: 0,
      maximum: 300,
    },
  },
  *judge(context) {
    const knob = context.config.longestSeconds;
    const longest = typeof knob === "number" ? knob : 60;
    for (const { service, fact, name } of workloads(context)) {
      if (fact.unreachableTolerationSeconds <= longest) continue;
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: [fact.urn],
        properties: ["spec.template.spec.tolerations"],
        message:
          `${subject(service)} must leave an unreachable node within ${duration(longest)}, and the pods of "${name}" in cluster ` +
          `"${fact.cluster}" stay ${duration(fact.unreachableTolerationSeconds)}.`,
      };
    }
  },
};
