/** Warehouses, search, clusters of analysis and models that answer. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as emr from "./emr";
import * as modelEndpoints from "./modelEndpoints";
import * as search from "./search";
import * as warehouses from "./warehouses";

export const analyticsFamily: ReaderFamily = {
  title: "Analytics, search and machine learning",
  readers: readersIn(emr, modelEndpoints, search, warehouses),
};
