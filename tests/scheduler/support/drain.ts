/** What `kubectl drain` does: no new pods for these nodes, and an eviction for each that is there, until all have gone. */
import type { Cluster } from "./cluster";
import { inParallel, keyOf } from "./fleet";
import { placeOf } from "./objects";
import { pause, waitFor } from "./wait";

export interface Evictions {
  readonly accepted: number;
  /** Put off by a disruption budget. */
  readonly refused: number;
}

/**
 * Longest that a drain takes, in seconds. The disruption controller takes a pod of a StatefulSet that is there anew, by the
 * same name, for the one that was evicted, where it has not seen the gap between them: for two minutes the budget then
 * counts it as on its way out, and lets no other go (`DeletionTimeout` of Kubernetes' disruption controller).
 */
const longestSeconds = 150;

/** Empties the nodes; pods that may not leave yet are asked again. */
export async function drain(cluster: Cluster, nodes: readonly string[], seconds = longestSeconds): Promise<void> {
  await cordon(cluster.plane, nodes, true);
  await waitFor(
    `the drain of ${nodes.length} nodes`,
    seconds,
    async () => {
      if (podsOn(cluster, nodes).length === 0) return true;
      await evictAll(cluster, nodes);
      await pause(100);
      return false;
    },
    () => `Left are ${podsOn(cluster, nodes).map(keyOf).join(", ")}.\n${cluster.describe()}`,
  );
}

/** Asks each pod of the nodes to leave, once. */
export async function evictAll(cluster: Cluster, nodes: readonly string[]): Promise<Evictions> {
  let [accepted, refused] = [0, 0];
  await inParallel(podsOn(cluster, nodes), async (pod) => {
    const { status } = await cluster.plane.api.evict(placeOf(pod));
    if (status === 201) accepted++;
    else if (status === 429) refused++;
    else if (status !== 404) throw new Error(`The eviction of ${pod.metadata.name} was answered with ${status}.`);
  });
  return { accepted, refused };
}

function podsOn({ fleet }: Cluster, nodes: readonly string[]) {
  const there = new Set(nodes);
  return fleet.pods.filter(
    ({ metadata, spec }) => there.has(spec.nodeName ?? "") && metadata.deletionTimestamp === undefined,
  );
}

/** Closes nodes for new pods, or opens them again. */
export async function cordon(
  { api }: Pick<Cluster["plane"], "api">,
  nodes: readonly string[],
  closed: boolean,
): Promise<void> {
  await inParallel(nodes, (name) => api.merge(`/api/v1/nodes/${name}`, { spec: { unschedulable: closed || null } }));
}
