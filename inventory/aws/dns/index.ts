/** Route 53: names, health checks, resolvers. */
import type { ReaderFamily } from "../../reader";
import { records, zonesAndChecks } from "./records";
import { resolverEndpoints } from "./resolverEndpoints";

export const dnsFamily: ReaderFamily = {
  title: "DNS",
  readers: [records, zonesAndChecks, resolverEndpoints],
};
