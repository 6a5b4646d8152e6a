/** Functions and their addresses: regional, and what feeds a function it cannot do without. */
import { domainId, known, mapKnown, type Known, type Placement } from "../../../model";
import type { Draft } from "../../draft";
import { membersOf } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { replicasOf } from "../../spread";
import type { Stack } from "../../stack";
import { amount, at, field, flagAt, items, text, textAt } from "../../values";
import { distributionTypes, functionTypes, functionUrlTypes } from "../entrances";
import { stateConcurrency } from "../quotas/quotas";
import { stateEgress } from "../network/egress";
import { scopeOf } from "../placing";
import { overZones, regional, withoutRegion } from "../regional";
import { memoize } from "../../../lib/memo";

const mappingTypes = ["aws:lambda/eventSourceMapping:EventSourceMapping"] as const;
const permissionTypes = ["aws:lambda/permission:Permission"] as const;

export const functions: Reader = {
  types: functionTypes,
  gives:
    "a unit in its region, or in the zones of the subnets that it is attached to, the NAT gateways of these, and the " +
    "executions that are set apart for it",
  read(resource, into, context) {
    if (isAtEdge(resource, context.stack)) placeAtEdge(resource, into, context);
    else placeFunction(resource, into, context);
    stateConcurrency(resource, into, context);
    stateEgress(resource, "vpcConfig", at(resource.properties, "vpcConfig", "subnetIds"), into, context);
  },
};

function placeFunction(resource: Resource, into: Draft, context: ReadContext): void {
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
}

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

/**
 * A function of a distribution is copied to the edge, and runs there; the region in which it is made is only where it
 * is changed (Amazon CloudFront Developer Guide, "Customize at the edge with Lambda@Edge").
 */
function placeAtEdge(resource: Resource, into: Draft, context: ReadContext): void {
  // Described, so that its loss is among those that are told of.
  context.aws.regional(resource);
  const places = known([[domainId("vendor", "cloudfront")]]);
  into.place({
    resource,
    layer: "compute",
    sharing: "service",
    scope: "edge",
    workload: resource.name,
    replicas: replicasOf(resource, { units: known(1), places }, context),
  });
}

function isAtEdge(resource: Resource, stack: Stack): boolean {
  return edgeFunctions(stack).has(resource);
}

/** Functions that a behaviour of a distribution names. */
const edgeFunctions = memoize((stack: Stack): ReadonlySet<Resource> => {
  const found = new Set<Resource>();
  for (const distribution of stack.ofType(distributionTypes[0])) {
    for (const property of ["defaultCacheBehavior", "orderedCacheBehaviors"]) {
      const value = field(distribution.properties, property);
      const behaviours: readonly Value[] = property === "defaultCacheBehavior" ? [value] : items(value);
      const arns: readonly Value[] = behaviours.flatMap((behaviour) =>
        items(field(behaviour, "lambdaFunctionAssociations")).map((one) => field(one, "lambdaArn")),
      );
      const isOpen = arns.includes(UNKNOWN);
      const edges = isOpen ? stack.edges(distribution, property, functionTypes) : [];
      // An association names a version: the ARN of the function, and a number.
      const named = arns.flatMap((arn) => {
        const name = text(arn)?.replace(/:\d+$/, "");
        return (name === undefined ? undefined : stack.byIdentifier(functionTypes, name)) ?? [];
      });
      for (const one of [...edges, ...named]) found.add(one);
    }
  }
  return found;
});

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
