/** What the scheduler can be held to: where pods stand at worst, and how many of them run. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as quotas from "./quotas";

export const placementFamily: ReaderFamily = {
  title: "Kubernetes: quotas",
  readers: readersIn(quotas),
};
