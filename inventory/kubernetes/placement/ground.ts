/** The nodes on which a cluster's pods can stand: those that the stack lists, or what is known of others. */
import { topologyKeys, type Placement } from "../../../model";
import type { LabelsOf } from "./selectors";

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** Nodes of one place that are alike in all but their names. */
export interface NodeKind {
  readonly place: Placement;
  readonly labelOf: LabelsOf;
  /** Undefined where the stack lists no nodes. */
  readonly names?: readonly string[];
  /** Infinity where nobody has said how many there are. */
  readonly count: number;
  readonly taints: readonly Taint[];
  /** What pods may ask of one node, by resource; one that is left out is not stated. @default nothing is stated */
  readonly room?: ReadonlyMap<string, number>;
}

export interface Ground {
  readonly nodes: readonly NodeKind[];
}

/** Older names of well-known labels, which nodes may still bear (Well-Known Labels, Annotations and Taints). */
const olderNames: Readonly<Record<string, string>> = {
  "failure-domain.beta.kubernetes.io/zone": topologyKeys.zone,
  "failure-domain.beta.kubernetes.io/region": topologyKeys.region,
  "beta.kubernetes.io/os": "kubernetes.io/os",
  "beta.kubernetes.io/arch": "kubernetes.io/arch",
  "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
};

/** The name of today of a label. */
export function currentKey(key: string): string {
  return olderNames[key] ?? key;
}

/** True of a label that tells every node from every other. */
export function isHostKey(key: string): boolean {
  return key === topologyKeys.host;
}
