/** Volumes that can be used in their own zone only, and what is said of the services that keep data on them. */
import { readEstate } from "../../inventory";
import type { Value } from "../../inventory/resource";
import { judge } from "../../policies/judge";
import { cloud } from "../support/estateBuilder";
import { labels, StackBuilder } from "../support/stackBuilder";

const options = { sites: [cloud("seoul")], clusters: { stretched: "seoul" } };
const critical = labels({ service: "orders", tier: "critical" });

interface Class {
  readonly provisioner: string;
  readonly [key: string]: Value;
}

function found(kind: "claim" | "set", replicas: number, storageClass?: Class): readonly string[] {
  const stack = new StackBuilder();
  const cluster = stack.cluster("stretched");
  const add = (type: string, name: string, given: Readonly<Record<string, Value>>, words = {}) =>
    stack.add(type, name, { metadata: { name, labels: words }, ...given }, { provider: cluster });
  if (storageClass) add("kubernetes:storage.k8s.io/v1:StorageClass", "fast", storageClass);
  const spec = { storageClassName: "fast" };
  if (kind === "claim") add("kubernetes:core/v1:PersistentVolumeClaim", "orders", { spec }, critical);
  else
    add(
      "kubernetes:apps/v1:StatefulSet",
      "orders",
      { spec: { replicas, volumeClaimTemplates: [{ metadata: { name: "data" }, spec }], template: { spec: {} } } },
      critical,
    );
  const { findings } = judge(readEstate(stack.resources, options));
  return findings.filter(({ policy }) => policy === "zonal-volume").map(({ level, message }) => `${level}: ${message}`);
}

const ebs = { provisioner: "ebs.csi.aws.com", volumeBindingMode: "WaitForFirstConsumer" };

it.each(["claim", "set"] as const)("refuses a %s with one block volume in a cluster over three zones", (kind) => {
  expect(found(kind, 1, ebs)).toEqual([
    'mandatory: Service "orders" (critical) must have a second volume in another place, and has 1, of "orders" (ebs.csi.aws.com).',
  ]);
});

it("says so where the class binds before a pod is placed, which is its default", () => {
  expect(found("set", 1, { provisioner: "ebs.csi.aws.com" })).toEqual([
    expect.stringMatching(/, bound to a zone before it is known where a pod can stand\.$/),
  ]);
});

it("finds nothing on a file system of the region, on a disk of two zones, or with a volume for each of three pods", () => {
  expect(found("claim", 1, { provisioner: "efs.csi.aws.com" })).toEqual([]);
  const regional = { provisioner: "pd.csi.storage.gke.io", parameters: { "replication-type": "regional-pd" } };
  expect(found("claim", 1, regional)).toEqual([]);
  expect(found("set", 3, ebs)).toEqual([]);
});

it("refuses three volumes of a class that makes them in one zone", () => {
  const expressions = [{ key: "topology.ebs.csi.aws.com/zone", values: ["seoul-az2"] }];
  const oneZone = { ...ebs, allowedTopologies: [{ matchLabelExpressions: expressions }] };
  expect(found("set", 3, oneZone)).toEqual([
    expect.stringMatching(/all 3 of "orders" \(ebs\.csi\.aws\.com\) are made in zone "seoul-az2"\.$/),
  ]);
});

it("does not know of a class that the stack does not hold, and refuses a critical service for it", () => {
  expect(found("claim", 1)).toEqual([expect.stringMatching(/^mandatory: .*spec\.storageClassName is not known\.$/)]);
});
