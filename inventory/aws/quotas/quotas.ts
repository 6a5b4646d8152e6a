/** Quotas of an account that bound what a region can run, and how much of them one unit takes. */
import { mapKnown, type Known, type QuotaKind } from "../../../model";
import { membersOf } from "../../members";
import type { Draft } from "../../draft";
import type { Reader, ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amount, amountAt, at, field, items, text, textAt } from "../../values";
import { functionTypes } from "../entrances";

export const quotaTypes = ["aws:servicequotas/serviceQuota:ServiceQuota"] as const;
const templateTypes = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;
const taskTypes = ["aws:ecs/taskDefinition:TaskDefinition"] as const;
const provisionedTypes = ["aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"] as const;

/**
 * Codes of the quotas that are read, as Service Quotas lists them: "Running On-Demand Standard (A, C, D, H, I, M, R, T,
 * Z) instances" and "All Standard Spot Instance Requests" in vCPUs (Amazon EC2 User Guide), "Fargate On-Demand vCPU
 * resource count" and "Fargate Spot vCPU resource count" (Amazon ECS endpoints and quotas), "Concurrent executions"
 * (AWS Lambda).
 */
const kindsByCode: Readonly<Record<string, QuotaKind>> = {
  "L-1216C47A": "onDemandVcpus",
  "L-34B43A08": "spotVcpus",
  "L-3032A538": "fargateVcpus",
  "L-36FBB829": "fargateSpotVcpus",
  "L-B99A9384": "functionExecutions",
};
const standardFamily = /^[acdhimrtz]\d/;

export const quotas: Reader = {
  gives: "the vCPUs, on demand, of Spot and of Fargate, or the executions of functions that a region may have",
  types: quotaTypes,
  read(resource, into, { aws }) {
    const code = textAt(resource, "quotaCode") ?? "";
    const of = Object.hasOwn(kindsByCode, code) ? kindsByCode[code] : undefined;
    if (of === undefined) return;
    const region = mapKnown(aws.regionOf(resource), (name) => aws.region(name));
    const most = amountAt(resource, ["value"], undefined);
    into.state({ kind: "quota", of, urn: resource.urn, region, ...(most === undefined ? {} : { most }) });
  },
};

/**
 * States the vCPUs of one unit of a group or an instance, where its type says them: what Spot gives is another quota's.
 */
export function stateUnitSize(workload: Resource, spotShare: Known<number>, into: Draft, { stack }: ReadContext): void {
  const template = field(workload.properties, "launchTemplate");
  const named = field(template, "id") ?? field(template, "name");
  const [used] = stack.references(workload, "launchTemplate", templateTypes, named).resources;
  const type = textAt(workload, "instanceType") ?? (used && textAt(used, "instanceType"));
  const vcpus = type === undefined ? undefined : vcpusOf(type);
  const isMixed = at(workload.properties, "mixedInstancesPolicy") !== undefined;
  if (vcpus !== undefined && !isMixed) {
    stateShares(workload, vcpus, spotShare, ["onDemandVcpus", "spotVcpus"], into);
  }
}

/** States the vCPUs of one task, by its definition, where the service runs on Fargate by name. */
export function stateTaskSize(service: Resource, spotShare: Known<number>, into: Draft, context: ReadContext): void {
  const strategies = items(field(service.properties, "capacityProviderStrategies"));
  const providers = strategies.map((one) => text(field(one, "capacityProvider")));
  const isFargate =
    textAt(service, "launchType") === "FARGATE" ||
    (providers.length > 0 && providers.every((name) => name === "FARGATE" || name === "FARGATE_SPOT"));
  if (!isFargate) return;
  const value = field(service.properties, "taskDefinition");
  const [definition] = context.stack.references(service, "taskDefinition", taskTypes, value).resources;
  const vcpus = definition && vcpusOfTask(textAt(definition, "cpu") ?? amount(field(definition.properties, "cpu")));
  if (vcpus !== undefined) stateShares(service, vcpus, spotShare, ["fargateVcpus", "fargateSpotVcpus"], into);
}

/** States the executions that are set apart for a function: they are taken out of its account's, used or not. */
export function stateConcurrency(fn: Resource, into: Draft, { stack }: ReadContext): void {
  const provisioned = membersOf(stack, fn, provisionedTypes, "functionName", functionTypes).map((one) =>
    amount(field(one.properties, "provisionedConcurrentExecutions")),
  );
  const reserved = amount(field(fn.properties, "reservedConcurrentExecutions"));
  // What is provisioned comes out of what is reserved (Developer Guide, "Configuring provisioned concurrency").
  const executions = reserved ?? provisioned.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (executions > 0) into.state({ kind: "unitSize", of: "functionExecutions", urn: fn.urn, amount: executions });
}

function stateShares(
  { urn }: Resource,
  vcpus: number,
  spotShare: Known<number>,
  [onDemand, spot]: readonly [QuotaKind, QuotaKind],
  into: Draft,
): void {
  if (!spotShare.known) return;
  const share = Math.min(1, spotShare.value);
  if (share < 1) into.state({ kind: "unitSize", of: onDemand, urn, amount: vcpus * (1 - share) });
  if (share > 0) into.state({ kind: "unitSize", of: spot, urn, amount: vcpus * share });
}

/** A task's processors: in units of 1024, or with the word (`.5 vCPU`); undefined where neither is said. */
export function vcpusOfTask(cpu: string | number | undefined): number | undefined {
  if (typeof cpu === "string" && /vcpu$/i.test(cpu)) return amount(cpu.slice(0, -"vcpu".length).trim());
  const units = amount(cpu);
  return units === undefined ? undefined : units / 1024;
}

/**
 * Virtual processors of an instance type of the standard families, by its size: four for `xlarge` and each multiple of
 * it (AWS's tables of instance types). Undefined for a size without a number, such as `metal`.
 */
export function vcpusOf(type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  if (!standardFamily.test(family)) return undefined;
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  if (multiple !== undefined) return 4 * (multiple === "" ? 1 : Number(multiple));
  if (size === "large") return 2;
  // Burstable types share two processors down to the smallest, but for the oldest generation.
  if (family === "t2") return { medium: 2, small: 1, micro: 1, nano: 1 }[size];
  if (family.startsWith("t")) return ["medium", "small", "micro", "nano"].includes(size) ? 2 : undefined;
  return size === "medium" ? 1 : undefined;
}
