/** The cluster of a cloud that a provider of Kubernetes connects to. */
import type { Resource, Value } from "../../resource";
import type { Stack } from "../../stack";
import { at, field, items, text, textAt, texts } from "../../values";
import { memoize } from "../../../lib/memo";

export const managedClusterTypes = ["aws:eks/cluster:Cluster"] as const;

/** By the edge of its kubeconfig, else by a context that is named for the cluster, else by what the kubeconfig says. */
export function managedClusterOf(provider: Resource, stack: Stack): Resource | undefined {
  const clusters = stack.ofType(managedClusterTypes[0]);
  if (clusters.length === 0) return undefined;
  const byEdge = stack.edges(provider, "kubeconfig", managedClusterTypes)[0];
  if (byEdge !== undefined) return byEdge;
  const byName = clustersByName(stack);
  const named = [
    textAt(provider, "context"),
    textAt(provider, "cluster"),
    ...namesIn(field(provider.properties, "kubeconfig")),
  ];
  return named.flatMap((name) => (name === undefined ? [] : (byName.get(name) ?? [])))[0];
}

/** Providers of Kubernetes that connect to a cluster. */
export function providersOf(cluster: Resource, stack: Stack): readonly Resource[] {
  return providersByCluster(stack).get(cluster) ?? [];
}

const providersByCluster = memoize((stack: Stack): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const provider of stack.ofType("pulumi:providers:kubernetes")) {
    const cluster = managedClusterOf(provider, stack);
    if (cluster !== undefined) found.set(cluster, [...(found.get(cluster) ?? []), provider]);
  }
  return found;
});

const clustersByName = memoize((stack: Stack): ReadonlyMap<string, readonly Resource[]> => {
  const found = new Map<string, Resource[]>();
  for (const cluster of stack.ofType(managedClusterTypes[0])) {
    const { id } = cluster;
    const names = [cluster.name, textAt(cluster, "name"), textAt(cluster, "arn"), textAt(cluster, "endpoint")];
    for (const name of new Set([...names, typeof id === "string" ? id : undefined])) {
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), cluster]);
    }
  }
  return found;
});

/** What a kubeconfig says of its cluster: the server's address, and the name for which a token is asked. */
function namesIn(kubeconfig: Value): readonly string[] {
  const read = parsed(kubeconfig);
  const servers = items(field(read, "clusters")).flatMap((one) => text(at(one, "cluster", "server")) ?? []);
  const tokens = items(field(read, "users")).flatMap((one) => {
    const args = texts(at(one, "user", "exec", "args"));
    const flag = args.findIndex((arg) => arg === "--cluster-name" || arg === "-i");
    return flag < 0 ? [] : args.slice(flag + 1, flag + 2);
  });
  return [...tokens, ...servers];
}

/** A kubeconfig in JSON, as programs make it; anything else names nothing. */
function parsed(kubeconfig: Value): Value {
  if (typeof kubeconfig !== "string") return kubeconfig;
  if (!kubeconfig.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(kubeconfig) as Value;
  } catch {
    return undefined;
  }
}
