/** Claims and the classes that make their volumes: a volume stands in one place, and keeps its pods there. */
import { domainId, known, topologyKeys, type Known, type Placement } from "../../model";
import type { Reader, ReadContext } from "../reader";
import type { Resource } from "../resource";
import { replicasOf } from "../spread";
import { at, field, items, text, texts } from "../values";
import { placesOf, workloadName } from "./pods";

export const claimTypes = ["kubernetes:core/v1:PersistentVolumeClaim"] as const;
const classTypes = ["kubernetes:storage.k8s.io/v1:StorageClass"] as const;
const defaultClassKey = "storageclass.kubernetes.io/is-default-class";

/** A volume stands where its cluster does; in a cluster over several places, in one of them that its class may name. */
export const volumeClaims: Reader = {
  gives: "a store where its cluster stands",
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
  },
};

/** Read with the claims that name them. */
export const storageClasses: Reader = {
  gives: "the one zone in which volumes are made",
  types: classTypes,
  read: () => undefined,
};

function placesOfClaim(claim: Resource, context: ReadContext): Known<readonly Placement[]> {
  const everywhere = placesOf(claim, context);
  if (everywhere.known && everywhere.value.length === 1) return everywhere;
  const zones = allowedZones(classOf(claim, context));
  const { sites } = context.clusters.of(claim);
  const [only, ...others] = zones;
  if (only === undefined || others.length > 0 || !sites.known) return everywhere;
  const ids = new Set([domainId("zone", only), domainId("facility", only)]);
  const all = sites.value.flatMap(({ placements }) => placements);
  const there = all.filter((place) => place.some((domain) => ids.has(domain)));
  return there.length === 1 ? known(there) : everywhere;
}

/** The class that a claim names, else the cluster's default one. */
function classOf(claim: Resource, { clusters, stack }: ReadContext): Resource | undefined {
  const name = text(at(claim.properties, "spec", "storageClassName"));
  const own = clusters.of(claim).key;
  return stack.ofType(classTypes[0]).find((one) => {
    if (clusters.of(one).key !== own) return false;
    if (name !== undefined) return (text(at(one.properties, "metadata", "name")) ?? one.name) === name;
    return at(one.properties, "metadata", "annotations", defaultClassKey) === "true";
  });
}

/** Zones or facilities in which a class makes its volumes; none where it leaves that to the scheduler. */
function allowedZones(storageClass: Resource | undefined): readonly string[] {
  if (storageClass === undefined) return [];
  const terms = items(field(storageClass.properties, "allowedTopologies"));
  const expressions = terms.flatMap((term) => items(field(term, "matchLabelExpressions")));
  const keys: ReadonlySet<string> = new Set([topologyKeys.zone, topologyKeys.facility, "topology.ebs.csi.aws.com/zone"]);
  const zones = expressions.filter((one) => keys.has(text(field(one, "key")) ?? "")).flatMap((one) => texts(field(one, "values")));
  return [...new Set(zones)];
} // prettier-ignore
