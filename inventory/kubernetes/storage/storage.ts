/** Claims and the classes that make their volumes: a volume stands in one place, and keeps its pods there. */
import { domainId, known, type Known, type Placement } from "../../../model";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { replicasOf } from "../../spread";
import { field } from "../../values";
import { placesOf, workloadName } from "../workloads/pods";
import { allowedZones, classOf, classTypes, stateVolumes } from "./volumeClasses";

export const claimTypes = ["kubernetes:core/v1:PersistentVolumeClaim"] as const;

/** A volume stands where its cluster does; in a cluster over several places, in one of them that its class may name. */
export const volumeClaims: Reader = {
  gives: "a store where its cluster stands, and whether its volume is bound to one zone",
  types: claimTypes,
  read(resource, into, context) {
    const cluster = context.clusters.of(resource);
    into.place({
      resource,
      layer: "store",
      sharing: "copy",
      scope: cluster.key,
      workload: workloadName(resource),
      replicas: replicasOf(resource, { units: known(1), places: placesOfClaim(resource, context) }, context),
    });
    into.replications.set(resource.urn, { mode: "none", rpoSeconds: known(0), multiWriter: false });
    stateVolumes(resource, field(resource.properties, "spec"), "spec", known(1), into, context);
  },
};

/** Read with the claims that name them. */
export const storageClasses: Reader = {
  gives: "in which zones volumes are made, and by what",
  types: classTypes,
  read: () => undefined,
};

function placesOfClaim(claim: Resource, context: ReadContext): Known<readonly Placement[]> {
  const everywhere = placesOf(claim, context);
  if (everywhere.known && everywhere.value.length === 1) return everywhere;
  const zones = allowedZones(classOf(claim, field(claim.properties, "spec"), context));
  const { sites } = context.clusters.of(claim);
  const [only, ...others] = zones;
  if (only === undefined || others.length > 0 || !sites.known) return everywhere;
  const ids = new Set([domainId("zone", only), domainId("facility", only)]);
  const all = sites.value.flatMap(({ placements }) => placements);
  const there = all.filter((place) => place.some((domain) => ids.has(domain)));
  return there.length === 1 ? known(there) : everywhere;
}
