/** What a start needs: keys, secrets and images, each in its region or copied to others. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { replicasOf } from "../../spread";
import { field, items, text, textAt } from "../../values";
import { placeInRegion, withoutRegion } from "../regional";
import { bucketTypes } from "../entrances";

const keyTypes = ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"] as const;

export const keys: Reader = {
  gives: "a key in its region",
  types: keyTypes,
  read: (resource, into, context) => placeInRegion(resource, "keys", "companion", into, context, []),
};

/** The same key in another region: what one has encrypted the other opens. */
export const replicaKeys: Reader = {
  gives: "the same key in another region",
  types: ["aws:kms/replicaKey:ReplicaKey"],
  read(resource, into, context) {
    const value = field(resource.properties, "primaryKeyArn");
    const [primary] = context.stack.references(resource, "primaryKeyArn", keyTypes, value).resources;
    placeInRegion(resource, "keys", "companion", into, context, []);
    if (primary !== undefined) into.copy(primary.urn, resource.urn);
  },
};

export const secrets: Reader = {
  gives: "a secret and its copies in other regions",
  types: ["aws:secretsmanager/secret:Secret"],
  read(resource, into, context) {
    const { aws } = context;
    const home = aws.regionOf(resource);
    const regions = [
      ...(home.known ? [home.value] : []),
      ...items(field(resource.properties, "replicas")).flatMap((replica) => text(field(replica, "region")) ?? []),
    ];
    const places = home.known ? known([...new Set(regions)].map((region) => [aws.region(region)])) : home;
    into.place({
      resource,
      layer: "secrets",
      sharing: "companion",
      scope: home.known ? home.value : "",
      workload: withoutRegion(textAt(resource, "name") ?? resource.name, home, aws),
      replicas: replicasOf(resource, { units: known(places.known ? places.value.length : 1), places }, context),
    });
  },
};

/** Copies every image of the registry's account to other regions. */
export const registryReplications: Reader = {
  gives: "copies of images in other regions",
  types: ["aws:ecr/replicationConfiguration:ReplicationConfiguration"],
  read(resource, into, context) {
    const { aws, stack } = context;
    const home = aws.regionOf(resource);
    const rules = items(field(field(resource.properties, "replicationConfiguration"), "rules"));
    const regions = rules
      .flatMap((rule) => items(field(rule, "destinations")))
      .flatMap((destination) => text(field(destination, "region")) ?? []);
    if (!home.known || regions.length === 0) return;
    for (const repository of stack.ofType("aws:ecr/repository:Repository")) {
      const own = aws.regionOf(repository);
      if (!own.known || own.value !== home.value || repository.provider !== resource.provider) continue;
      const others = [...new Set(regions)].filter((region) => region !== own.value);
      const places = known(others.map((region) => [aws.region(region)]));
      const copies = replicasOf(repository, { units: known(others.length), places }, context);
      into.place({
        resource: repository,
        layer: "registry",
        sharing: "companion",
        scope: `${own.value} replicated`,
        workload: withoutRegion(textAt(repository, "name") ?? repository.name, own, aws),
        replicas: copies.map((copy, index) => ({ ...copy, id: `${repository.urn}#copy-${others[index] ?? index}` })),
      });
    }
  },
};

/** A bucket that is encrypted with a key of one's own cannot be read without it. */
export const bucketEncryptions: Reader = {
  gives: "the key without which a bucket cannot be read",
  types: [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
  ],
  read(resource, into, { stack }) {
    const [bucket] = stack.references(resource, "bucket", bucketTypes, field(resource.properties, "bucket")).resources;
    if (bucket === undefined) return;
    for (const key of stack.edges(resource, "rules", [...keyTypes, ...replicaKeys.types])) {
      into.depend(bucket.urn, key.urn, "startup", "rules");
    }
  },
};
