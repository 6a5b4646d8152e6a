/** What drift is made of: one property of one resource, from what was deployed to what is there. */
import { liveProperty } from "../inventory/live";
import type { Value } from "../inventory/resource";
import type { Urn } from "../model";
import { propertyOf } from "./paths";

export interface PropertyChange {
  /** Path of the property, such as `spec.replicas`, `attributes[0].type` or `replicas[ap-northeast-1]`. */
  readonly path: string;
  /** As it was last deployed; undefined where it was not set. */
  readonly from: Value;
  /** As it is; undefined where it is not there any more. */
  readonly to: Value;
  /**
   * True for a value that only the cloud sets, and no input of the resource asks for. Such a change is a refresh's
   * artefact (a date, an etag, a counter) unless the estate's model reads it.
   */
  readonly computed: boolean;
}

/** Whether a change is one that no property of the provider holds, and that only a record of `--live` tells. */
export function isLive({ path }: Pick<PropertyChange, "path">): boolean {
  return propertyOf(path) === liveProperty;
}

/** `gone`: deleted behind the engine's back. `unmanaged`: there, and in no state. */
export type DriftKind = "changed" | "gone" | "unmanaged";

export interface ResourceDrift {
  readonly kind: DriftKind;
  readonly urn: Urn;
  readonly type: string;
  /** Provider's id, by which `pulumi import` takes an unmanaged object. */
  readonly id?: string;
  /** Empty unless `kind` is `changed`. Sorted by path. */
  readonly changes: readonly PropertyChange[];
  /** Changes of properties that `ignoreChanges` names: listed, and no drift by themselves. Sorted by path. */
  readonly ignored: readonly PropertyChange[];
}
