/** A site of a cluster. */
import type { Placement } from "../../../model";

export interface ClusterSite {
  readonly name: string;
  /** Where one unit in the site can stand: the building, or one of the zones. */
  readonly placements: readonly Placement[];
  /** The region that its nodes bear as a label. @default not known */
  readonly region?: string;
}
