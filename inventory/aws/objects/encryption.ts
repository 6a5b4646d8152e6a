/** Keys by which buckets are encrypted. */
import type { Reader } from "../../reader";
import { field } from "../../values";
import { bucketTypes } from "../entrances";
import { keyTypes, replicaKeys } from "../keys/keys";

export const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

/** A bucket that is encrypted with a key of one's own cannot be read without it. */
export const bucketEncryptions: Reader = {
  gives: "the key without which a bucket cannot be read",
  types: encryptionTypes,
  read(resource, into, { stack }) {
    const [bucket] = stack.references(resource, "bucket", bucketTypes, field(resource.properties, "bucket")).resources;
    if (bucket === undefined) return;
    for (const key of stack.edges(resource, "rules", [...keyTypes, ...replicaKeys.types])) {
      into.depend(bucket.urn, key.urn, "startup", "rules");
    }
  },
};
