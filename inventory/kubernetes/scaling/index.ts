/** What changes how many pods there are. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as scalers from "./scalers";

export const scalingFamily: ReaderFamily = {
  title: "Kubernetes: scaling",
  readers: readersIn(scalers),
};
