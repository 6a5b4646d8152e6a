/**
 * Services that AWS runs in a region as a whole, in at least three zones (for each, its own documentation on
 * resilience): a zone's loss does not stop them, the region's does.
 */
import { known, type Known, type Layer, type Replica } from "../../model";
import type { Reader, ReadContext } from "../reader";
import type { Draft, Sharing } from "../draft";
import type { Resource } from "../resource";
import { each, replicasOf } from "../spread";
import { textAt } from "../values";
import type { AwsPlaces } from "./region";

const one = known(1);

/** Places a resource in its region. */
export function placeInRegion(
  resource: Resource,
  layer: Layer,
  sharing: Sharing,
  into: Draft,
  context: ReadContext,
  names: readonly string[] = ["name"],
): void {
  const { aws } = context;
  const region = aws.regionOf(resource);
  const named = names.map((key) => textAt(resource, key)).find((name) => name !== undefined) ?? resource.name;
  into.place({
    resource,
    layer,
    sharing,
    scope: region.known ? region.value : (resource.provider ?? ""),
    workload: withoutRegion(named, region, aws),
    replicas: replicasOf(resource, { units: one, places: each(aws.regional(resource)) }, context).map(overZones),
  });
}

/** One that its vendor keeps over the zones of its region, wherever that is. */
export function overZones(replica: Replica): Replica {
  return { ...replica, overZones: true };
}

/** `orders-ap-northeast-2` and `orders-tokyo` are one workload in two sites. */
export function withoutRegion(name: string, region: Known<string>, aws: AwsPlaces): string {
  if (!region.known) return name;
  for (const word of aws.wordsFor(region.value)) {
    if (name.startsWith(`${word}-`)) return name.slice(word.length + 1);
    if (name.endsWith(`-${word}`)) return name.slice(0, -word.length - 1);
  }
  return name;
}

const wordsOf = { queue: "a queue", compute: "a unit", registry: "images", secrets: "a parameter" } as const;

/** A reader of one type that stands in its region and says nothing else. */
export function regional(
  type: string,
  layer: keyof typeof wordsOf,
  sharing: Sharing,
  names?: readonly string[],
  what: string = wordsOf[layer],
): Reader {
  return {
    types: [type],
    gives: `${what} in its region`,
    read: (resource, into, context) => placeInRegion(resource, layer, sharing, into, context, names),
  };
}
