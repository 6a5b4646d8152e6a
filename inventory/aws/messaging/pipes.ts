/** Pipes of EventBridge. */
import type { Reader } from "../../reader";
import { functionTypes } from "../entrances";
import { named } from "../placing";
import { placeInRegion } from "../regional";

/** Moves messages from a source to a target: it needs both, and stands in its region. */
export const pipes: Reader = {
  gives: "a queue in its region, and its need of source and target",
  types: ["aws:pipes/pipe:Pipe"],
  read(resource, into, context) {
    placeInRegion(resource, "queue", "companion", into, context);
    const ends = [
      "aws:sqs/queue:Queue",
      "aws:kinesis/stream:Stream",
      "aws:dynamodb/table:Table",
      "aws:mq/broker:Broker",
      "aws:sns/topic:Topic",
      ...functionTypes,
    ];
    for (const property of ["source", "target"]) {
      const end = named(resource, property, ends, context);
      if (end !== undefined) into.depend(resource.urn, end.urn, "hard", property);
    }
  },
};
