/** Workloads: what runs pods, and what bounds them. */
import type { Making, Refuse, ResourceType } from "../engine/resourceType";
import { at, number, text, UNKNOWN, type Properties } from "../engine/values";
import { kubernetesType, oneOf } from "./kubernetesType";
import { checkSelector, checkTemplate } from "./pods";

function replicasOf(inputs: Properties): number {
  return number(at(inputs, "spec.replicas")) ?? 1;
}

function checkReplicas(inputs: Properties, refuse: Refuse): void {
  const replicas = number(at(inputs, "spec.replicas"));
  if (replicas !== undefined && (replicas < 0 || !Number.isInteger(replicas))) {
    refuse("spec.replicas", `spec.replicas must be a whole number of at least 0, and is ${replicas}.`);
  }
}

function checkWorkload(inputs: Properties, refuse: Refuse): void {
  checkReplicas(inputs, refuse);
  checkSelector(inputs, refuse);
  checkTemplate(inputs, refuse, "spec.template", ["Always"]);
}

/** Rolled out: the provider waits for it, and a simulated cluster has room for all. */
function rolledOut({ inputs, revision }: Pick<Making, "inputs" | "revision">): Properties {
  const replicas = replicasOf(inputs);
  return {
    observedGeneration: revision,
    replicas,
    readyReplicas: replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
  };
}

function statusOfSet(object: Pick<Making, "inputs" | "revision">): Properties {
  return { ...rolledOut(object), currentReplicas: replicasOf(object.inputs) };
}

const deployment = kubernetesType({
  token: "kubernetes:apps/v1:Deployment",
  immutable: ["spec.selector"],
  check: (inputs, refuse) => {
    checkWorkload(inputs, refuse);
    oneOf(inputs, refuse, "spec.strategy.type", ["RollingUpdate", "Recreate"]);
  },
  defaults: () => ({
    "spec.replicas": 1,
    "spec.revisionHistoryLimit": 10,
    "spec.progressDeadlineSeconds": 600,
    "spec.strategy": { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
  }),
  status: rolledOut,
  statusOfChanged: rolledOut,
});

const statefulSet = kubernetesType({
  token: "kubernetes:apps/v1:StatefulSet",
  immutable: ["spec.selector", "spec.serviceName", "spec.volumeClaimTemplates", "spec.podManagementPolicy"],
  check: (inputs, refuse) => {
    checkWorkload(inputs, refuse);
    oneOf(inputs, refuse, "spec.podManagementPolicy", ["OrderedReady", "Parallel"]);
  },
  defaults: () => ({ "spec.replicas": 1, "spec.revisionHistoryLimit": 10, "spec.podManagementPolicy": "OrderedReady" }),
  status: statusOfSet,
  statusOfChanged: statusOfSet,
});

const daemonSet = kubernetesType({
  token: "kubernetes:apps/v1:DaemonSet",
  immutable: ["spec.selector"],
  check: checkWorkload,
  defaults: () => ({ "spec.revisionHistoryLimit": 10 }),
  // The simulated cluster has no nodes, so that no pod of a DaemonSet is wanted.
  status: ({ revision }) => ({
    observedGeneration: revision,
    currentNumberScheduled: 0,
    desiredNumberScheduled: 0,
    numberMisscheduled: 0,
    numberReady: 0,
  }),
});

const job = kubernetesType({
  token: "kubernetes:batch/v1:Job",
  immutable: ["spec.selector", "spec.template", "spec.completionMode"],
  check: (inputs, refuse) => {
    if (inputs["spec"] === undefined) refuse("spec", "spec is required and was not given. Give spec.template.");
    else checkTemplate(inputs, refuse, "spec.template", ["Never", "OnFailure"]);
  },
  defaults: () => ({ "spec.parallelism": 1, "spec.completions": 1, "spec.backoffLimit": 6 }),
  status: ({ inputs }) => ({ succeeded: number(at(inputs, "spec.completions")) ?? 1 }),
});

/** Five fields, or a word such as `@hourly`. */
const schedule = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+|\S+(\s+\S+){4})$/;

const cronJob = kubernetesType({
  token: "kubernetes:batch/v1:CronJob",
  longest: 52,
  check: (inputs, refuse) => {
    const found = text(at(inputs, "spec.schedule"));
    if (found !== undefined && !schedule.test(found)) {
      refuse("spec.schedule", `spec.schedule must have five fields such as "*/5 * * * *", and is "${found}".`);
    }
    oneOf(inputs, refuse, "spec.concurrencyPolicy", ["Allow", "Forbid", "Replace"]);
    if (at(inputs, "spec.jobTemplate") !== UNKNOWN)
      checkTemplate(inputs, refuse, "spec.jobTemplate.spec.template", ["Never", "OnFailure"]);
  },
  defaults: () => ({ "spec.concurrencyPolicy": "Allow", "spec.suspend": false }),
  status: () => ({}),
});

const disruptionBudget = kubernetesType({
  token: "kubernetes:policy/v1:PodDisruptionBudget",
  check: (inputs, refuse) => {
    const both = ["minAvailable", "maxUnavailable"].filter((key) => at(inputs, `spec.${key}`) !== undefined);
    if (both.length === 2)
      refuse("spec.maxUnavailable", "minAvailable and maxUnavailable exclude each other. Remove one.");
    for (const key of both) checkCountOrShare(inputs, refuse, `spec.${key}`);
  },
  status: ({ revision }) => ({
    observedGeneration: revision,
    currentHealthy: 0,
    desiredHealthy: 0,
    disruptionsAllowed: 0,
    expectedPods: 0,
  }),
});

function checkCountOrShare(inputs: Properties, refuse: Refuse, path: string): void {
  const value = at(inputs, path);
  const isCount = typeof value === "number" && value >= 0 && Number.isInteger(value);
  if (isCount || value === UNKNOWN || /^(100|\d{1,2})%$/.test(text(value) ?? "")) return;
  refuse(path, `${path} must be a whole number or a percentage such as "50%", and is ${JSON.stringify(value)}.`);
}

const autoscaler = kubernetesType({
  token: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  check: (inputs, refuse) => {
    const least = number(at(inputs, "spec.minReplicas")) ?? 1;
    const most = number(at(inputs, "spec.maxReplicas"));
    if (most !== undefined && most < least) {
      refuse("spec.maxReplicas", `spec.maxReplicas must be at least minReplicas ${least}, and is ${most}.`);
    }
    oneOf(inputs, refuse, "spec.metrics[].type", ["Resource", "Pods", "Object", "External", "ContainerResource"]);
  },
  defaults: () => ({ "spec.minReplicas": 1 }),
  status: ({ inputs }) => {
    const replicas = number(at(inputs, "spec.minReplicas")) ?? 1;
    return { currentReplicas: replicas, desiredReplicas: replicas };
  },
});

const systemPriority = 1_000_000_000;

const priorityClass = kubernetesType({
  token: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
  namespaced: false,
  immutable: ["value", "preemptionPolicy"],
  check: (inputs, refuse) => {
    const value = number(inputs["value"]);
    if (value !== undefined && (value > systemPriority || value < -2_147_483_648)) {
      refuse("value", `value must be at most ${systemPriority}, and is ${value}: above are the system's own classes.`);
    }
    oneOf(inputs, refuse, "preemptionPolicy", ["Never", "PreemptLowerPriority"]);
  },
  defaults: () => ({ preemptionPolicy: "PreemptLowerPriority" }),
});

export const workloadTypes: readonly ResourceType[] = [
  deployment,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  disruptionBudget,
  autoscaler,
  priorityClass,
];
