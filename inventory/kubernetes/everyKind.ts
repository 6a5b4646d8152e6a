/** What holds of a kind of Kubernetes whichever it is. */

/**
 * Keys that the API server, a controller or the provider keeps by itself: bookkeeping of an object (API reference,
 * ObjectMeta), and annotations of `kubectl apply`, of Deployments, and of names that Pulumi has drawn.
 */
export const bookkeepingOfKubernetes: readonly string[] = [
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
  "kubectl.kubernetes.io/last-applied-configuration",
  "deployment.kubernetes.io/revision",
  "pulumi.com/autonamed",
];
