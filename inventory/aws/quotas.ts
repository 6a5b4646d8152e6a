/** Quotas of an account that bound what a region can run, and how much of them one unit takes. */
import { mapKnown } from "../../model";
import type { Draft } from "../draft";
import type { Reader, ReadContext } from "../reader";
import type { Resource } from "../resource";
import { amountAt, at, field, textAt } from "../values";

export const quotaTypes = ["aws:servicequotas/serviceQuota:ServiceQuota"] as const;
const templateTypes = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;

/** "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", in vCPUs (Amazon EC2 User Guide, "On-Demand Instance quotas"). */
const standardQuota = "L-1216C47A";
const standardFamily = /^[acdhimrtz]\d/;

export const quotas: Reader = {
  gives: "the vCPUs that on-demand instances of the standard families may have in a region",
  types: quotaTypes,
  read(resource, into, { aws }) {
    if (textAt(resource, "quotaCode") !== standardQuota) return;
    const region = mapKnown(aws.regionOf(resource), (code) => aws.region(code));
    const vcpus = amountAt(resource, ["value"], undefined);
    into.state({ kind: "quota", urn: resource.urn, region, ...(vcpus === undefined ? {} : { vcpus }) });
  },
};

/** States the vCPUs of one unit of a group or an instance, where its type says them. */
export function stateUnitSize(workload: Resource, into: Draft, { stack }: ReadContext): void {
  const template = field(workload.properties, "launchTemplate");
  const named = typeof template === "symbol" ? template : (field(template, "id") ?? field(template, "name"));
  const [used] = stack.references(workload, "launchTemplate", templateTypes, named).resources;
  const type = textAt(workload, "instanceType") ?? (used && textAt(used, "instanceType"));
  const vcpus = type === undefined ? undefined : vcpusOf(type);
  const isMixed = at(workload.properties, "mixedInstancesPolicy") !== undefined;
  if (vcpus !== undefined && !isMixed) into.state({ kind: "unitSize", urn: workload.urn, vcpus });
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
