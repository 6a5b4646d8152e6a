/** Functions and their addresses: regional, and what feeds a function it cannot do without. */
import { domainId, known } from "../../../model";
import type { Draft } from "../../draft";
import type { ReadContext, Reader } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import { replicasOf } from "../../spread";
import type { Stack } from "../../stack";
import { field, items, text } from "../../values";
import { distributionTypes, functionTypes, functionUrlTypes } from "../entrances";
import { stateConcurrency } from "../quotas/quotas";
import { placeInRegion, regional } from "../regional";
import { memoize } from "../../../lib/memo";

export const functions: Reader = {
  types: functionTypes,
  gives: "a unit in its region, and the executions that are set apart for it",
  read(resource, into, context) {
    if (isAtEdge(resource, context.stack)) placeAtEdge(resource, into, context);
    else placeInRegion(resource, "compute", "service", into, context);
    stateConcurrency(resource, into, context);
  },
};

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
  types: [...functionUrlTypes, "aws:lambda/eventSourceMapping:EventSourceMapping"],
  read(resource, into, { stack }) {
    const { properties } = resource;
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
