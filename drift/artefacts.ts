/**
 * What a refresh writes differently although nobody has changed anything. Each entry says why; whatever is not here is
 * compared.
 */

/**
 * Keys that a cloud or an API server keeps by itself, wherever they stand: Kubernetes' bookkeeping of an object
 * (ObjectMeta: `generation`, `managedFields`, `resourceVersion`), and the tags that the AWS provider computes from
 * `tags` and its default tags.
 */
const bookkeeping: ReadonlySet<string> = new Set([
  "__defaults",
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
  "tagsAll",
  "kubectl.kubernetes.io/last-applied-configuration",
  "deployment.kubernetes.io/revision",
  "pulumi.com/autonamed",
]);

/** Whether a key's value is never anybody's setting. */
export function isBookkeeping(key: string): boolean {
  // Tags of the vendor itself cannot be written by a user: `aws:` is a reserved prefix.
  return bookkeeping.has(key) || key.startsWith("aws:");
}

/**
 * Lists of AWS in which the order is a setting. All others are sets or lists by name in the provider's schema, and come
 * back from the cloud in any order.
 */
const orderedInAws: ReadonlySet<string> = new Set([
  "members",
  "orderedCacheBehaviors",
  "steps",
  "actions",
  "command",
  "entryPoint",
  "args",
  "workflows",
  "rules",
  "mixedInstancesPolicy",
  "overrides",
  "overwrites",
  "terminationPolicies",
]);

/** Lists of Kubernetes in which the order says nothing: the API merges them by key, or keeps them as sets. */
const unorderedInKubernetes: ReadonlySet<string> = new Set([
  "conditions",
  "finalizers",
  "tolerations",
  "imagePullSecrets",
  "topologySpreadConstraints",
  "accessModes",
  "ports",
]);

/** Whether two orders of one list are the same setting. */
export function isUnordered(type: string, key: string): boolean {
  if (type.startsWith("aws:")) return !orderedInAws.has(key);
  return type.startsWith("kubernetes:") && unorderedInKubernetes.has(key);
}
