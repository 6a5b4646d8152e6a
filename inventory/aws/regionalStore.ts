/** Stores that AWS keeps in several zones of a region as a whole. */
import type { Reader } from "../reader";
import { regionalCopy } from "./replication";
import { placeInRegion } from "./regional";

/** A reader of one type of such stores. */
export function regionalStore(type: string, name: string): Reader {
  return {
    gives: "a store in its region",
    types: [type],
    read(resource, into, context) {
      placeInRegion(resource, "store", "copy", into, context, [name]);
      into.replications.set(resource.urn, regionalCopy);
    },
  };
}
