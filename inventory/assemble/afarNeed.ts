import type { DependencyStrength, DomainId, Layer, Urn } from "../../model";
import type { Unit } from "../draft";

/** What a workload names in a place other than its own. */
export interface AfarNeed {
  readonly of: Unit;
  /** The resource of the stack, where it is one. */
  readonly target?: Unit;
  readonly name: string;
  /** Region or site. */
  readonly place: string;
  readonly domains: readonly DomainId[];
  readonly layer: Layer;
  readonly strength: DependencyStrength;
  readonly urn: Urn;
  readonly property: string;
}
