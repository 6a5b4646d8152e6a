/** The calls behind the commands of which `duplex drift --live` takes the answers. */

export interface LiveRead {
  readonly action: string;
  /**
   * Types of which the stack must hold one for it to be of use, by the beginning of their tokens. @default any stack
   */
  readonly types?: string;
  /**
   * `stack`: in the regions of the stack. `home`: in us-east-1 as well, where objects of global services are listed.
   * `endpoints`: at endpoints of its own in five regions, which are not those of the stack.
   */
  readonly where: "stack" | "home" | "endpoints";
}

/** Service Authorization Reference, by the service's page. None of them reads what an object holds. */
export const liveReads: readonly LiveRead[] = [
  { action: "tag:GetResources", where: "home" },
  { action: "cloudwatch:DescribeAlarms", where: "home" },
  { action: "backup:ListProtectedResources", types: "aws:backup/", where: "stack" },
  { action: "backup:DescribeProtectedResource", types: "aws:backup/", where: "stack" },
  { action: "backup:ListRecoveryPointsByBackupVault", types: "aws:backup/", where: "stack" },
  { action: "route53-recovery-cluster:ListRoutingControls", types: "aws:route53recoverycontrol/", where: "endpoints" },
  // Which endpoints there are.
  {
    action: "route53-recovery-control-config:DescribeCluster",
    types: "aws:route53recoverycontrol/",
    where: "endpoints",
  },
];

/** Where AWS lists objects that are in no region. */
export const homeRegion = "us-east-1";
