/** Endpoints of the resolver: a network's way of asking for names, and of being asked. */
import { endpoints, zonesInside } from "../network/endpoints";

export const resolverEndpoints = endpoints(
  "aws:route53/resolverEndpoint:ResolverEndpoint",
  "a network's way of asking for names, where it says whose it is",
  (resource, { aws }) => zonesInside(resource, "ipAddresses", aws),
);
