import { quotasOf, vcpusOf } from "../../../components/service/quotas";

const fargate = (cpu: number) => ({ on: "fargate" as const, cpu, memoryMiB: 8192, architecture: "x86_64" as const });

describe("quotasOf", () => {
  it("adds up what all services of a region take at their most, while they are deployed anew", () => {
    const demands = [
      { compute: fargate(4096), mostUnits: 45 },
      { compute: fargate(512), mostUnits: 10 },
    ];
    expect(quotasOf(demands)).toEqual([{ serviceCode: "fargate", quotaCode: "L-3032A538", value: 278 }]);
  });

  it("asks for nothing that an account has from the start", () => {
    expect(quotasOf([{ compute: fargate(1024), mostUnits: 4 }])).toEqual([]);
    expect(quotasOf([{ compute: fargate(1024), mostUnits: 5 }])).toHaveLength(1);
    const compute = { on: "lambda" as const, memoryMiB: 512, timeoutSeconds: 3, architecture: "arm64" as const };
    expect(quotasOf([{ compute, mostUnits: 600 }])).toEqual([]);
  });

  it("counts the processors of instances by their size", () => {
    const compute = { on: "ec2" as const, instanceType: "c7i.2xlarge", architecture: "x86_64" as const };
    expect(quotasOf([{ compute, mostUnits: 10 }])).toEqual([
      { serviceCode: "ec2", quotaCode: "L-1216C47A", value: 120 },
    ]);
  });
});

it("asks for fixed addresses beyond those that a region gives every account", () => {
  expect(quotasOf([], 5)).toEqual([]);
  expect(quotasOf([], 15)).toEqual([{ serviceCode: "ec2", quotaCode: "L-0263D0A3", value: 15 }]);
});

it.each([
  ["t3.medium", 1],
  ["c7i.large", 2],
  ["c7i.xlarge", 4],
  ["c7i.2xlarge", 8],
  ["c7i.24xlarge", 96],
])("%s has %d vCPUs", (type, vcpus) => {
  expect(vcpusOf(type)).toBe(vcpus);
});
