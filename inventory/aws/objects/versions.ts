/** Whether a bucket keeps the versions of its objects, said by a resource of its own or inside of the bucket. */
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { field, items, textAt } from "../../values";
import { bucketTypes } from "../entrances";

export const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

/** What resources of their own say of a bucket's versions. */
export function versionSettings(bucket: Resource, { stack }: Pick<ReadContext, "stack">): readonly Resource[] {
  return membersBy(stack, versioningTypes, "bucket", bucketTypes).get(bucket) ?? [];
}

/** True or false as the bucket itself says it; undefined where it says nothing. */
export function ownVersions({ properties }: Resource): boolean | undefined {
  const block = field(properties, "versioning") ?? items(field(properties, "versionings"))[0];
  const enabled = field(block, "enabled");
  return typeof enabled === "boolean" ? enabled : undefined;
}

/** False where the stack says so; a bucket of which it says nothing may keep versions. */
export function keepsVersions(bucket: Resource, context: Pick<ReadContext, "stack">): boolean {
  const settings = versionSettings(bucket, context);
  // A state repeats inside of the bucket what was there when it was made: a resource of its own is newer.
  if (settings.length === 0) return ownVersions(bucket) !== false;
  return settings.every((one) => {
    const status = textAt(one, "versioningConfiguration", "status");
    return status === undefined || status === "Enabled";
  });
}
