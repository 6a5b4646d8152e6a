/** Services of Knative: pods that are started with the requests. */
import { known } from "../../../model";
import type { Reader } from "../../reader";
import { replicasOf } from "../../spread";
import { amount, at, field } from "../../values";
import { placeInCluster, placesOfPods, podPath } from "../workloads/pods";

const minimumKeys = ["autoscaling.knative.dev/min-scale", "autoscaling.knative.dev/minScale"] as const;

/** Scaled to zero unless a least scale is set: then it has to be started by the cluster before it answers. */
export const knativeServices: Reader = {
  gives: "pods that a request starts, or the least scale of them, where their cluster stands and must spread",
  types: ["kubernetes:serving.knative.dev/v1:Service"],
  read(resource, into, context) {
    const annotations = at(resource.properties, "spec", "template", "metadata", "annotations");
    const least = minimumKeys.map((key) => amount(field(annotations, key))).find((one) => one !== undefined) ?? 0;
    const standing = {
      units: known(Math.max(1, least)),
      places: placesOfPods(resource, at(resource.properties, ...podPath), context),
    };
    const startNeeds = [context.clusters.of(resource).controlPlane];
    const replicas = replicasOf(resource, least > 0 ? standing : { ...standing, role: "standby", startNeeds }, context);
    placeInCluster(resource, { layer: "compute", sharing: "service", replicas }, into, context);
  },
};
