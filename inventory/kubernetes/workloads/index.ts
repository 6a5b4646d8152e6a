/** What runs pods. */
import type { ReaderFamily } from "../../reader";
import { disruptionBudgets } from "./disruptionBudgets";
import { jobs } from "./jobs";
import { priorityClasses, workloads } from "./workloads";

export const workloadsFamily: ReaderFamily = {
  title: "Kubernetes: workloads",
  readers: [disruptionBudgets, jobs, priorityClasses, workloads],
};
