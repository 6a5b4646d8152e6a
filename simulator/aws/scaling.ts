/** Scaling of what is not a group of instances, and the quotas of an account. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { number, object, text, type Properties } from "../engine/values";
import { arn, awsType, given, oneOf, regionalName, within } from "./awsType";
import { ecsServiceType, lambdaAliasType } from "./types";

const targetType = "aws:appautoscaling/target:Target";

/** Dimensions by the namespace that they belong to (Application Auto Scaling API Reference, RegisterScalableTarget). */
const dimensions: Readonly<Record<string, readonly string[]>> = {
  ecs: ["ecs:service:DesiredCount"],
  lambda: ["lambda:function:ProvisionedConcurrency"],
  dynamodb: [
    "dynamodb:table:ReadCapacityUnits",
    "dynamodb:table:WriteCapacityUnits",
    "dynamodb:index:ReadCapacityUnits",
    "dynamodb:index:WriteCapacityUnits",
  ],
  rds: ["rds:cluster:ReadReplicaCount"],
};

function keyOf(inputs: Properties, place: string): string {
  return [place, text(inputs["serviceNamespace"]), text(inputs["resourceId"]), text(inputs["scalableDimension"])].join(
    "|",
  );
}

const target = awsType({
  token: targetType,
  id: (making) => given(making, "resourceId"),
  replaceOn: ["resourceId", "scalableDimension", "serviceNamespace"],
  uniqueness: (inputs, place) => [keyOf(inputs, place)],
  check: (inputs, refuse) => {
    checkDimension(inputs, refuse);
    const [least, most] = [number(inputs["minCapacity"]), number(inputs["maxCapacity"])];
    within(inputs, refuse, "minCapacity", 0, 10_000);
    if (least !== undefined && most !== undefined && most < least) {
      refuse("maxCapacity", `maxCapacity must be at least minCapacity ${least}, and is ${most}.`);
    }
  },
  admit: (making) => {
    const id = given(making, "resourceId");
    const type = { ecs: ecsServiceType, lambda: lambdaAliasType }[given(making, "serviceNamespace")];
    if (type === undefined || making.cloud.find([type], making.place, id)) return;
    throw new Refusal(
      "noReference",
      `${making.urn}: ValidationException: there is no ${type} ${id} in ${making.place}. Create it first, or ` +
        "take its names.",
    );
  },
  outputs: {
    arn: (making) => arn(making, "application-autoscaling", `scalable-target/${making.hex(32)}`),
    roleArn: (making) =>
      arn(
        { place: "global" },
        "iam",
        `role/aws-service-role/${given(making, "serviceNamespace")}.application-autoscaling`,
      ),
    suspendedState: () => ({
      dynamicScalingInSuspended: false,
      dynamicScalingOutSuspended: false,
      scheduledScalingSuspended: false,
    }),
  },
});

function checkDimension(inputs: Properties, refuse: Refuse): void {
  const known = dimensions[text(inputs["serviceNamespace"]) ?? ""];
  if (known) oneOf(inputs, refuse, "scalableDimension", known);
}

const metrics = ["predefinedMetricSpecification", "customizedMetricSpecification"];

const policy = awsType({
  token: "aws:appautoscaling/policy:Policy",
  tagged: false,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255, {
    space: keyOf,
    pattern: /^[^\r\n]+$/,
    patternText: "on one line",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
  defaults: { policyType: "StepScaling" },
  references: [{ path: "resourceId", to: [targetType], bond: "dies" }],
  check: (inputs, refuse) => {
    checkDimension(inputs, refuse);
    oneOf(inputs, refuse, "policyType", ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"]);
    const tracking = inputs["targetTrackingScalingPolicyConfiguration"];
    if (inputs["policyType"] === "TargetTrackingScaling" && tracking === undefined) {
      refuse(
        "targetTrackingScalingPolicyConfiguration",
        "targetTrackingScalingPolicyConfiguration is required with TargetTrackingScaling.",
      );
    }
    if (tracking !== undefined && metrics.every((key) => object(tracking)[key] === undefined)) {
      refuse("targetTrackingScalingPolicyConfiguration", `One of ${metrics.join(" and ")} is required. Give one.`);
    }
  },
  outputs: {
    arn: (making) =>
      arn(
        making,
        "autoscaling",
        `scalingPolicy:${making.hex(32)}:resource/${given(making, "serviceNamespace")}/` +
          `${given(making, "resourceId")}:policyName/${given(making, "name")}`,
      ),
    alarmArns: () => [],
  },
});

/** What a new account may have of each (the quotas' pages in AWS' General Reference). */
const usual: Readonly<Record<string, readonly [name: string, value: number]>> = {
  "fargate/L-3032A538": ["Fargate On-Demand vCPU resource count", 6],
  "ec2/L-1216C47A": ["Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 5],
  "ec2/L-0263D0A3": ["EC2-VPC Elastic IPs", 5],
  "lambda/L-B99A9384": ["Concurrent executions", 1000],
};

const quota = awsType({
  token: "aws:servicequotas/serviceQuota:ServiceQuota",
  tagged: false,
  id: (making) => quotaKey(making.inputs),
  replaceOn: ["serviceCode", "quotaCode"],
  uniqueness: (inputs, place) => [`${place}|${quotaKey(inputs)}`],
  check: (inputs, refuse) => {
    const [name, least] = usual[quotaKey(inputs)] ?? [];
    const value = number(inputs["value"]);
    if (least !== undefined && value !== undefined && value < least) {
      refuse(
        "value",
        `value must be at least ${least}, which an account has of "${name}" from the start, and is ${value}.`,
      );
    }
  },
  outputs: {
    arn: (making) => arn(making, "servicequotas", quotaKey(making.inputs)),
    adjustable: () => true,
    defaultValue: ({ inputs }) => usual[quotaKey(inputs)]?.[1] ?? 0,
    quotaName: ({ inputs }) => usual[quotaKey(inputs)]?.[0] ?? "",
    serviceName: ({ inputs }) => text(inputs["serviceCode"]) ?? "",
    requestId: (making: Making) => making.hex(32, "request"),
    requestStatus: () => "PENDING",
    usageMetrics: () => [],
  },
});

function quotaKey(inputs: Properties): string {
  return `${text(inputs["serviceCode"]) ?? ""}/${text(inputs["quotaCode"]) ?? ""}`;
}

export const scalingTypes: readonly ResourceType[] = [target, policy, quota];
