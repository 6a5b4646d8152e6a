/** Which command has printed a document, told by its shape. */
import type { Value } from "../../inventory/resource";
import { alarms } from "./alarms";
import { backups } from "./backups";
import { kubernetesObjects } from "./kubernetesObjects";
import type { Recognised } from "./record";
import { switches } from "./switches";
import { taggedObjects } from "./taggedObjects";

const shapes = [taggedObjects, switches, backups, alarms, kubernetesObjects] as const;

/** Commands whose answers are known, as a message names them. */
export const liveCommands = [
  "aws resourcegroupstaggingapi get-resources",
  "aws cloudwatch describe-alarms",
  "aws backup list-protected-resources",
  "aws route53-recovery-cluster list-routing-controls",
  "kubectl get KINDS --all-namespaces --output json",
] as const;

/** The records of a document, its first fault, or undefined where no command that is known prints such a thing. */
export function recognise(document: Value): Recognised | undefined {
  for (const shape of shapes) {
    const found = shape(document);
    if (found !== undefined) return found;
  }
  return undefined;
}
