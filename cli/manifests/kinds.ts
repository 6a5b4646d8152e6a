/** What has to be known of a kind to print its objects: whether it is in a namespace, and what must exist before it. */

/**
 * Kinds of Kubernetes' own APIs whose objects are in no namespace (`kubectl api-resources --namespaced=false`, 1.34).
 * Of a kind that a custom resource defines only the cluster knows it.
 */
const clusterScoped: ReadonlySet<string> = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterTrustBundle",
  "CustomResourceDefinition",
  "DeviceClass",
  "FlowSchema",
  "IPAddress",
  "IngressClass",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "ResourceSlice",
  "RuntimeClass",
  "ServiceCIDR",
  "StorageClass",
  "StorageVersion",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
  "VolumeAttributesClass",
]);

/** Refused, or left pending, where they come after what needs them. */
const before: readonly string[] = [
  "Namespace",
  "CustomResourceDefinition",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ServiceAccount",
];

export function isClusterScoped(kind: string): boolean {
  return clusterScoped.has(kind);
}

/** One digit: what sorts first is applied first. */
export function applyOrder(kind: string): number {
  const place = before.indexOf(kind);
  return place === -1 ? before.length : place;
}
