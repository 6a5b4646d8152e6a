/** Containers of ECS. */
import { Refusal } from "../errors";
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { list, number, object, text, type Properties } from "../engine/values";
import type { CloudObject } from "../store/object";
import { arn, awsType, defaulted, given, oneOf, referred, regionalName, within } from "./awsType";
import { targetGroupType } from "./compute";
import { containersOf, type Container } from "./containerDefinitions";
import { roleType } from "./iam";
import { balancersOf } from "./loadBalancing";
import { subnetType } from "./network";
import { refuseOtherNetworks, networkOf } from "./sameNetwork";
import { securityGroupType } from "./securityGroups";
import { ecsServiceType } from "./types";

const clusterType = "aws:ecs/cluster:Cluster";
const taskType = "aws:ecs/taskDefinition:TaskDefinition";

const ecsName = regionalName("name", 255, {
  pattern: /^[\w-]+$/,
  patternText: "letters, digits, hyphens and underscores",
  prefixPath: undefined,
});

const cluster = awsType({
  token: clusterType,
  id: (making) => arn(making, "ecs", `cluster/${given(making, "name")}`),
  naming: ecsName,
  replaceOn: ["name"],
  sets: ["settings"],
  handles: ["arn", "name"],
  outputs: {
    arn: (making) => making.id,
    settings: () => [{ name: "containerInsights", value: "disabled" }],
  },
});

const taskDefinition = awsType({
  token: taskType,
  // A revision is an object of its own, and never changes.
  id: (making) => `${taskArn(making)}:${revisionOf(making)}`,
  replaceOn: "all",
  updatable: ["tags", "skipDestroy", "trackLatest"],
  sets: ["requiresCompatibilities"],
  defaults: { skipDestroy: false, trackLatest: false },
  references: [
    { path: "executionRoleArn", to: [roleType], bond: "needs" },
    { path: "taskRoleArn", to: [roleType], bond: "needs" },
  ],
  check: checkTask,
  outputs: {
    arn: (making) => making.id,
    arnWithoutRevision: taskArn,
    revision: revisionOf,
    networkMode: () => "bridge",
  },
});

function taskArn(making: Making): string {
  return arn(making, "ecs", `task-definition/${given(making, "family")}`);
}

/** Revisions grow; here by the order of creation in the whole cloud, so that no two are alike. */
function revisionOf(making: Making): number {
  return making.serial;
}

function checkTask(inputs: Properties, refuse: Refuse): void {
  const definitions = text(inputs["containerDefinitions"]);
  const containers = definitions === undefined ? [] : containersOf(definitions, refuse);
  oneOf(inputs, refuse, "networkMode", ["none", "bridge", "awsvpc", "host"]);
  oneOf(inputs, refuse, "requiresCompatibilities[]", ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]);
  if (!list(inputs["requiresCompatibilities"]).includes("FARGATE")) return;
  checkSize(inputs, refuse);
  if (inputs["networkMode"] !== "awsvpc") refuse("networkMode", 'networkMode must be "awsvpc" for FARGATE.');
  const needsRole = containers.some(({ isPrivate, logs, secrets }) => isPrivate || logs || secrets > 0);
  if (needsRole && inputs["executionRoleArn"] === undefined) {
    refuse(
      "executionRoleArn",
      "executionRoleArn is required on FARGATE for images of ECR, logs of CloudWatch and secrets.",
    );
  }
}

/** MiB that go with each number of CPU units (Amazon ECS Developer Guide, "Fargate task sizes"). */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

function checkSize(inputs: Properties, refuse: Refuse): void {
  for (const key of ["cpu", "memory"]) {
    if (inputs[key] === undefined) refuse(key, `${key} is required for FARGATE, as a text such as "256" or "512".`);
  }
  const [cpu, memory] = [text(inputs["cpu"]), text(inputs["memory"])].map(Number) as [number, number];
  if (text(inputs["cpu"]) === undefined || text(inputs["memory"]) === undefined) return;
  const [least, most, step] = sizes[cpu] ?? [];
  if (least === undefined || most === undefined || step === undefined) {
    refuse("cpu", `cpu must be one of ${Object.keys(sizes).join(", ")}, and is ${cpu}.`);
  } else if (!(memory >= least && memory <= most && (memory - least) % step === 0)) {
    // A quarter of a CPU has 512, 1024 or 2048 MiB only.
    refuse("memory", `memory must be from ${least} to ${most} in steps of ${step} with cpu ${cpu}, and is ${memory}.`);
  }
}

const service = awsType({
  token: ecsServiceType,
  id: serviceArn,
  naming: { ...ecsName, space: ({ cluster: of }, place) => `${place}/${text(of) ?? "default"}` },
  replaceOn: ["name", "cluster", "launchType", "schedulingStrategy", "enableEcsManagedTags"],
  sets: ["loadBalancers", "capacityProviderStrategies"],
  references: [
    { path: "cluster", to: [clusterType], bond: "holds" },
    { path: "taskDefinition", to: [taskType], bond: "needs" },
    { path: "loadBalancers[].targetGroupArn", to: [targetGroupType], bond: "needs" },
    { path: "networkConfiguration.subnets[]", to: [subnetType], bond: "holds" },
    { path: "networkConfiguration.securityGroups[]", to: [securityGroupType], bond: "holds" },
  ],
  alsoKnownAs: ({ id }) => [(text(id) ?? "").split(":").pop() ?? ""],
  admit: admitService,
  check: (inputs, refuse) => {
    within(inputs, refuse, "desiredCount", 0, 5000);
    oneOf(inputs, refuse, "launchType", ["EC2", "FARGATE", "EXTERNAL"]);
    if (inputs["launchType"] === "FARGATE" && inputs["networkConfiguration"] === undefined) {
      refuse("networkConfiguration", "networkConfiguration is required with launchType FARGATE. Give subnets.");
    }
    if (inputs["launchType"] !== undefined && list(inputs["capacityProviderStrategies"]).length > 0) {
      refuse("launchType", "launchType and capacityProviderStrategies exclude each other. Remove one of them.");
    }
  },
  outputs: {
    arn: serviceArn,
    launchType: defaulted("launchType", ({ inputs }) =>
      inputs["capacityProviderStrategies"] === undefined ? "EC2" : undefined,
    ),
    platformVersion: defaulted("platformVersion", ({ inputs }) =>
      inputs["launchType"] === "FARGATE" ? "LATEST" : undefined,
    ),
    schedulingStrategy: () => "REPLICA",
    availabilityZoneRebalancing: () => "DISABLED",
  },
});

/** The containers behind the balancer are there, and the balancer is. */
function admitService(making: Making): void {
  const { inputs } = making;
  const network = object(inputs["networkConfiguration"]);
  refuseOtherNetworks(making, { subnets: network["subnets"], groups: network["securityGroups"] });
  const task = referred(making, [taskType], inputs["taskDefinition"]);
  const containers = task ? containersOf(text(task.state["containerDefinitions"]) ?? "[]", () => undefined) : [];
  for (const balanced of list(inputs["loadBalancers"]).map(object)) {
    if (task) refuseMissingPort(making, containers, balanced);
    const group = referred(making, [targetGroupType], balanced["targetGroupArn"]);
    if (group) refuseUnfitGroup(making, group, networkOf(making, network["subnets"]), task);
  }
}

function refuseMissingPort(making: Making, containers: readonly Container[], balanced: Properties): void {
  const [name, port] = [text(balanced["containerName"]), number(balanced["containerPort"])];
  if (containers.some((one) => one.name === name && port !== undefined && one.ports.includes(port))) return;
  throw new Refusal(
    "invalid",
    `${making.urn}: InvalidParameterException: the container ${name ?? ""} has no containerPort ${port ?? ""} ` +
      "defined. " +
      `Add it to the portMappings of the task definition.`,
  );
}

function refuseUnfitGroup(
  making: Making,
  group: CloudObject,
  network: string | undefined,
  task: CloudObject | undefined,
): void {
  const fail = (reason: string): never => {
    throw new Refusal("invalid", `${making.urn}: InvalidParameterException: the target group ${group.id} ${reason}`);
  };
  if (balancersOf(making.cloud, group).length === 0) {
    fail("does not have an associated load balancer. Create the listener that sends to it first (dependsOn).");
  }
  if (network !== undefined && group.state["vpcId"] !== network) fail("stands in another network than the subnets.");
  const wanted = task?.state["networkMode"] === "awsvpc" ? "ip" : "instance";
  if (task && group.state["targetType"] !== wanted) fail(`must be of type ${wanted} for this task's network mode.`);
}

function serviceArn(making: Making): string {
  const owner = given(making, "cluster");
  const name = owner === "" ? "default" : owner.slice(owner.lastIndexOf("/") + 1);
  return arn(making, "ecs", `service/${name}/${given(making, "name")}`);
}

export const containerTypes: readonly ResourceType[] = [cluster, taskDefinition, service];
