/** Containers and functions: ECS and Lambda. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { list, object, text, type Properties } from "../engine/values";
import { arn, awsType, defaulted, given, oneOf, regionalName, volatile, within } from "./awsType";
import { targetGroupType } from "./compute";
import { roleType } from "./iam";
import { subnetType } from "./network";
import { securityGroupType } from "./securityGroups";

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
  if (definitions !== undefined) {
    for (const problem of containerProblems(definitions)) refuse("containerDefinitions", problem);
  }
  oneOf(inputs, refuse, "networkMode", ["none", "bridge", "awsvpc", "host"]);
  oneOf(inputs, refuse, "requiresCompatibilities[]", ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]);
  if (!list(inputs["requiresCompatibilities"]).includes("FARGATE")) return;
  for (const key of ["cpu", "memory"]) {
    if (inputs[key] === undefined) refuse(key, `${key} is required for FARGATE, as a text such as "256" or "512".`);
  }
  if (inputs["networkMode"] !== "awsvpc") refuse("networkMode", 'networkMode must be "awsvpc" for FARGATE.');
}

function containerProblems(json: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return ["containerDefinitions must be a list in JSON. Build it with JSON.stringify([...])."];
  }
  if (!Array.isArray(parsed) || parsed.length === 0)
    return ["containerDefinitions must be a list of at least one container."];
  return parsed.flatMap((each: unknown, index) =>
    ["name", "image"].flatMap((key) =>
      typeof each === "object" && each !== null && typeof (each as Record<string, unknown>)[key] === "string"
        ? []
        : [`containerDefinitions[${index}] must have a ${key}.`],
    ),
  );
}

const service = awsType({
  token: "aws:ecs/service:Service",
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

function serviceArn(making: Making): string {
  const owner = given(making, "cluster");
  const name = owner === "" ? "default" : owner.slice(owner.lastIndexOf("/") + 1);
  return arn(making, "ecs", `service/${name}/${given(making, "name")}`);
}

const lambda = awsType({
  token: "aws:lambda/function:Function",
  id: (making) => given(making, "name"),
  naming: regionalName("name", 64, {
    pattern: /^[\w-]+$/,
    patternText: "letters, digits, hyphens and underscores",
    prefixPath: undefined,
  }),
  replaceOn: ["name", "packageType"],
  defaults: { memorySize: 128, timeout: 3, packageType: "Zip", publish: false },
  references: [
    { path: "role", to: [roleType], bond: "needs" },
    { path: "vpcConfig.subnetIds[]", to: [subnetType], bond: "holds" },
    { path: "vpcConfig.securityGroupIds[]", to: [securityGroupType], bond: "holds" },
  ],
  check: checkFunction,
  outputs: {
    arn: functionArn,
    invokeArn: (making) =>
      arn({ place: making.place }, "apigateway", `lambda:path/2015-03-31/functions/${functionArn(making)}/invocations`),
    qualifiedArn: volatile((making) => `${functionArn(making)}:${versionOf(making)}`),
    version: volatile(versionOf),
    lastModified: ({ created }) => created,
    architectures: () => ["x86_64"],
    sourceCodeSize: () => 0,
    tracingConfig: () => ({ mode: "PassThrough" }),
  },
});

function functionArn(making: Making): string {
  return arn(making, "lambda", `function:${given(making, "name")}`);
}

function versionOf({ inputs, revision }: Making): string {
  return inputs["publish"] === true ? String(revision) : "$LATEST";
}

function checkFunction(inputs: Properties, refuse: Refuse): void {
  within(inputs, refuse, "memorySize", 128, 10_240);
  within(inputs, refuse, "timeout", 1, 900);
  const sources = ["code", "imageUri", "s3Bucket"].filter((key) => inputs[key] !== undefined);
  if (sources.length !== 1) refuse("code", "Exactly one of code, imageUri and s3Bucket must be given.");
  if (inputs["packageType"] !== "Zip") return;
  for (const key of ["handler", "runtime"]) {
    if (inputs[key] === undefined) refuse(key, `${key} is required for packageType Zip.`);
  }
  if (Object.keys(object(inputs["imageConfig"])).length > 0)
    refuse("imageConfig", "imageConfig is for packageType Image only.");
}

export const containerTypes: readonly ResourceType[] = [cluster, taskDefinition, service, lambda];
