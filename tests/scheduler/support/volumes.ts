/** Volumes that stand in one place, as a local disk or a zonal block store does. */
import { topologyKeys } from "../../../model";
import type { KubernetesObject } from "./objects";

/** The cluster's default class; a volume is bound when it is known where its pod goes. */
export function storageClass(name: string, provisioner = "kubernetes.io/no-provisioner"): KubernetesObject {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: {
      name,
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    },
    provisioner,
    volumeBindingMode: "WaitForFirstConsumer",
  };
}

/** A volume that only nodes with this label can use. */
export function volumeAt(
  name: string,
  className: string,
  key: keyof typeof topologyKeys,
  value: string,
): KubernetesObject {
  const expression = { key: topologyKeys[key], operator: "In", values: [value] };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name },
    spec: {
      capacity: { storage: "200Gi" },
      accessModes: ["ReadWriteOnce"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: className,
      local: { path: `/mnt/${name}` },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } },
    },
  };
}
