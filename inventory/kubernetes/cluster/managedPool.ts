/** Nodes that a cloud makes for a managed cluster: what one group, profile or pool of them is. */
import type { DomainId, Known } from "../../../model";
import type { Value } from "../../resource";
import type { Taint } from "../placement/ground";

export interface ManagedPool {
  readonly zones: Known<readonly DomainId[]>;
  readonly labels: Readonly<Record<string, Value>>;
  /** True where its nodes may bear labels that the stack does not state. */
  readonly isOpen: boolean;
  readonly taints: readonly Taint[];
  /** False where it makes no node now. */
  readonly isUp: boolean;
}
