/** What stands of a service before its units do. */
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Balanced } from "./balancer";
import type { Groups } from "./firewall";

export interface Standing {
  readonly groups: Groups;
  /** Undefined for a worker. */
  readonly balanced?: Balanced;
  readonly logGroup: cloudwatch.LogGroup;
  /** Alarms that stop a deployment; none for a worker. */
  readonly alarms: readonly cloudwatch.MetricAlarm[];
}
