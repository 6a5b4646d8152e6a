/** Policies that a store, a queue or a topic has itself, beside what its callers' roles have. */
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { membersOf } from "../../members";
import { field, textAt } from "../../values";
import { documentIn, type Document } from "./permissions";

const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const queues = ["aws:sqs/queue:Queue"] as const;
const topics = ["aws:sns/topic:Topic"] as const;

const namedBy = [
  { types: ["aws:s3/bucketPolicy:BucketPolicy"], property: "bucket", owners: buckets },
  { types: ["aws:sqs/queuePolicy:QueuePolicy"], property: "queueUrl", owners: queues },
  { types: ["aws:sns/topicPolicy:TopicPolicy"], property: "arn", owners: topics },
] as const;
const byArn = ["aws:dynamodb/resourcePolicy:ResourcePolicy", "aws:kinesis/resourcePolicy:ResourcePolicy"];

/** @param arn in the region in which it is used: copies in other regions have policies of their own */
export function policiesOf(used: Resource, arn: string, { stack }: Pick<ReadContext, "stack">): readonly Document[] {
  const apart = namedBy.flatMap(({ types, property, owners }) => membersOf(stack, used, types, property, owners));
  const here = byArn.flatMap((type) => stack.ofType(type)).filter((one) => textAt(one, "resourceArn") === arn);
  const inside = typeof field(used.properties, "policy") === "string" ? [used] : [];
  return [...apart, ...here, ...inside].map((resource) => documentIn(resource, "policy"));
}
