/** What changes how many pods there are. */
import type { ReaderFamily } from "../../reader";
import { scalers } from "./scalers";

export const scalingFamily: ReaderFamily = {
  title: "Kubernetes: scaling",
  readers: [scalers],
};
