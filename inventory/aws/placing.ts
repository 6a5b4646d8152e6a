/** What several families of AWS have in common: nodes over the zones of one region, and names inside of a property. */
import {
  known,
  mapKnown,
  unknown,
  type DomainId,
  type Known,
  type Layer,
  type Placement,
  type Quorum,
  type Replica,
} from "../../model";
import type { Draft, Sharing } from "../draft";
import type { ReadContext } from "../reader";
import type { Resource, Value } from "../resource";
import { each, replicasOf } from "../spread";
import { field, propertyPath } from "../values";
import type { Zones } from "./region";

export interface Zonal {
  readonly layer: Layer;
  readonly sharing: Sharing;
  readonly zones: Zones;
  /** @default one in each zone */
  readonly units?: Known<number>;
  /** Name by which the same workload is known in every region. @default the logical name */
  readonly workload?: string;
  readonly quorum?: Quorum;
}

/** Places nodes over zones, as even as they go. */
export function placeInZones(resource: Resource, zonal: Zonal, into: Draft, context: ReadContext): void {
  const {
    layer,
    sharing,
    zones,
    units = mapKnown(zones, (list) => list.length),
    workload = resource.name,
    quorum,
  } = zonal;
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

/** Zones of the subnets that a property lists; not known where it lists none. */
export function zonesOfListed(resource: Resource, property: string, { aws }: Pick<ReadContext, "aws">): Zones {
  return (
    aws.zonesOfSubnets(resource, property, field(resource.properties, property)) ??
    unknown<readonly DomainId[]>(propertyPath(resource, property))
  );
}

/** One copy in each of these regions. */
export function copiesInRegions(
  resource: Resource,
  regions: readonly Known<string>[],
  context: ReadContext,
): readonly Replica[] {
  return regions.flatMap((region, index) => {
    const places: Known<readonly Placement[]> = region.known ? known([[context.aws.region(region.value)]]) : region;
    const [replica] = replicasOf(resource, { units: known(1), places }, context);
    if (replica === undefined) return [];
    if (regions.length === 1) return { ...replica, overZones: true };
    return { ...replica, overZones: true, id: `${resource.urn}#${region.known ? region.value : `replica-${index}`}` };
  });
}

/** What takes over within a pair, and what is missing where its zone is not known. */
interface Pair {
  readonly zones: Zones;
  /** Seconds until the standby works. */
  readonly standbySeconds: number;
  /** The property that names the zones. */
  readonly property: string;
}

/**
 * A pair in two zones, of which one works. AWS picks the zones; which ones makes no difference to the loss of any
 * single zone, so the first two stand for them.
 */
export function pairIn(
  resource: Resource,
  { zones, standbySeconds, property }: Pair,
  context: ReadContext,
): readonly Replica[] {
  const missing = zones.known ? propertyPath(resource, property) : zones.missing;
  const one = (index: number): Known<readonly Placement[]> => {
    const zone = zones.known ? zones.value[index] : undefined;
    return zone === undefined ? unknown(missing) : known([[zone]]);
  };
  const active = replicasOf(resource, { units: known(1), places: one(0), role: "active" }, context);
  const standing = { units: known(1), places: one(1), role: "standby" as const, startSeconds: standbySeconds };
  const standby = replicasOf(resource, standing, context);
  return [...active, ...standby.map((replica) => ({ ...replica, id: `${resource.urn}#standby` }))];
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
