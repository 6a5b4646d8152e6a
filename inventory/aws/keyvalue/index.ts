/** DynamoDB, its cache, and Keyspaces. */
import type { ReaderFamily } from "../../reader";
import { tableCaches } from "./dax";
import { tableReplicas, tables } from "./dynamodb";
import { keyspaces, keyspaceTables } from "./keyspaces";

export const keyValueFamily: ReaderFamily = {
  title: "Key-value stores",
  readers: [tableCaches, tableReplicas, tables, keyspaces, keyspaceTables],
};
