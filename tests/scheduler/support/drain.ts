/** What `kubectl drain` does: no new pods for these nodes, and an eviction for each that is there, until all have gone. */
import type { Cluster } from "./cluster";
import { inParallel } from "./fleet";
import { placeOf, type Pod } from "./objects";
import { pause, waitFor } from "./wait";

export interface Drained {
  readonly evicted: number;
  /** Evictions that a disruption budget put off. */
  readonly refused: number;
}

export async function drain(
  { plane: { api }, fleet }: Cluster,
  nodes: readonly string[],
  seconds = 90,
): Promise<Drained> {
  await cordon({ api }, nodes, true);
  const there = new Set(nodes);
  const left = () =>
    fleet.pods.filter(
      ({ metadata, spec }) => there.has(spec.nodeName ?? "") && metadata.deletionTimestamp === undefined,
    );
  let [evicted, refused] = [0, 0];
  const evict = async (pod: Pod) => {
    const { status } = await api.evict(placeOf(pod));
    if (status === 201) evicted++;
    else if (status === 429) refused++;
    else if (status !== 404) throw new Error(`The eviction of ${pod.metadata.name} was answered with ${status}.`);
  };
  await waitFor(
    `the drain of ${nodes.length} nodes`,
    seconds,
    async () => {
      const pods = left();
      await inParallel(pods, evict);
      if (pods.length > 0) await pause(100);
      return pods.length === 0;
    },
    () => `${left().length} pods are left.`,
  );
  return { evicted, refused };
}

/** Closes nodes for new pods, or opens them again. */
export async function cordon(
  { api }: Pick<Cluster["plane"], "api">,
  nodes: readonly string[],
  closed: boolean,
): Promise<void> {
  await inParallel(nodes, (name) => api.merge(`/api/v1/nodes/${name}`, { spec: { unschedulable: closed || null } }));
}
