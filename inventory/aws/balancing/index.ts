/** Load balancers with their listeners and target groups. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as loadBalancers from "./loadBalancers";

export const balancingFamily: ReaderFamily = {
  title: "Load balancing",
  readers: readersIn(loadBalancers),
};
