/** What records say of one resource: one member of the property that is laid on it. */
import type { Value } from "../../inventory/resource";
import type { Urn } from "../../model";

export interface LiveObservation {
  readonly urn: Urn;
  /** Such as `state`, or `alarms` and the name of one. */
  readonly path: readonly string[];
  readonly promised: Value;
  readonly found: Value;
  /** True for what is drift only where the model reads it: then a refresh's artefact otherwise. */
  readonly onlyIfRead?: boolean;
}
