/** What is seen of a service from inside of its region: its output, and the alarms that stop a deployment. */
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { helperTags } from "../common/identity";
import { physicalName } from "../common/names";
import type { Settled } from "./args";
import type { Balanced } from "./balancer";
import { commonOf } from "./firewall";

type Parent = pulumi.ComponentResource;

export function createLogGroup(parent: Parent, name: string, args: Settled): cloudwatch.LogGroup {
  const full = `/duplex/${pulumi.getProject()}/${pulumi.getStack()}/${name}`;
  return new cloudwatch.LogGroup(name, { ...commonOf(args), name: full, retentionInDays: args.logDays }, { parent });
}

/** Failures in a minute from which a deployment is taken back: more than a lone request that a client broke off. */
const failuresAMinute = 10;

/**
 * The alarm that takes a deployment back: units that answer with errors, or that are not ready. It stands in the region
 * of the units, for there alone their figures are; and it bears one name in every region, for it is one alarm of one
 * service.
 */
export function createDeploymentAlarm(
  parent: Parent,
  name: string,
  args: Settled,
  { dimensions }: Balanced,
): cloudwatch.MetricAlarm {
  const { alarmTopicArn, identity, site } = args;
  const actions = alarmTopicArn === undefined ? [] : [alarmTopicArn];
  const query = (id: string, metricName: string, stat: string) => ({
    id,
    metric: { namespace: "AWS/ApplicationELB", metricName, dimensions, period: 60, stat },
  });
  return new cloudwatch.MetricAlarm(
    name,
    {
      region: site.region,
      tags: helperTags("alarms", "monitoring", site.name),
      name: physicalName(`${identity.service}-deployment`, 255),
      alarmDescription: `Units of ${identity.service} answer with errors, or are not ready.`,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      evaluationPeriods: 2,
      // No request is no failure.
      treatMissingData: "notBreaching",
      metricQueries: [
        {
          id: "wrong",
          expression: `IF(FILL(failures, 0) > ${failuresAMinute} OR FILL(unready, 0) > 0, 1, 0)`,
          label: "Something is wrong",
          returnData: true,
        },
        query("failures", "HTTPCode_Target_5XX_Count", "Sum"),
        query("unready", "UnHealthyHostCount", "Minimum"),
      ],
      alarmActions: actions,
      okActions: actions,
    },
    { parent },
  );
}
