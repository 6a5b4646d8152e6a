/** The readers of Kubernetes, by area. What is known of each kind beside its reader: `registry.ts`. */
import type { ReaderFamily } from "../reader";
import { clusterFamily } from "./cluster";
import { networkFamily } from "./network";
import { operatorsFamily } from "./operators";
import { placementFamily } from "./placement";
import { scalingFamily } from "./scaling";
import { storageFamily } from "./storage";
import { workloadsFamily } from "./workloads";

export const kubernetesFamilies: readonly ReaderFamily[] = [
  clusterFamily,
  networkFamily,
  operatorsFamily,
  placementFamily,
  scalingFamily,
  storageFamily,
  workloadsFamily,
];
