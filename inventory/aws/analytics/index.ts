/** Warehouses, search, clusters of analysis and models that answer. */
import type { ReaderFamily } from "../../reader";
import { emrClusters } from "./emr";
import { modelEndpoints } from "./modelEndpoints";
import { searchCollections, searchDomains } from "./search";
import { snapshotCopies, warehouseNamespaces, warehouses, warehouseWorkgroups } from "./warehouses";

export const analyticsFamily: ReaderFamily = {
  title: "Analytics, search and machine learning",
  readers: [
    emrClusters,
    modelEndpoints,
    searchCollections,
    searchDomains,
    snapshotCopies,
    warehouseNamespaces,
    warehouses,
    warehouseWorkgroups,
  ],
};
