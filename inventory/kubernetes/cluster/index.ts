/** Nodes, and what makes them. */
import type { ReaderFamily } from "../../reader";
import { nodePools } from "./nodePools";
import { nodes } from "./nodes";

export const clusterFamily: ReaderFamily = {
  title: "Kubernetes: clusters",
  readers: [nodePools, nodes],
};
