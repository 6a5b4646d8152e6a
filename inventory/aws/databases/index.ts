/** RDS and its kin, Aurora DSQL, ledgers and time series. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as clusters from "./clusters";
import * as dsql from "./dsql";
import * as elasticClusters from "./elasticClusters";
import * as instances from "./instances";
import * as proxies from "./proxies";
import * as regionalStores from "./regionalStores";

export const databasesFamily: ReaderFamily = {
  title: "Databases",
  readers: readersIn(clusters, dsql, elasticClusters, instances, proxies, regionalStores),
};
