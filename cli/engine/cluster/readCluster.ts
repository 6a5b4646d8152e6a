/** The objects of live clusters that a judgement reads: nodes, what runs, and what leads to it. Never a secret. */
import { listedForCheck } from "../../../inventory/kubernetes/registry";
import type { Resource } from "../../../inventory/resource";
import { fromObjects } from "../../../inventory/sources/manifests";
import { UserError } from "../../../model/errors";
import { openCluster, type ClientOptions, type KubernetesObject } from "./client";
import type { Connection } from "./kubeconfig";
import { isRecord } from "../../../lib/records";

/** Everything that is listed; docs and the role are held to it by a test. */
export const listedKinds = listedForCheck();

/** Without these a cluster has not been read; others are added to it, and may not be there. */
const indispensable: ReadonlySet<string> = new Set(["nodes", "deployments", "statefulsets"]);

/** Reads each context, one after the other: their objects, named for their context. */
export async function readClusters(
  connections: readonly Connection[],
  options: ClientOptions,
): Promise<readonly Resource[]> {
  const resources: Resource[] = [];
  for (const connection of connections) {
    const client = await openCluster(connection, options);
    try {
      const lists = await Promise.all(
        listedKinds.map(async ({ group, version, plural }) => {
          const path = `${group === "" ? "/api" : `/apis/${group}`}/${version}/${plural}`;
          const objects = await client.list(path);
          if (objects === undefined && indispensable.has(plural)) throw notKubernetes(connection, path);
          return objects ?? [];
        }),
      );
      resources.push(...fromObjects(lists.flat().map(trimmed), { cluster: connection.context }));
    } finally {
      client.close();
    }
  }
  return resources;
}

/** Without who wrote which field last: more than half of an object, and nothing to judge. */
function trimmed(object: KubernetesObject): KubernetesObject {
  const { metadata } = object;
  if (!isRecord(metadata)) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}

function notKubernetes({ context, server }: Connection, path: string): UserError {
  const message = `${server.origin}, the server of context "${context}", does not know ${path}.`;
  return new UserError([{ code: "DPX034", message, fix: "Correct the server in the kubeconfig." }]);
}
