/** Buckets that others write their logs into: nobody asks whether one is up, but whether what writes there is. */
import { memoize } from "../../../lib/memo";
import type { Urn } from "../../../model";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import type { Stack } from "../../stack";
import { field, items, text } from "../../values";
import { balancerTypes, bucketTypes, distributionTypes } from "../entrances";

interface Writer {
  readonly types: readonly string[];
  /** The property that names the bucket, or holds what names it. */
  readonly property: string;
  /** @default the property itself */
  readonly pick?: (value: Value) => Value;
}

const bucketIn = (value: Value): Value => field(items(value)[0] ?? value, "bucket");
const targetIn = (value: Value): Value => field(items(value)[0] ?? value, "targetBucket");

const writers: readonly Writer[] = [
  { types: balancerTypes, property: "accessLogs", pick: bucketIn },
  { types: balancerTypes, property: "connectionLogs", pick: bucketIn },
  { types: distributionTypes, property: "loggingConfig", pick: bucketIn },
  { types: bucketTypes, property: "logging", pick: targetIn },
  { types: bucketTypes, property: "loggings", pick: targetIn },
  { types: ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"], property: "targetBucket" },
  { types: ["aws:cloudtrail/trail:Trail"], property: "s3BucketName" },
  { types: ["aws:ec2/flowLog:FlowLog"], property: "logDestination" },
  { types: ["aws:cfg/deliveryChannel:DeliveryChannel"], property: "s3BucketName" },
];

/** Logical name of a bucket that is called after its logs, such as `shop-access-logs`, `logBucket` or `elbLogs`. */
const named = /(?:^|[-_.])logs?(?:[-_.](?:bucket|store))?$|(?:^log|[a-z]Log)s?(?:Bucket)?$/;

/** True where something of the stack writes its logs there, or where its name says no more than that. */
export function takesLogs(bucket: Resource, { stack }: Pick<ReadContext, "stack">): boolean {
  return (
    named.test(bucket.name) ||
    text(field(bucket.properties, "acl")) === "log-delivery-write" ||
    targetsIn(stack).has(bucket.urn)
  );
}

const targetsIn = memoize((stack: Stack): ReadonlySet<Urn> => {
  const targets = writers.flatMap(({ types, property, pick = (value) => value }) =>
    types.flatMap((type) =>
      stack.ofType(type).flatMap((resource) => {
        const value = field(resource.properties, property);
        const name = typeof value === "symbol" ? value : pick(value);
        return stack.references(resource, property, bucketTypes, name).resources;
      }),
    ),
  );
  return new Set(targets.map(({ urn }) => urn));
});
