/** Work that ends: it serves nobody, but a backup's or a failover's own job has to be able to run somewhere. */
import { known, layers } from "../../../model";
import type { Reader } from "../../reader";
import { replicasOf } from "../../spread";
import { at } from "../../values";
import { placesOfPods, workloadName } from "./pods";

const jobTypes = ["kubernetes:batch/v1:Job", "kubernetes:batch/v1:CronJob"] as const;

export const jobs: Reader = {
  gives: "work of a backup or a failover, where it says so",
  types: jobTypes,
  read(resource, into, context) {
    const { clusters, identities } = context;
    // Only our own words say that something hangs on it.
    if (identities.of(resource).claim !== "explicit") return;
    const layer = layers.find((one) => one === identities.claim(resource, "layer"));
    if (layer === undefined) {
      into.attach(resource);
      return;
    }
    const cluster = clusters.of(resource);
    const template =
      at(resource.properties, "spec", "jobTemplate", "spec", "template", "spec") ??
      at(resource.properties, "spec", "template", "spec");
    const places = placesOfPods(resource, template, context);
    into.place({
      resource,
      layer,
      sharing: "companion",
      scope: cluster.key,
      workload: workloadName(resource),
      replicas: replicasOf(resource, { units: known(1), places, startNeeds: [cluster.controlPlane] }, context),
    });
  },
};
