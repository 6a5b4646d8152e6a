/** Who may speak with the pods of a namespace, and whom they may call: nobody who is not named. */
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterCall, RangeCall } from "./args";

export interface PolicyArgs {
  readonly metadata: { readonly namespace: pulumi.Input<string>; readonly labels: Record<string, string> };
  /** Labels of the pods. */
  readonly selector: Record<string, string>;
  readonly port: number;
  /** Namespaces from which requests come, the entrance's among them. */
  readonly from: readonly string[];
  readonly calls: readonly ClusterCall[];
  readonly reaches: readonly RangeCall[];
}

/** Label that every namespace bears with its own name. */
const namespaceLabel = "kubernetes.io/metadata.name";

const tcp = (port: number) => [{ protocol: "TCP", port }];
const names = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];

export function createPolicies(parent: pulumi.ComponentResource, name: string, args: PolicyArgs): void {
  const { metadata, selector, port, from, calls, reaches } = args;
  const options = { parent };
  const inNamespace = (namespace: string) => ({ namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } } });
  new k8s.networking.v1.NetworkPolicy(
    `${name}-closed`,
    { metadata: { ...metadata, name: "closed" }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
    options,
  );
  new k8s.networking.v1.NetworkPolicy(
    name,
    {
      metadata: { ...metadata, name: "open" },
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ["Ingress", "Egress"],
        // A list of nobody would be a rule for everybody: no caller is no rule at all.
        ingress: from.length === 0 ? [] : [{ from: from.map(inNamespace), ports: tcp(port) }],
        egress: [
          { to: [inNamespace("kube-system")], ports: names },
          ...calls.map((call) => ({ to: [inNamespace(call.namespace)], ports: tcp(call.port) })),
          ...reaches.map((reach) => ({ to: [{ ipBlock: { cidr: reach.cidr } }], ports: tcp(reach.port) })),
        ],
      },
    },
    options,
  );
}
