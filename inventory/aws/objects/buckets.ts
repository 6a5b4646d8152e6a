/** Buckets: regional, and copied where a replication configuration says so. */
import { known, unknown, type Known } from "../../../model";
import { membersBy } from "../../members";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { at, field, items, propertyPath, text, textAt } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { bucketTypes } from "../entrances";
import { placeInRegion } from "../regional";

export const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

export const buckets: Reader = {
  gives: "a store in its region, and whether the engine may empty it",
  types: bucketTypes,
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context, ["bucket"]);
    if (!into.replications.has(resource.urn)) {
      into.replications.set(resource.urn, { mode: "none", rpoSeconds: known(0), multiWriter: false });
    }
    stateDeletion(resource, deletionGuards.bucket, into);
  },
};

export const bucketReplications: Reader = {
  gives: "which bucket is copied to which, and its lag",
  types: ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"],
  read(resource, into, context) {
    const { stack } = context;
    const { properties } = resource;
    const [source] = stack.references(resource, "bucket", bucketTypes, field(properties, "bucket")).resources;
    if (source === undefined) return;
    const rules = field(properties, "rules");
    const enabled = items(rules).filter((rule) => field(rule, "status") === "Enabled");
    const named = enabled.map((rule) => at(rule, "destination", "bucket"));
    const { resources } = stack.references(resource, "rules", bucketTypes, typeof rules === "symbol" ? rules : named);
    // Only versions are copied: with one side's suspended, nothing new arrives.
    const copies = (bucket: Resource) => bucket !== source && keepsVersions(bucket, context);
    const destinations = keepsVersions(source, context) ? resources.filter(copies) : [];
    for (const destination of destinations) into.copy(source.urn, destination.urn);
    into.attach(resource);
    if (destinations.length === 0) return;
    into.replications.set(source.urn, {
      mode: "asynchronous",
      rpoSeconds: lagOf(resource, enabled.length),
      // Set true where the other side copies back as well: see `assemble/groups.ts`.
      multiWriter: false,
    });
  },
};

/** False where the stack says so; a bucket of which it says nothing may keep versions. */
function keepsVersions(bucket: Resource, { stack }: ReadContext): boolean {
  const settings = membersBy(stack, versioningTypes, "bucket", bucketTypes).get(bucket) ?? [];
  return settings.every((one) => {
    const status = textAt(one, "versioningConfiguration", "status");
    return status === undefined || status === "Enabled";
  });
}

/** Replication Time Control promises minutes; without it most objects arrive within 15, and nothing is promised. */
function lagOf(resource: Resource, rules: number): Known<number> {
  let longest = 0;
  for (let index = 0; index < rules; index++) {
    const control = at(resource.properties, "rules", index, "destination", "replicationTime");
    const minutes = at(control, "time", "minutes");
    if (text(field(control, "status")) !== "Enabled" || typeof minutes !== "number") {
      return unknown(propertyPath(resource, "rules", index, "destination", "replicationTime"));
    }
    longest = Math.max(longest, minutes * 60);
  }
  return known(longest);
}
