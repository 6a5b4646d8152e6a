/** What keeps a bucket's objects beyond their deletion, and one name for the buckets of several regions. */
import { domainId, known } from "../../../model";
import { membersBy } from "../../members";
import type { Draft } from "../../draft";
import type { Reader, ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, field, items, textAt } from "../../values";
import { accessPointTypes, bucketTypes } from "../entrances";
import { named, namedInside } from "../placing";
import { blockIn } from "./blocks";
import { ownVersions, versioningTypes, versionSettings } from "./versions";

const lockTypes = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
] as const;

/** Every version is kept: a deletion or an overwrite can be taken back, by whoever may do so in the same bucket. */
export const bucketVersions: Reader = {
  gives: "versions as backups in the same bucket",
  types: versioningTypes,
  read(resource, into, context) {
    const bucket = named(resource, "bucket", bucketTypes, context);
    into.attach(resource);
    if (bucket === undefined || textAt(resource, "versioningConfiguration", "status") !== "Enabled") return;
    keepVersions(bucket, resource, into, context);
  },
};

/** Versions that a bucket keeps by its own argument, without a resource beside it. */
export function keepOwnVersions(bucket: Resource, into: Draft, context: ReadContext): void {
  if (versionSettings(bucket, context).length > 0 || ownVersions(bucket) !== true) return;
  keepVersions(bucket, bucket, into, context);
}

function keepVersions(bucket: Resource, by: Resource, into: Draft, context: ReadContext): void {
  into.backups.push({
    of: bucket.urn,
    backup: {
      urn: by.urn,
      placement: context.aws.regional(bucket),
      intervalSeconds: known(0),
      immutable: known(isLocked(bucket, context)),
    },
  });
}

/** In compliance mode nobody can shorten it, the account's root included; governance mode can be passed over. */
function isLocked(bucket: Resource, { stack }: ReadContext): boolean {
  const locks = membersBy(stack, lockTypes, "bucket", bucketTypes).get(bucket) ?? [];
  const own = blockIn(bucket.properties, "objectLockConfiguration");
  const owners: readonly Value[] = [own, ...locks.map(({ properties }) => properties)];
  return owners.some((owner) => {
    const retention = blockIn(blockIn(owner, "rule", "rules"), "defaultRetention", "defaultRetentions");
    return field(retention, "mode") === "COMPLIANCE";
  });
}

/** Read with the versions that they lock. */
export const bucketLocks: Reader = {
  gives: "whether versions can be erased",
  types: lockTypes,
  read: (resource, into) => into.attach(resource),
};

/** Multi-Region Access Points lead to the nearest bucket and look at no health: leaving a region needs a call. */
export const accessPoints: Reader = {
  gives: "a route over the buckets of several regions, without health checks",
  types: accessPointTypes,
  read(resource, into, context) {
    const regions = at(resource.properties, "details", "regions");
    const buckets = namedInside(
      resource,
      "details",
      bucketTypes,
      () => items(regions).map((region) => field(region, "bucket")),
      context,
    );
    into.attach(resource);
    for (const bucket of buckets) into.forward(resource.urn, bucket.urn);
    if (buckets.length === 0) return;
    into.routes.push({
      id: `access-point:${resource.urn}`,
      urn: resource.urn,
      name: textAt(resource, "alias") ?? textAt(resource, "details", "name") ?? resource.name,
      kind: "anycast",
      policy: "latency",
      ttlSeconds: known(0),
      provider: domainId("vendor", "s3-multi-region"),
      needsControlPlane: true,
      answers: buckets.map((bucket) => ({
        urn: resource.urn,
        leadsTo: [bucket.urn],
        share: known(1 / buckets.length),
        lastResort: false,
      })),
    });
  },
};
