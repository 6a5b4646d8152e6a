/** DynamoDB, its cache, and Keyspaces. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as dax from "./dax";
import * as dynamodb from "./dynamodb";
import * as keyspaces from "./keyspaces";

export const keyValueFamily: ReaderFamily = {
  title: "Key-value stores",
  readers: readersIn(dax, dynamodb, keyspaces),
};
