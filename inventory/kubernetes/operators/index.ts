/** Kinds of operators. */
import type { ReaderFamily } from "../../reader";
import { kafkaClusters, kafkaNodePools } from "./kafka";
import { knativeServices } from "./knative";
import { postgresClusters } from "./postgres";

export const operatorsFamily: ReaderFamily = {
  title: "Kubernetes: operators",
  readers: [kafkaClusters, kafkaNodePools, knativeServices, postgresClusters],
};
