/** How the copies of a store are kept alike, where nothing else is to be said of it. */
import { known, type Replication } from "../../model";

export const synchronous: Replication = { mode: "synchronous", rpoSeconds: known(0), multiWriter: false };
/** One copy as others see it, which AWS itself keeps in three zones of its region. */
export const regionalCopy: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false, inRegion: true };
export const alone: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false };
