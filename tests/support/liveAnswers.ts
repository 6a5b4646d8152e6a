/** Answers of read-only commands, as the AWS CLI and kubectl print them. */

type Values = Readonly<Record<string, unknown>>;
type Words = Readonly<Record<string, string>>;

/** `aws resourcegroupstaggingapi get-resources`. */
export function tagged(...objects: readonly (readonly [arn: string, tags: Words])[]) {
  return {
    ResourceTagMappingList: objects.map(([ResourceARN, tags]) => ({
      ResourceARN,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}

/** `aws route53-recovery-cluster list-routing-controls`. */
export function controls(states: Readonly<Record<string, string>>) {
  return {
    RoutingControls: Object.entries(states).map(([RoutingControlArn, RoutingControlState]) => ({
      ControlPanelArn: "arn:aws:route53-recovery-control::111122223333:controlpanel/0a1b",
      RoutingControlArn,
      RoutingControlName: RoutingControlArn.split("/").at(-1),
      RoutingControlState,
      Owner: "111122223333",
    })),
  };
}

/** `aws backup list-protected-resources`. */
export function protectedResources(times: Readonly<Record<string, string | number>>) {
  return {
    Results: Object.entries(times).map(([ResourceArn, LastBackupTime]) => ({
      ResourceArn,
      ResourceType: "DynamoDB",
      LastBackupTime,
    })),
  };
}

/** One alarm of `aws cloudwatch describe-alarms`. */
export function alarm(AlarmName: string, metric: readonly [namespace: string, name: string], dimensions: Words, more: Values = {}) {
  const [Namespace, MetricName] = metric;
  return {
    AlarmName,
    AlarmArn: `arn:aws:cloudwatch:ap-northeast-2:111122223333:alarm:${AlarmName}`,
    ActionsEnabled: true,
    AlarmActions: ["arn:aws:sns:ap-northeast-2:111122223333:pages"],
    StateValue: "ALARM",
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    ...more,
  };
} // prettier-ignore

export function describedAlarms(...MetricAlarms: readonly Values[]) {
  return { MetricAlarms, CompositeAlarms: [] };
}

/** `kubectl get deployments --all-namespaces --output json`. */
export function listed(...items: readonly Values[]) {
  return { apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" }, items };
}

export function deployment(name: string, labels: Words, metadata: Values = {}) {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "shop", labels, uid: "5", ...metadata },
    spec: { replicas: 2, template: { metadata: { labels }, spec: { containers: [] } } },
  };
}
