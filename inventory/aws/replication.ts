/** How the copies of a store are kept alike, where nothing else is to be said of it. */
import { known, type Replication } from "../../model";

export const synchronous: Replication = { mode: "synchronous", rpoSeconds: known(0), multiWriter: false };
export const alone: Replication = { mode: "none", rpoSeconds: known(0), multiWriter: false };
