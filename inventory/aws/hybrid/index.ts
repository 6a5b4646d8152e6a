/** Direct Connect, VPN and transit gateways. */
import type { ReaderFamily } from "../../reader";
import { connections, hybridParts, transitGateways, vpnConnections } from "./links";

export const hybridFamily: ReaderFamily = {
  title: "Ways to one's own buildings",
  readers: [connections, hybridParts, transitGateways, vpnConnections],
};
