/** ElastiCache and MemoryDB. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as memoryDb from "./memoryDb";
import * as nodes from "./nodes";
import * as replicationGroups from "./replicationGroups";

export const cacheFamily: ReaderFamily = {
  title: "Caches",
  readers: readersIn(memoryDb, nodes, replicationGroups),
};
