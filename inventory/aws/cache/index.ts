/** ElastiCache and MemoryDB. */
import type { ReaderFamily } from "../../reader";
import { memoryDbClusters, multiRegionClusters } from "./memoryDb";
import { cacheNodes, serverlessCaches } from "./nodes";
import { globalReplicationGroups, replicationGroups } from "./replicationGroups";

export const cacheFamily: ReaderFamily = {
  title: "Caches",
  readers: [
    memoryDbClusters,
    multiRegionClusters,
    cacheNodes,
    serverlessCaches,
    globalReplicationGroups,
    replicationGroups,
  ],
};
