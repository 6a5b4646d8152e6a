/** Nodes, and what makes them. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as nodePools from "./nodePools";
import * as nodes from "./nodes";

export const clusterFamily: ReaderFamily = {
  title: "Kubernetes: clusters",
  readers: readersIn(nodePools, nodes),
};
