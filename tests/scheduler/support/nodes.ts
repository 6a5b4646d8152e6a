/** The nodes of a cluster, made from the facilities that it stands in: labels by place, room by what has to run there. */
import { topologyKeys, type FacilitySite } from "../../../model";
import type { KubernetesObject } from "./objects";

/** One node: a host in one room of one facility. */
export interface NodePlan {
  readonly name: string;
  readonly facility: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Cores that pods can have. */
  readonly cpu: number;
  /** Memory that pods can have, in GiB. */
  readonly memory: number;
}

/** Hosts that are all alike. */
export interface HostSize {
  readonly hosts: number;
  readonly cpu: number;
  readonly memory: number;
}

interface Where {
  readonly zone: string;
  readonly power: string;
}

/**
 * Hosts of one facility of a stretched cluster: the facility is the cluster's zone, as a managed cluster's nodes have it.
 *
 * @param prefix tells nodes of one cluster from those of another that had the same facility
 */
export function stretchedNodes(site: FacilitySite, size: HostSize, prefix = ""): readonly NodePlan[] {
  return hosts(site, size, prefix, () => ({ zone: site.facility, power: site.powerFeeds.join("_") }));
}

/**
 * Hosts of a facility that has a cluster of its own, over its rooms. The rooms are the cluster's zones; the racks of a room
 * take their first power from one of the building's feeds in turn.
 */
export function roomNodes(site: FacilitySite, size: HostSize, rooms: number): readonly NodePlan[] {
  return hosts(site, size, "", (index) => ({
    zone: `${site.facility}-room-${(index % rooms) + 1}`,
    power: site.powerFeeds[Math.floor(index / rooms) % site.powerFeeds.length] ?? site.facility,
  }));
}

function hosts(site: FacilitySite, size: HostSize, prefix: string, whereIs: (index: number) => Where) {
  return Array.from({ length: size.hosts }, (_, index): NodePlan => {
    const { zone, power } = whereIs(index);
    const name = `${prefix}${site.facility}-host-${index + 1}`;
    return {
      name,
      facility: site.facility,
      labels: {
        [topologyKeys.region]: site.region,
        [topologyKeys.zone]: zone,
        [topologyKeys.facility]: site.facility,
        [topologyKeys.power]: power,
        [topologyKeys.host]: name,
      },
      cpu: size.cpu,
      memory: size.memory,
    };
  });
}

/** Most pods of one host; Kubernetes' default. */
const mostPods = 110;

/** The object of a node that is ready, as its kubelet would register it. */
export function nodeObject({ name, labels, cpu, memory }: NodePlan, now: Date): KubernetesObject {
  const room = { cpu: String(cpu), memory: `${memory}Gi`, pods: String(mostPods), "ephemeral-storage": "1Ti" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels },
    spec: {},
    status: { capacity: room, allocatable: room, conditions: [readyCondition(now)] },
  };
}

/** What the kubelet of a node that is well says. */
export function readyCondition(now: Date): object {
  const time = now.toISOString();
  return {
    type: "Ready",
    status: "True",
    reason: "KubeletReady",
    message: "the harness's kubelet is ready",
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  };
}
