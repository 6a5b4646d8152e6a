/** Nodes and the topology labels on them: where a cluster stands when nothing else says so. */
import { domainId, topologyKeys, type DomainId, type Placement } from "../../../model";
import type { Resource } from "../../resource";
import { at, field, text } from "../../values";
import { byText } from "../../../lib/order";

export const nodeTypes = ["kubernetes:core/v1:Node"] as const;

/** Zone id by which EKS labels its nodes, beside the zone's name. */
const zoneIdKey = "topology.k8s.aws/zone-id";

/** A member of the control plane, by the label that kubeadm and its like put on it. */
export function isControlPlaneNode(node: Resource): boolean {
  const labels = at(node.properties, "metadata", "labels");
  return controlPlaneKeys.some((key) => field(labels, key) !== undefined);
}

const controlPlaneKeys = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/etcd"] as const;

/** The places of these nodes, each once; undefined where one of them does not say where it stands. */
export function placesOfNodes(list: readonly Resource[]): readonly Placement[] | undefined {
  const places = new Map<string, Placement>();
  for (const node of list) {
    const domains = domainsOf(node);
    if (domains.length === 0) return undefined;
    places.set(domains.join(" "), domains);
  }
  return places.size === 0 ? undefined : [...places].sort(([a], [b]) => byText(a, b)).map(([, place]) => place);
}

export function domainsOf(node: Resource): readonly DomainId[] {
  const label = (key: string): string | undefined => text(at(node.properties, "metadata", "labels", key));
  const facility = label(topologyKeys.facility);
  const power = label(topologyKeys.power);
  const zone = label(zoneIdKey) ?? label(topologyKeys.zone);
  const region = label(topologyKeys.region);
  return [
    ...(facility === undefined ? [] : [domainId("facility", facility)]),
    ...(power === undefined ? [] : [domainId("power", power)]),
    ...(facility !== undefined || zone === undefined ? [] : [domainId("zone", zone)]),
    ...(region === undefined ? [] : [domainId("region", region)]),
  ];
}
