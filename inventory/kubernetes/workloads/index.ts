/** What runs pods. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as disruptionBudgets from "./disruptionBudgets";
import * as jobs from "./jobs";
import * as workloads from "./workloads";

export const workloadsFamily: ReaderFamily = {
  title: "Kubernetes: workloads",
  readers: readersIn(disruptionBudgets, jobs, workloads),
};
