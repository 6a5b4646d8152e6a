import { losesQuorum } from "../../../inventory/kubernetes/cluster/controlPlane";
import { domainId, known, type Estate } from "../../../model";
import { budgeted, changed, compliant, scheduled, withDomains } from "./compliant";
import type { Example, ExamplesByPolicy } from "./example";

const passes: Example = { what: "workloads that spread, with budgets", estate: compliant() };

const onMessenger = { service: "messenger", urn: "messenger@busan" } as const;

/** Every workload in one cluster over these buildings, with a member of its control plane in each. */
function stretchedOver(...names: readonly string[]): Estate {
  const facilities = names.map((name) => domainId("facility", name));
  const controlPlane = domainId("controlPlane", "kubernetes/stretched");
  const estate = scheduled({ facilities, controlPlane });
  const suppliedBy = losesQuorum(facilities);
  return withDomains([{ id: controlPlane, kind: "controlPlane", name: "kubernetes/stretched", within: [], suppliedBy }], estate); // prettier-ignore
}

export const kubernetes: ExamplesByPolicy = {
  "pod-spread": {
    passes,
    nearMiss: {
      what: "anti-affinity in place of spread",
      found: false,
      estate: scheduled({ spreadOver: [], antiAffinityOver: ["kubernetes.io/hostname"] }),
    },
    refused: {
      ...onMessenger,
      what: "pods that may gather on one node",
      estate: scheduled({ spreadOver: [] }),
      says: /nothing keeps apart those of "messenger@busan" in cluster "busan", "messenger@chuncheon"/,
    },
  },
  "requests-absent": {
    passes,
    nearMiss: {
      what: "a workload of no service",
      found: false,
      estate: scheduled({ requestsSet: false, service: undefined }),
    },
    refused: {
      ...onMessenger,
      what: "pods that ask for nothing",
      estate: scheduled({ requestsSet: false }),
      says: /must request CPU and memory for every container/,
    },
  },
  "unreachable-toleration": {
    passes: { what: "60 s, the longest that is allowed", estate: scheduled({ unreachableTolerationSeconds: 60 }) },
    nearMiss: {
      what: "300 s where the pack's setting allows them",
      found: false,
      estate: scheduled({ unreachableTolerationSeconds: 300 }),
      options: { policies: { "unreachable-toleration": { config: { longestSeconds: 300 } } } },
    },
    refused: {
      ...onMessenger,
      what: "the default of 300 s",
      estate: scheduled({ unreachableTolerationSeconds: 300 }),
      says: /within 60 s, and pods stay up to 5 min: those of "messenger@busan" in cluster "busan"/,
    },
  },
  "stretched-quorum": {
    passes: { what: "a cluster over three buildings", estate: stretchedOver("busan", "chuncheon", "tokyo") },
    nearMiss: { what: "a cluster of one building, which falls with it", found: false, estate: stretchedOver("busan") },
    refused: {
      ...onMessenger,
      what: "a cluster over two buildings",
      estate: stretchedOver("busan", "chuncheon"),
      says: /loses its control plane with facility "busan" and facility "chuncheon"/,
    },
  },
  "disruption-budget-absent": {
    passes,
    nearMiss: {
      what: "a single pod, which no budget can keep",
      found: false,
      estate: { ...budgeted(undefined), facts: scheduled({ replicas: known(1) }).facts.filter((fact) => fact.kind === "scheduling") }, // prettier-ignore
    },
    refused: {
      ...onMessenger,
      what: "pods without a budget",
      estate: budgeted(undefined),
      says: /none covers "messenger@busan" in cluster "busan"/,
    },
  },
  "disruption-budget-blocks": {
    passes,
    nearMiss: {
      what: "67 % of three pods, which rounds up to all three",
      found: true,
      ...onMessenger,
      urn: "budget@busan",
      estate: budgeted({ maxUnavailable: undefined, minAvailable: known("67%") }),
      says: /at least 1 pod be evicted/,
    },
    refused: {
      ...onMessenger,
      urn: "budget@busan",
      what: "a budget that lets nobody go",
      estate: budgeted({ maxUnavailable: known(0) }),
      says: /lets 0 go of "messenger@busan"/,
    },
  },
  "priority-absent": {
    passes,
    nearMiss: {
      what: "an important service without a priority",
      found: false,
      estate: {
        ...changed("messenger", () => ({ tier: "important" })),
        facts: scheduled({ priorityClass: undefined }).facts,
      },
    },
    refused: {
      ...onMessenger,
      what: "a critical service without a priority",
      level: "advisory",
      estate: scheduled({ priorityClass: undefined }),
      says: /must name a priority class/,
    },
  },
};
