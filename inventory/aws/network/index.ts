/** Networks, their ways out, endpoints and firewalls. */
import type { ReaderFamily } from "../../reader";
import { addresses } from "./addresses";
import { networkEndpoints } from "./endpoints";
import { natGateways } from "./nat";

export const networkFamily: ReaderFamily = {
  title: "Networks",
  readers: [addresses, ...networkEndpoints, natGateways],
};
