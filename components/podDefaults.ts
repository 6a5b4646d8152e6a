/** What every pod of ours has in common. */

/**
 * Seconds that a pod stays bound to a node that is silent. Kubernetes waits 300 unless told; with the grace period of 40 to 50
 * seconds before it, that is longer than any objective of a critical service.
 */
export const evictionSeconds = 30;

export const evictionTolerations = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].map((key) => ({
  key,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: evictionSeconds,
}));

/** The given properties without those that are undefined. */
export function withOptions<T extends object>(properties: T): Partial<T> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Partial<T>;
}
