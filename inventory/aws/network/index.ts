/** Networks, their ways out, endpoints and firewalls. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as addresses from "./addresses";
import * as endpoints from "./endpoints";
import * as nat from "./nat";

export const networkFamily: ReaderFamily = {
  title: "Networks",
  readers: readersIn(addresses, endpoints, nat),
};
