/** Kinds of operators. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as kafka from "./kafka";
import * as knative from "./knative";
import * as postgres from "./postgres";

export const operatorsFamily: ReaderFamily = {
  title: "Kubernetes: operators",
  readers: readersIn(kafka, knative, postgres),
};
