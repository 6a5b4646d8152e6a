/** Direct Connect, VPN and transit gateways. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as links from "./links";

export const hybridFamily: ReaderFamily = {
  title: "Ways to one's own buildings",
  readers: readersIn(links),
};
