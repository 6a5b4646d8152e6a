/** The ledger of properties of Kubernetes: of its kinds, and of the pods that several kinds make. */
import type { LedgerRow } from "../ledger/row";
import table from "./ledger.json";
import { parseKind } from "./registry";

/** By kind, such as `apps/Deployment`. */
export const kubernetesLedger: Readonly<Record<string, LedgerRow>> = table.kinds;

/** Of a pod's `spec`, wherever it stands. */
export const kubernetesPodLedger: LedgerRow = table.pod;

const template = "spec.template.spec";
/** Where the kinds that make pods hold the pods' `spec` (Kubernetes API reference, "Workload Resources"). */
const templates: Readonly<Record<string, string>> = {
  "core/Pod": "spec",
  "core/ReplicationController": template,
  "apps/Deployment": template,
  "apps/StatefulSet": template,
  "apps/DaemonSet": template,
  "apps/ReplicaSet": template,
  "batch/Job": template,
  "batch/CronJob": "spec.jobTemplate.spec.template.spec",
};

/** The path of the pods' `spec` in objects of a type; undefined where they make none. */
export function podTemplateOf(type: string): string | undefined {
  const kind = parseKind(type);
  return kind && templates[`${kind.group}/${kind.kind}`];
}
