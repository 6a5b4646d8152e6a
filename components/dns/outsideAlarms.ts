import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { tagKeys } from "../../model";
import { physicalName } from "../common/names";

/** A site of a public name. */
export interface WatchedSite {
  readonly domainName: string;
  readonly service: string;
  readonly site: string;
  /** Health checks of its addresses. */
  readonly checkIds: readonly pulumi.Input<string>[];
}

export interface OutsideAlarmsArgs {
  /** Sites of all public names. */
  readonly watched: readonly WatchedSite[];
  /** Whom alarms are mailed to; each has to confirm once. @default nobody: the alarms are seen by who looks */
  readonly emails?: readonly string[];
}

/**
 * Metrics of health checks are there alone (Amazon Route 53 Developer Guide, "Monitoring health checks using
 * CloudWatch").
 */
const outsideRegion = "us-east-1";

/**
 * An alarm for each site of each public name, told when any of its addresses has been dead for a minute. It stands in
 * none of the sites: in the region to which Route 53 writes what its checkers see from three others.
 *
 * Cost: an alarm for each site and name, and mail.
 */
export class OutsideAlarms extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: OutsideAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("duplex:dns:OutsideAlarms", name, {}, options);
    // Judged by itself, as little as anything is: no request needs it.
    const tags = { [tagKeys.tier]: "standard" };
    const topic = new sns.Topic(name, { region: outsideRegion, name: physicalName(name, 256), tags }, { parent: this });
    for (const endpoint of args.emails ?? []) {
      const mail = { region: outsideRegion, topic: topic.arn, protocol: "email", endpoint };
      new sns.TopicSubscription(`${name}-${endpoint}`, mail, { parent: this });
    }
    for (const site of args.watched) createAlarm(this, `${name}-${site.service}-${site.site}`, site, topic.arn);
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: topic.arn });
  }
}

function createAlarm(parent: OutsideAlarms, name: string, watched: WatchedSite, topicArn: pulumi.Output<string>): void {
  const { domainName, site, checkIds } = watched;
  new cloudwatch.MetricAlarm(
    name,
    {
      region: outsideRegion,
      name: physicalName(name, 255),
      alarmDescription: `${domainName} has left an address of site ${site}.`,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 1,
      // No figure is a checker that cannot see the site.
      treatMissingData: "breaching",
      metricQueries: [
        {
          id: "alive",
          expression: `MIN([${checkIds.map((_, index) => `m${index}`).join(", ")}])`,
          label: "Addresses that answer",
          returnData: true,
        },
        ...checkIds.map((checkId, index) => ({
          id: `m${index}`,
          metric: {
            namespace: "AWS/Route53",
            metricName: "HealthCheckStatus",
            dimensions: { HealthCheckId: checkId },
            period: 60,
            stat: "Minimum",
          },
        })),
      ],
      alarmActions: [topicArn],
      okActions: [topicArn],
    },
    { parent },
  );
}
