/** S3 and Glacier. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as archives from "./archives";
import * as bucketCopies from "./bucketCopies";
import * as buckets from "./buckets";
import * as directoryBuckets from "./directoryBuckets";
import * as encryption from "./encryption";

export const objectsFamily: ReaderFamily = {
  title: "Object stores",
  readers: readersIn(archives, bucketCopies, buckets, directoryBuckets, encryption),
};
