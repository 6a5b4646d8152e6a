/** RDS and its kin, Aurora DSQL, ledgers and time series. */
import type { ReaderFamily } from "../../reader";
import {
  clusterInstances,
  clusters,
  documentClusters,
  documentGlobalClusters,
  globalClusters,
  graphClusters,
  graphGlobalClusters,
} from "./clusters";
import { dsqlClusters, dsqlPeerings } from "./dsql";
import { elasticClusters } from "./elasticClusters";
import { databaseInstances } from "./instances";
import { proxies, proxyTargets } from "./proxies";
import { influxInstances, ledgers, timeSeriesTables } from "./regionalStores";

export const databasesFamily: ReaderFamily = {
  title: "Databases",
  readers: [
    clusterInstances,
    clusters,
    documentClusters,
    documentGlobalClusters,
    globalClusters,
    graphClusters,
    graphGlobalClusters,
    dsqlClusters,
    dsqlPeerings,
    elasticClusters,
    databaseInstances,
    proxies,
    proxyTargets,
    influxInstances,
    ledgers,
    timeSeriesTables,
  ],
};
