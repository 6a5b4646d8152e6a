/** Route 53: names, health checks, resolvers. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as records from "./records";
import * as resolverEndpoints from "./resolverEndpoints";

export const dnsFamily: ReaderFamily = {
  title: "DNS",
  readers: readersIn(records, resolverEndpoints),
};
