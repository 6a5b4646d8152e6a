/** What several families of AWS have in common: nodes over the zones of one region, and names inside of a property. */
import type { Known, Layer, Quorum } from "../../model";
import type { Draft, Sharing } from "../draft";
import type { ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { each, replicasOf } from "../spread";
import { field } from "../values";
import type { Zones } from "./region";

export interface Zonal {
  readonly layer: Layer;
  readonly sharing: Sharing;
  readonly zones: Zones;
  readonly units: Known<number>;
  /** Name by which the same workload is known in every region. @default the logical name */
  readonly workload?: string;
  readonly quorum?: Quorum;
}

/** Places nodes over zones, as even as they go. */
export function placeInZones(resource: Resource, zonal: Zonal, into: Draft, context: ReadContext): void {
  const { layer, sharing, zones, units, workload = resource.name, quorum } = zonal;
  into.place({
    resource,
    layer,
    sharing,
    scope: scopeOf(resource, context),
    workload,
    replicas: replicasOf(resource, { units, places: each(zones) }, context),
    ...(quorum === undefined ? {} : { quorum }),
  });
}

/** Within one region two workloads of different names are not replicas of each other. */
export function scopeOf(resource: Resource, { aws }: ReadContext): string {
  const region = aws.regionOf(resource);
  return region.known ? region.value : (resource.provider ?? "");
}

/** Resources that a property names somewhere inside; where the whole property is not known yet, those of its edges. */
export function namedInside(
  resource: Resource,
  property: string,
  types: readonly string[],
  pick: (value: Value) => Value,
  { stack }: Pick<ReadContext, "stack">,
): readonly Resource[] {
  const value = field(resource.properties, property);
  return stack.references(resource, property, types, typeof value === "symbol" ? value : pick(value)).resources;
}

/** The one resource that a property names. */
export function named(
  resource: Resource,
  property: string,
  types: readonly string[],
  context: Pick<ReadContext, "stack">,
): Resource | undefined {
  return namedInside(resource, property, types, (value) => value, context)[0];
}
