/** What an account has to admit in a region for all units to run at their most, a deployment included. */
import * as servicequotas from "@pulumi/aws/servicequotas";
import type * as pulumi from "@pulumi/pulumi";
import type { ComputeSpec } from "../../estate";
import { instanceTypeOf } from "../../estate/instanceType";

/** Most units of one service in the region. */
export interface Demand {
  readonly compute: ComputeSpec;
  readonly mostUnits: number;
}

interface Quota {
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly value: number;
}

/** New units come before old ones go: so many times the units are there while a deployment lasts. */
const deploymentFactor = 1.5;

/**
 * Codes of quotas (AWS General Reference, "Service quotas"): vCPUs of Fargate, of standard instances, executions of
 * functions.
 */
const codes = {
  fargate: { serviceCode: "fargate", quotaCode: "L-3032A538" },
  ec2: { serviceCode: "ec2", quotaCode: "L-1216C47A" },
  lambda: { serviceCode: "lambda", quotaCode: "L-B99A9384" },
} as const;

/**
 * Elastic IP addresses of a region, and how many an account may have from the start (Amazon VPC User Guide, "Quotas").
 */
const addressCode = { serviceCode: "ec2", quotaCode: "L-0263D0A3" } as const;
const usualAddresses = 5;

/** What an account may have from the start; less is no request. */
const usual = { fargate: 6, ec2: 5, lambda: 1000 } as const;

/** The quotas that the services of a region, and its fixed addresses, ask for. Pure. */
export function quotasOf(demands: readonly Demand[], addresses = 0): readonly Quota[] {
  const units = (["fargate", "ec2", "lambda"] as const).flatMap((on) => {
    const here = demands.filter(({ compute }) => compute.on === on);
    const value = Math.ceil(
      here.reduce((sum, { compute, mostUnits }) => sum + mostUnits * sizeOf(compute), 0) * deploymentFactor,
    );
    return value > usual[on] ? [{ ...codes[on], value }] : [];
  });
  return addresses > usualAddresses ? [...units, { ...addressCode, value: addresses }] : units;
}

function sizeOf(compute: ComputeSpec): number {
  switch (compute.on) {
    case "fargate":
      return compute.cpu / 1024;
    case "ec2":
      return vcpusOf(instanceTypeOf(compute));
    case "lambda":
      return 1;
    default:
      return compute satisfies never;
  }
}

/**
 * vCPUs by the size in a type's name: 2 for large, 4 for xlarge, 4 × n for n×xlarge (Amazon EC2 User Guide, "Instance
 * types").
 */
export function vcpusOf(instanceType: string): number {
  const size = instanceType.split(".")[1] ?? "";
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  if (times !== undefined) return 4 * Number(times);
  return size === "xlarge" ? 4 : size === "medium" ? 1 : 2;
}

/** What a region is asked for: units of its services, and fixed addresses. */
export interface RegionDemand {
  readonly region: string;
  readonly demands: readonly Demand[];
  readonly addresses: number;
}

export function createQuotas(parent: pulumi.Resource, name: string, asked: RegionDemand): void {
  const { region, demands, addresses } = asked;
  for (const quota of quotasOf(demands, addresses)) {
    const part = quota.quotaCode === addressCode.quotaCode ? "addresses" : quota.serviceCode;
    new servicequotas.ServiceQuota(`${name}-${part}`, { region, ...quota }, { parent });
  }
}
