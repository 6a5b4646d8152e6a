/** Functions and their addresses: regional, and what feeds a function it cannot do without. */
import type { Reader } from "../../reader";
import { field } from "../../values";
import { functionTypes, functionUrlTypes } from "../entrances";
import { stateConcurrency } from "../quotas/quotas";
import { placeInRegion, regional } from "../regional";

export const functions: Reader = {
  types: functionTypes,
  gives: "a unit in its region, and the executions that are set apart for it",
  read(resource, into, context) {
    placeInRegion(resource, "compute", "service", into, context);
    stateConcurrency(resource, into, context);
  },
};

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
