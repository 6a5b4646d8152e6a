/** Functions and their addresses: regional, and what feeds a function it cannot do without. */
import { known, mapKnown, type Known, type Placement } from "../../../model";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { replicasOf } from "../../spread";
import { amount, at, field, flagAt, textAt } from "../../values";
import { functionTypes, functionUrlTypes } from "../entrances";
import { stateConcurrency } from "../quotas/quotas";
import { stateEgress } from "../network/egress";
import { scopeOf } from "../placing";
import { overZones, regional, withoutRegion } from "../regional";

const mappingTypes = ["aws:lambda/eventSourceMapping:EventSourceMapping"] as const;
const permissionTypes = ["aws:lambda/permission:Permission"] as const;

export const functions: Reader = {
  types: functionTypes,
  gives:
    "a unit in its region, or in the zones of the subnets that it is attached to, the NAT gateways of these, and the " +
    "executions that are set apart for it",
  read(resource, into, context) {
    const { aws } = context;
    // A function that nothing is set apart for runs no more (Developer Guide, "Configuring reserved concurrency").
    const isStopped = amount(field(resource.properties, "reservedConcurrentExecutions")) === 0;
    const units = known(isStopped || isCutOff(resource, context) ? 0 : 1);
    into.place({
      resource,
      layer: "compute",
      sharing: "service",
      scope: scopeOf(resource, context),
      workload: withoutRegion(textAt(resource, "name") ?? resource.name, aws.regionOf(resource), aws),
      replicas: replicasOf(resource, { units, places: placesOf(resource, context) }, context).map(overZones),
    });
    stateConcurrency(resource, into, context);
    stateEgress(resource, "vpcConfig", at(resource.properties, "vpcConfig", "subnetIds"), into, context);
  },
};

/** Everything that fed it is switched off, and nothing else may call it. */
function isCutOff(fn: Resource, { stack }: ReadContext): boolean {
  const of = (types: readonly string[], property: string) => membersOf(stack, fn, types, property, functionTypes);
  const feeds = of(mappingTypes, "functionName");
  if (feeds.length === 0 || !feeds.every(isSwitchedOff)) return false;
  return of(functionUrlTypes, "functionName").length === 0 && of(permissionTypes, "function").length === 0;
}

function isSwitchedOff(mapping: Resource): boolean {
  return flagAt(mapping, "enabled") === false || textAt(mapping, "state") === "Disabled";
}

/**
 * A function that is attached to subnets runs in their zones only (Developer Guide, "Giving Lambda functions access to
 * resources in an Amazon VPC"), and at full strength in any of them.
 */
function placesOf(fn: Resource, { aws }: ReadContext): Known<readonly Placement[]> {
  const region = mapKnown(aws.regional(fn), (place) => [place]);
  const subnets = at(fn.properties, "vpcConfig", "subnetIds");
  if (Array.isArray(subnets) && subnets.length === 0) return region;
  const zones = aws.zonesOfSubnets(fn, "vpcConfig", subnets);
  if (zones === undefined) return region;
  if (!zones.known) return zones;
  const [only, ...others] = zones.value;
  if (only === undefined) return region;
  if (others.length === 0) return known([[only]]);
  return mapKnown(region, (places) =>
    places.map((place) => [...place, aws.anyOf(`subnets-of/${fn.name}`, zones.value)]),
  );
}

export const stateMachines = regional("aws:sfn/stateMachine:StateMachine", "compute", "service");

const feedTypes = [
  "aws:sqs/queue:Queue",
  "aws:kinesis/stream:Stream",
  "aws:dynamodb/table:Table",
  "aws:msk/cluster:Cluster",
] as const;

/** A function's own address, and what feeds it: without its source it has nothing to do. */
export const functionEntrances: Reader = {
  gives: "the way to a function, and its need of what feeds it",
  types: [...functionUrlTypes, ...mappingTypes],
  read(resource, into, { stack }) {
    const { properties } = resource;
    if (isSwitchedOff(resource)) return;
    const functions = stack.references(resource, "functionName", functionTypes, field(properties, "functionName"));
    for (const one of functions.resources) {
      into.forward(resource.urn, one.urn);
      const source = field(properties, "eventSourceArn");
      for (const feed of stack.references(resource, "eventSourceArn", feedTypes, source).resources) {
        into.depend(one.urn, feed.urn, "hard", "eventSourceArn");
      }
    }
  },
};
