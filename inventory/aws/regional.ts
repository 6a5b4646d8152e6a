/**
 * Services that AWS runs in a region as a whole, in at least three zones (for each, its own documentation on resilience):
 * a zone's loss does not stop them, the region's does.
 */
import { known, type Known, type Layer } from "../../model";
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
    replicas: replicasOf(resource, { units: one, places: each(aws.regional(resource)) }, context),
  });
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

function regional(type: string, layer: Layer, sharing: Sharing, names?: readonly string[]): Reader {
  return {
    types: [type],
    read: (resource, into, context) => placeInRegion(resource, layer, sharing, into, context, names),
  };
}

export const queues = regional("aws:sqs/queue:Queue", "queue", "companion");
export const topics = regional("aws:sns/topic:Topic", "queue", "companion");
export const functions = regional("aws:lambda/function:Function", "compute", "service");
export const repositories = regional("aws:ecr/repository:Repository", "registry", "companion");

/** An alarm watches what its tags say; one that says nothing watches nobody's service in particular. */
export const alarms: Reader = {
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm"],
  read(resource, into, context) {
    if (context.identities.of(resource).claim === "derived") return;
    placeInRegion(resource, "monitoring", "companion", into, context);
  },
};
