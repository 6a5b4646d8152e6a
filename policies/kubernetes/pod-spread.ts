import { severalPods, workloadsWhere } from "../evidence/workloads";
import { subject } from "../evidence/words";
import type { Policy } from "../policy";

export const podSpread: Policy = {
  name: "pod-spread",
  code: "DPX371",
  title: "Pods must not gather on one node",
  family: "kubernetes",
  severity: "medium",
  rows: ["1", "K1"],
  why:
    "A scheduler that is not told to spread puts all pods of a service wherever there is room, and one breaker takes " +
    "them all.",
  proves:
    "Looks, for each workload of more than one pod, for a topology spread constraint that must hold " +
    "(`DoNotSchedule`) or a required anti-affinity, which picks the workload's own pods and does not let all of them " +
    "stand together. A daemon set is not asked: it has one pod on each node.",
  fix: {
    text: "Add a topology spread constraint over hosts, and over zones or rooms where the cluster has them.",
    snippet:
      'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: ' +
      '"DoNotSchedule", labelSelector }]',
  },
  levels: { critical: "mandatory", important: "advisory", standard: "advisory" },
  config: {},
  *judge(context) {
    const gathers = workloadsWhere(
      context,
      (fact) =>
        fact.onEveryNode !== true &&
        severalPods(fact) !== undefined &&
        fact.spreadOver.length + fact.antiAffinityOver.length === 0,
    );
    for (const { service, workloads, names } of gathers) {
      yield {
        verdict: "broken",
        service: service.id,
        lost: [],
        urns: workloads.map(({ fact }) => fact.urn),
        properties: ["spec.template.spec.topologySpreadConstraints", "spec.template.spec.affinity.podAntiAffinity"],
        message: `${subject(service)} must spread its pods, and nothing keeps apart those of ${names}.`,
      };
    }
  },
};
