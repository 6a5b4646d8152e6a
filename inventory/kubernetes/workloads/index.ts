/** What runs pods. */
import type { ReaderFamily } from "../../reader";
import { jobs } from "./jobs";
import { priorityClasses, workloads } from "./workloads";

export const workloadsFamily: ReaderFamily = {
  title: "Kubernetes: workloads",
  readers: [jobs, priorityClasses, workloads],
};
