/** S3 and Glacier. */
import type { ReaderFamily } from "../../reader";
import { archives } from "./archives";
import { accessPoints, bucketLocks, bucketVersions } from "./bucketCopies";
import { bucketReplications, buckets } from "./buckets";
import { directoryBuckets } from "./directoryBuckets";
import { bucketEncryptions } from "./encryption";

export const objectsFamily: ReaderFamily = {
  title: "Object stores",
  readers: [
    archives,
    accessPoints,
    bucketLocks,
    bucketVersions,
    bucketReplications,
    buckets,
    directoryBuckets,
    bucketEncryptions,
  ],
};
