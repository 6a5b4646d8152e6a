/** Buckets of one zone. */
import { known, mapKnown, unknown, type DomainId, type Known } from "../../../model";
import type { Reader } from "../../reader";
import { at, propertyPath, text } from "../../values";
import { deletionGuards, stateDeletion } from "../deletion";
import { placeInZones } from "../placing";
import { alone } from "../replication";

/** One zone, whatever happens to it: this class of S3 keeps every object in the zone that the bucket names. */
export const directoryBuckets: Reader = {
  gives: "a store in one zone, and whether the engine may empty it",
  types: ["aws:s3/directoryBucket:DirectoryBucket"],
  read(resource, into, context) {
    const zone = text(at(resource.properties, "location", "name"));
    const place = zone === undefined ? undefined : context.aws.zoneOf(resource, zone);
    const zones: Known<readonly DomainId[]> =
      place === undefined ? unknown(propertyPath(resource, "location", "name")) : mapKnown(place, (one) => [one]);
    placeInZones(resource, { layer: "store", sharing: "copy", zones, units: known(1) }, into, context);
    into.replications.set(resource.urn, alone);
    stateDeletion(resource, deletionGuards.bucket, into);
  },
};
