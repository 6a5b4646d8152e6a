/** `duplex check --kubeconfig`: the objects of live clusters as a source like any other. */
import { setMaxListeners } from "node:events";
import { sourceOf, type ReadSource } from "../../input/readSource";
import type { Io } from "../../io";
import { readKubeconfig } from "./kubeconfig";
import { readClusters } from "./readCluster";

/**
 * Reads live clusters, by lists alone.
 *
 * @param contexts @default the kubeconfig's current one
 */
export async function readLiveClusters(
  file: string,
  contexts: readonly string[],
  timeoutSeconds: number,
  io: Io,
): Promise<ReadSource> {
  const connections = await readKubeconfig(file, contexts, io);
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  // Every list under way listens to it.
  setMaxListeners(0, signal);
  const resources = await readClusters(connections, { env: io.env, signal });
  const names = connections.map(({ context }) => context).join(", ");
  return sourceOf("cluster", file, resources, [`Read from ${names}. What stands outside of the clusters is not seen.`]);
}
