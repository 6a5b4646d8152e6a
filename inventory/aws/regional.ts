/**
 * Services that AWS runs in a region as a whole, in at least three zones (for each, its own documentation on resilience):
 * a zone's loss does not stop them, the region's does.
 */
import { known, type Known, type Layer } from "../../model";
import type { Reader, ReadContext } from "../reader";
import type { Draft, Sharing } from "../draft";
import type { Resource } from "../resource";
import { each, replicasOf } from "../spread";
import { amountAt, textAt } from "../values";
import { appRunnerTypes, functionTypes } from "./entrances";
import { named, placeInZones } from "./placing";
import { stateConcurrency } from "./quotas/quotas";
import type { AwsPlaces } from "./region";

const one = known(1);
const scalingTypes = ["aws:apprunner/autoScalingConfigurationVersion:AutoScalingConfigurationVersion"] as const;

/** Places a resource in its region. */
export function placeInRegion(
  resource: Resource,
  layer: Layer,
  sharing: Sharing,
  into: Draft,
  context: ReadContext,
  names: readonly string[] = ["name"],
): void {
  const { aws } = context;
  const region = aws.regionOf(resource);
  const named = names.map((key) => textAt(resource, key)).find((name) => name !== undefined) ?? resource.name;
  into.place({
    resource,
    layer,
    sharing,
    scope: region.known ? region.value : (resource.provider ?? ""),
    workload: withoutRegion(named, region, aws),
    replicas: replicasOf(resource, { units: one, places: each(aws.regional(resource)) }, context),
  });
}

/** `orders-ap-northeast-2` and `orders-tokyo` are one workload in two sites. */
export function withoutRegion(name: string, region: Known<string>, aws: AwsPlaces): string {
  if (!region.known) return name;
  for (const word of aws.wordsFor(region.value)) {
    if (name.startsWith(`${word}-`)) return name.slice(word.length + 1);
    if (name.endsWith(`-${word}`)) return name.slice(0, -word.length - 1);
  }
  return name;
}

const wordsOf = { queue: "a queue", compute: "a unit", registry: "images", secrets: "a parameter" } as const;

function regional(
  type: string,
  layer: keyof typeof wordsOf,
  sharing: Sharing,
  names?: readonly string[],
  what: string = wordsOf[layer],
): Reader {
  return {
    types: [type],
    gives: `${what} in its region`,
    read: (resource, into, context) => placeInRegion(resource, layer, sharing, into, context, names),
  };
}

export const regionalServices: readonly Reader[] = [
  regional("aws:sqs/queue:Queue", "queue", "companion"),
  regional("aws:sns/topic:Topic", "queue", "companion"),
  regional("aws:kinesis/stream:Stream", "queue", "companion"),
  regional("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "queue", "companion"),
  regional("aws:cloudwatch/eventBus:EventBus", "queue", "companion"),
  regional("aws:msk/serverlessCluster:ServerlessCluster", "queue", "companion", ["clusterName"]),
  {
    types: functionTypes,
    gives: "a unit in its region, and the executions that are set apart for it",
    read(resource, into, context) {
      placeInRegion(resource, "compute", "service", into, context);
      stateConcurrency(resource, into, context);
    },
  },
  regional("aws:sfn/stateMachine:StateMachine", "compute", "service"),
  regional("aws:scheduler/schedule:Schedule", "queue", "companion", ["name"], "what starts work by the clock"),
  // Mail is sent, and a domain is verified, by region: without it the other regions have to be verified too.
  ...[
    "aws:ses/domainIdentity:DomainIdentity",
    "aws:ses/emailIdentity:EmailIdentity",
    "aws:sesv2/emailIdentity:EmailIdentity",
  ].map((type) => regional(type, "queue", "companion", ["domain", "email", "emailIdentity"], "a sender of mail")),
  regional("aws:ecr/repository:Repository", "registry", "companion"),
  regional("aws:ssm/parameter:Parameter", "secrets", "companion"),
];

/** Instances that are always there; more are started with the requests, up to the configured most. */
export const appRunnerServices: Reader = {
  gives: "units in its region, bounds of its scaling",
  types: appRunnerTypes,
  read(resource, into, context) {
    const scaling = named(resource, "autoScalingConfigurationArn", scalingTypes, context);
    const minimum = scaling === undefined ? one : amountAt(scaling, ["minSize"], 1);
    placeInZones(
      resource,
      {
        layer: "compute",
        sharing: "service",
        zones: context.aws.regional(resource),
        units: minimum,
        workload: withoutRegion(
          textAt(resource, "serviceName") ?? resource.name,
          context.aws.regionOf(resource),
          context.aws,
        ),
      },
      into,
      context,
    );
    // App Runner's default: 25 instances at most.
    const maximum = scaling === undefined ? known(25) : amountAt(scaling, ["maxSize"], 25);
    into.state({ kind: "autoscaling", urn: resource.urn, minimum, maximum });
  },
};

/** An alarm or a canary watches what its tags say; one that says nothing watches nobody's service in particular. */
export const alarms: Reader = {
  gives: "monitoring in its region, where it says whose it is",
  types: [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    "aws:synthetics/canary:Canary",
  ],
  read(resource, into, context) {
    if (context.identities.of(resource).claim === "derived") return;
    placeInRegion(resource, "monitoring", "companion", into, context);
  },
};
