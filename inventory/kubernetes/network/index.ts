/** Services, ingresses, the Gateway API. */
import { readersIn, type ReaderFamily } from "../../reader";
import * as clusterNames from "./clusterNames";
import * as gateway from "./gateway";
import * as network from "./network";

export const networkFamily: ReaderFamily = {
  title: "Kubernetes: ways in",
  readers: readersIn(clusterNames, gateway, network),
};
