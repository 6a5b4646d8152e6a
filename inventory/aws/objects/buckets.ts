/** Buckets: regional, and copied where a replication configuration says so. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { deletionGuards, stateDeletion } from "../deletion";
import { bucketTypes } from "../entrances";
import { placeInRegion } from "../regional";
import { regionalCopy } from "../replication";
import { keepOwnVersions } from "./bucketCopies";
import { copiesOf, replicationTypes } from "./copying";
import { takesLogs } from "./logTargets";

export const buckets: Reader = {
  gives:
    "a store in its region, which buckets hold a copy of all of it, the lag of these, versions that it keeps by a " +
    "setting of its own, and whether the engine may empty it; whether it takes the logs of others",
  types: bucketTypes,
  read(resource, into, context) {
    placeInRegion(resource, "store", "copy", into, context, ["bucket"]);
    const copies = copiesOf(resource, context);
    for (const { destination } of copies) into.copy(resource.urn, destination.urn);
    const lags = copies.map(({ lagSeconds }) => lagSeconds);
    const rpoSeconds =
      lags.find((lag) => !lag.known) ?? known(Math.max(0, ...lags.map((lag) => (lag.known ? lag.value : 0))));
    into.replications.set(
      resource.urn,
      // Copied back as well, each side takes writes: see `assemble/groups.ts`.
      copies.length === 0 ? regionalCopy : { mode: "asynchronous", rpoSeconds, multiWriter: false },
    );
    if (takesLogs(resource, context)) into.state({ kind: "logTarget", urn: resource.urn });
    keepOwnVersions(resource, into, context);
    stateDeletion(resource, deletionGuards.bucket, into);
  },
};

/** Read with the bucket that they copy. */
export const bucketReplications: Reader = {
  gives: "which bucket is copied to which, and its lag",
  types: replicationTypes,
  read: (resource, into) => into.attach(resource),
};
