/**
 * Storage classes: what makes a claim's volume, in which zones it may, and whether a pod of another zone can use it.
 */
import { domainId, known, topologyKeys, unknown, type DomainId, type Known, type VolumeFact } from "../../../model";
import type { Draft } from "../../draft";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { at, field, items, propertyPath, text, texts } from "../../values";

export const classTypes = ["kubernetes:storage.k8s.io/v1:StorageClass"] as const;
const defaultClassKey = "storageclass.kubernetes.io/is-default-class";

/** Whose volumes can be attached in their own zone (or to their own node) only, by their own documentation. */
const zonalProvisioners: ReadonlySet<string> = new Set([
  "ebs.csi.aws.com",
  "kubernetes.io/aws-ebs",
  "pd.csi.storage.gke.io",
  "kubernetes.io/gce-pd",
  "disk.csi.azure.com",
  "kubernetes.io/azure-disk",
  "cinder.csi.openstack.org",
  "kubernetes.io/cinder",
  "kubernetes.io/no-provisioner",
  "rancher.io/local-path",
]);
/** File systems that every zone of the region can mount. */
const sharedProvisioners: ReadonlySet<string> = new Set([
  "efs.csi.aws.com",
  "file.csi.azure.com",
  "filestore.csi.storage.gke.io",
]);

/** The class that a claim's specification names, else the cluster's default one. */
export function classOf(owner: Resource, spec: Value, { clusters, stack }: ReadContext): Resource | undefined {
  const name = text(field(spec, "storageClassName"));
  const own = clusters.of(owner).key;
  return stack.ofType(classTypes[0]).find((one) => {
    if (clusters.of(one).key !== own) return false;
    if (name !== undefined) return (text(at(one.properties, "metadata", "name")) ?? one.name) === name;
    return at(one.properties, "metadata", "annotations", defaultClassKey) === "true";
  });
}

/** Zones or facilities in which a class makes its volumes; none where it leaves that to the scheduler. */
export function allowedZones(storageClass: Resource | undefined): readonly string[] {
  if (storageClass === undefined) return [];
  const terms = items(field(storageClass.properties, "allowedTopologies"));
  const expressions = terms.flatMap((term) => items(field(term, "matchLabelExpressions")));
  const keys: ReadonlySet<string> = new Set([
    topologyKeys.zone,
    topologyKeys.facility,
    "topology.ebs.csi.aws.com/zone",
  ]);
  const zones = expressions
    .filter((one) => keys.has(text(field(one, "key")) ?? ""))
    .flatMap((one) => texts(field(one, "values")));
  return [...new Set(zones)];
}

/**
 * States the volumes of a claim or of a stateful set's template. In a cluster of one place nothing is said: there a
 * volume can go nowhere else than its pods.
 */
export function stateVolumes(
  owner: Resource,
  spec: Value,
  path: string,
  volumes: Known<number>,
  into: Draft,
  context: ReadContext,
): void {
  const { sites } = context.clusters.of(owner);
  if (!sites.known || sites.value.flatMap(({ placements }) => placements).length < 2) return;
  const storageClass = classOf(owner, spec, context);
  const provisioner = text(field(storageClass?.properties, "provisioner"));
  const all = new Set(sites.value.flatMap(({ placements }) => placements).flat());
  const zones = allowedZones(storageClass).flatMap((name): readonly DomainId[] =>
    ([domainId("zone", name), domainId("facility", name)] as const).filter((id) => all.has(id)),
  );
  const fact: VolumeFact = {
    kind: "volume",
    urn: owner.urn,
    made: provisioner ?? "a class outside of the stack",
    zonal: isZonal(provisioner, storageClass, propertyPath(owner, path, "storageClassName")),
    volumes,
    onlyIn: zones,
    // The API's default binds at once.
    boundBeforePods:
      storageClass !== undefined &&
      text(field(storageClass.properties, "volumeBindingMode")) !== "WaitForFirstConsumer",
  };
  into.state(fact);
}

function isZonal(provisioner: string | undefined, storageClass: Resource | undefined, missing: string): Known<boolean> {
  if (provisioner === undefined) return unknown(missing);
  if (sharedProvisioners.has(provisioner)) return known(false);
  if (!zonalProvisioners.has(provisioner)) return unknown(missing);
  const parameters = field(storageClass?.properties, "parameters");
  // Disks that Google, or Azure, keeps in two or three zones at once.
  const kind =
    text(field(parameters, "replication-type")) ??
    text(field(parameters, "skuName")) ??
    text(field(parameters, "skuname"));
  return known(!(kind === "regional-pd" || kind?.endsWith("_ZRS") === true));
}
