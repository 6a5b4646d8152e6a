import { createFailureGraph } from "../../survival/failureGraph";
import type { DomainId } from "../../model";
import { workloadsWhere } from "../evidence/workloads";
import { count, domainWords, list, subject } from "../evidence/words";
import type { Policy } from "../policy";

export const stretchedQuorum: Policy = {
  name: "stretched-quorum",
  code: "DPX377",
  title: "A cluster over several buildings keeps its quorum when one is lost",
  family: "kubernetes",
  severity: "high",
  rows: ["1", "K4", "K16"],
  why:
    "Kubernetes keeps its state in etcd, which answers only while more than half of its members do. Stretched over " +
    "two buildings, one of them holds half of the members or more: its loss stops the scheduler in the other one " +
    "too, at the hour in which pods have to be made anew. Two clusters have no such thing in common.",
  proves:
    "Takes each building of a cluster that spans several away and asks whether its control plane is left. Members " +
    "stand where the nodes with the role `control-plane` stand; where no node says so, one in each building is " +
    "assumed.",
  fix: {
    text:
      "Stand the control plane in at least three buildings, none with half of its members, or run a cluster in each " +
      "building.",
    snippet: "clusterContext: east // of three sites: one etcd member in each; 2 + 1 stops with the first",
  },
  levels: { critical: "mandatory", important: "mandatory", standard: "advisory" },
  config: {},
  *judge(context) {
    const graph = createFailureGraph(context.estate.domains);
    const stopping = (fact: { readonly facilities?: readonly DomainId[]; readonly controlPlane?: DomainId }) => {
      const { facilities = [], controlPlane } = fact;
      if (facilities.length < 2 || controlPlane === undefined) return [];
      return facilities.filter((facility) => graph.failed([facility]).has(controlPlane));
    };
    for (const { service, workloads } of workloadsWhere(context, (fact) => stopping(fact).length > 0)) {
      const [first] = workloads;
      if (first === undefined) continue;
      const { cluster, facilities = [] } = first.fact;
      const fatal = stopping(first.fact);
      yield {
        verdict: "broken",
        service: service.id,
        lost: fatal.slice(0, 1),
        urns: workloads.map(({ fact }) => fact.urn),
        message:
          `${subject(service)} must be scheduled whatever building is lost, and cluster "${cluster}" over ` +
          `${count(facilities.length, "building")} loses its control plane with ${list(fatal.map(domainWords))}.`,
      };
    }
  },
};
