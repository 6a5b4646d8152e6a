/** Nodes, which say where a cluster stands. */
import type { Reader } from "../../reader";
import { nodeTypes } from "./nodeLabels";

/** Read with the cluster that they are in. */
export const nodes: Reader = {
  gives: "where a cluster stands, by topology labels",
  types: nodeTypes,
  read: () => undefined,
};
