/** Launch templates, autoscaling groups and capacity reservations. */
import type { Refuse, ResourceType } from "../engine/resourceType";
import { list, number, object, text, texts, type Properties } from "../engine/values";
import { arn, awsType, given, oneOf, ownerId, regionalName, volatile, within } from "./awsType";
import { subnetType } from "./network";
import { zoneOf } from "./regions";
import { securityGroupType } from "./securityGroups";

export const targetGroupType = "aws:lb/targetGroup:TargetGroup";
export const instanceProfileType = "aws:iam/instanceProfile:InstanceProfile";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const groupType = "aws:autoscaling/group:Group";

const launchTemplate = awsType({
  token: templateType,
  id: (making) => `lt-0${making.hex(16)}`,
  naming: regionalName("name", 128, { pattern: /^[\w()./-]{3,}$/, patternText: "3 or more letters, digits or ()./-_" }),
  replaceOn: ["name", "namePrefix"],
  references: [
    { path: "vpcSecurityGroupIds[]", to: [securityGroupType], bond: "holds" },
    { path: "networkInterfaces[].securityGroups[]", to: [securityGroupType], bond: "holds" },
    { path: "iamInstanceProfile.name", to: [instanceProfileType], bond: "needs" },
    { path: "iamInstanceProfile.arn", to: [instanceProfileType], bond: "needs" },
  ],
  sets: ["vpcSecurityGroupIds"],
  handles: ["arn", "name"],
  outputs: {
    arn: (making) => arn(making, "ec2", `launch-template/${making.id}`),
    defaultVersion: volatile(({ inputs, old, revision }) =>
      inputs["updateDefaultVersion"] === true ? revision : (old?.state["defaultVersion"] ?? 1),
    ),
    latestVersion: volatile(({ revision }) => revision),
  },
});

const capacityReservation = awsType({
  token: "aws:ec2/capacityReservation:CapacityReservation",
  id: (making) => `cr-0${making.hex(16)}`,
  replaceOn: ["availabilityZone", "instanceType", "instancePlatform", "tenancy", "ebsOptimized", "ephemeralStorage"],
  zonePaths: ["availabilityZone"],
  zone: (making) => zoneOf(making.place, given(making, "availabilityZone"))?.id,
  check: (inputs, refuse) => {
    within(inputs, refuse, "instanceCount", 1, 1000);
    oneOf(inputs, refuse, "instanceMatchCriteria", ["open", "targeted"]);
  },
  outputs: {
    arn: (making) => arn(making, "ec2", `capacity-reservation/${making.id}`),
    ownerId,
    endDateType: () => "unlimited",
    instanceMatchCriteria: () => "open",
    tenancy: () => "default",
  },
});

const group = awsType({
  token: groupType,
  tagged: false,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255),
  replaceOn: ["name", "namePrefix"],
  defaults: { healthCheckGracePeriod: 300, forceDelete: false, waitForCapacityTimeout: "10m" },
  sets: ["vpcZoneIdentifiers", "availabilityZones", "targetGroupArns", "tags", "enabledMetrics", "suspendedProcesses"],
  zonePaths: ["availabilityZones[]"],
  references: [
    { path: "vpcZoneIdentifiers[]", to: [subnetType], bond: "holds" },
    { path: "targetGroupArns[]", to: [targetGroupType], bond: "needs" },
    { path: "launchTemplate.id", to: [templateType], bond: "holds" },
    { path: "launchTemplate.name", to: [templateType], bond: "holds" },
    {
      path: "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
      to: [templateType],
      bond: "holds",
    },
  ],
  check: checkGroup,
  outputs: {
    arn: (making) => {
      const name = given(making, "name");
      const head = `${making.hex(8)}-${making.hex(4, "u")}-4${making.hex(3, "v")}`;
      const uuid = `${head}-8${making.hex(3, "w")}-${making.hex(12, "x")}`;
      return arn(making, "autoscaling", `autoScalingGroup:${uuid}:autoScalingGroupName/${name}`);
    },
    desiredCapacity: ({ inputs }) => number(inputs["minSize"]),
    defaultCooldown: () => 300,
    healthCheckType: () => "EC2",
    availabilityZones: volatile((making) =>
      zonesOfGroup(making.inputs, (id) => making.cloud.find([subnetType], making.place, id)?.state),
    ),
    serviceLinkedRoleArn: (making) =>
      arn({ place: "global" }, "iam", `role/aws-service-role/autoscaling/${making.place}/AWSServiceRoleForAutoScaling`),
    predictedCapacity: () => 0,
    warmPoolSize: () => 0,
  },
});

function zonesOfGroup(inputs: Properties, subnetState: (id: string) => Properties | undefined): readonly string[] {
  const zones = texts(inputs["vpcZoneIdentifiers"]).flatMap((id) => text(subnetState(id)?.["availabilityZone"]) ?? []);
  return [...new Set(zones)].sort();
}

function checkGroup(inputs: Properties, refuse: Refuse): void {
  const { minSize, maxSize, desiredCapacity } = inputs;
  within(inputs, refuse, "minSize", 0, 10_000);
  if (typeof minSize === "number" && typeof maxSize === "number" && minSize > maxSize) {
    refuse("maxSize", `maxSize must be at least minSize ${minSize}, and is ${maxSize}.`);
  }
  if (typeof desiredCapacity === "number" && typeof minSize === "number" && typeof maxSize === "number") {
    if (desiredCapacity < minSize || desiredCapacity > maxSize) {
      refuse("desiredCapacity", `desiredCapacity must be from ${minSize} to ${maxSize}, and is ${desiredCapacity}.`);
    }
  }
  if (inputs["vpcZoneIdentifiers"] === undefined && inputs["availabilityZones"] === undefined) {
    refuse("vpcZoneIdentifiers", "One of vpcZoneIdentifiers and availabilityZones must be given. Give subnets.");
  }
  const sources = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"].filter(
    (key) => inputs[key] !== undefined,
  );
  if (sources.length !== 1) {
    refuse(
      "launchTemplate",
      `Exactly one of launchTemplate, mixedInstancesPolicy and launchConfiguration must be given.`,
    );
  }
  oneOf(inputs, refuse, "healthCheckType", ["EC2", "ELB", "EBS", "VPC_LATTICE"]);
}

const policyTypes = ["SimpleScaling", "StepScaling", "TargetTrackingScaling", "PredictiveScaling"];

const policy = awsType({
  token: "aws:autoscaling/policy:Policy",
  tagged: false,
  id: (making) => given(making, "name"),
  naming: regionalName("name", 255, {
    space: ({ autoscalingGroupName }, place) => `${place}/${text(autoscalingGroupName) ?? ""}`,
    prefixPath: undefined,
  }),
  replaceOn: ["name", "autoscalingGroupName"],
  defaults: { policyType: "SimpleScaling", enabled: true },
  references: [{ path: "autoscalingGroupName", to: [groupType], bond: "dies" }],
  check: (inputs, refuse) => {
    oneOf(inputs, refuse, "policyType", policyTypes);
    if (inputs["policyType"] === "TargetTrackingScaling" && inputs["targetTrackingConfiguration"] === undefined) {
      refuse("targetTrackingConfiguration", "targetTrackingConfiguration is required with TargetTrackingScaling.");
    }
    if (inputs["policyType"] === "StepScaling" && list(inputs["stepAdjustments"]).length === 0) {
      refuse("stepAdjustments", "stepAdjustments is required with StepScaling.");
    }
    const tracking = object(inputs["targetTrackingConfiguration"]);
    const metrics = ["predefinedMetricSpecification", "customizedMetricSpecification"];
    if (inputs["targetTrackingConfiguration"] !== undefined && metrics.every((key) => tracking[key] === undefined)) {
      refuse("targetTrackingConfiguration", `One of ${metrics.join(" and ")} is required. Give one.`);
    }
  },
  outputs: {
    arn: (making) => {
      const group = given(making, "autoscalingGroupName");
      return arn(
        making,
        "autoscaling",
        `scalingPolicy:${making.hex(32)}:autoScalingGroupName/${group}:policyName/${given(making, "name")}`,
      );
    },
  },
});

export const computeTypes: readonly ResourceType[] = [launchTemplate, capacityReservation, group, policy];
