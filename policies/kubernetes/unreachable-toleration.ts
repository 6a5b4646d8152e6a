import { workloadsWhere } from "../evidence/workloads";
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
    const clings = workloadsWhere(context, (fact) => fact.unreachableTolerationSeconds > longest);
    for (const { service, workloads, names } of clings) {
      const worst = Math.max(...workloads.map(({ fact }) => fact.unreachableTolerationSeconds));
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        properties: ["spec.template.spec.tolerations"],
        message:
          `${subject(service)} must leave an unreachable node within ${duration(longest)}, and pods stay up to ` +
          `${duration(worst)}: those of ${names}.`,
      };
    }
  },
};
