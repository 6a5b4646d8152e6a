/** Pools by which Karpenter makes nodes. */
import type { Reader } from "../../reader";

export const nodePoolTypes = [
  "kubernetes:karpenter.sh/v1:NodePool",
  "kubernetes:karpenter.sh/v1beta1:NodePool",
] as const;

/** Read with the cluster that they make nodes in. */
export const nodePools: Reader = {
  gives: "zones of the nodes that Karpenter makes",
  types: nodePoolTypes,
  read: (resource, into) => into.attach(resource),
};
