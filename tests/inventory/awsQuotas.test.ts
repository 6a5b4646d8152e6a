/** Quotas beyond on-demand machines: Spot, Fargate and the executions of functions, beside what the stack runs of each. */
import { readEstate } from "../../inventory";
import { vcpusOfTask } from "../../inventory/aws/quotas/quotas";
import { judge } from "../../policies/judge";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const seoul = "ap-northeast-2";
const tokyo = "ap-northeast-1";
const words = { service: "web", tier: "critical", peakRps: 400, unitRps: 100 } as const;

const said = (stack: StackBuilder) =>
  judge(readEstate(stack.resources), { today: "2026-06-30" })
    .findings.filter(({ policy }) => policy === "quota-below-peak")
    .map(({ level, message }) => `${level}: ${message}`);

function withQuota(stack: StackBuilder, quotaCode: string, value: number): StackBuilder {
  stack.add("aws:servicequotas/serviceQuota:ServiceQuota", "quota", { quotaCode, region: seoul, value });
  return stack;
}

it.each([
  ["256", 0.25],
  [1024, 1],
  ["0.5 vCPU", 0.5],
  ["2vcpu", 2],
  ["lots", undefined],
  [undefined, undefined],
])("takes a task of cpu %p for %p vCPUs", (cpu, vcpus) => {
  expect(vcpusOfTask(cpu)).toBe(vcpus);
});

describe("tasks on Fargate", () => {
  const fargate = (quotaCode: string, value: number, given: Parameters<StackBuilder["add"]>[2]) => {
    const stack = new StackBuilder();
    const definition = stack.add("aws:ecs/taskDefinition:TaskDefinition", "web", { region: seoul, family: "web", cpu: "2048" });
    for (const region of [seoul, tokyo]) {
      const subnets = stack.subnets(region, region, [`${region}-az1`, `${region}-az2`]).map(({ id }) => id as string);
      stack.add("aws:ecs/service:Service", `web-${region}`, {
        region,
        desiredCount: 2,
        taskDefinition: output(definition),
        networkConfiguration: { subnets },
        tags: tags(words),
        ...given,
      });
    }
    return said(withQuota(stack, quotaCode, value));
  };
  // Two tasks of 2 vCPUs run; with Tokyo lost, four carry the peak.
  const short = (what: string, needed: number, admitted: number): readonly unknown[] => [
    expect.stringMatching(`^mandatory: .*must have ${needed} ${what} when region "${tokyo}" is lost, and quota "quota" admits ${admitted}`),
  ];

  it("take of the quota of Fargate, and of no other", () => {
    expect(fargate("L-3032A538", 8, { launchType: "FARGATE" })).toEqual([]);
    expect(fargate("L-3032A538", 7, { launchType: "FARGATE" })).toEqual(short("vCPUs of Fargate", 8, 7));
    expect(fargate("L-1216C47A", 1, { launchType: "FARGATE" })).toEqual([]);
    expect(fargate("L-3032A538", 1, { launchType: "EC2" })).toEqual([]);
  });

  it("are parted between Fargate and Fargate Spot by the strategy", () => {
    const strategy = {
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE", weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
      ],
    };
    expect(fargate("L-3032A538", 1, strategy)).toEqual(short("vCPUs of Fargate", 2, 1));
    expect(fargate("L-36FBB829", 5, strategy)).toEqual(short("vCPUs of Fargate Spot", 6, 5));
    expect(fargate("L-36FBB829", 6, strategy)).toEqual([]);
  });
}); // prettier-ignore

describe("machines of Spot", () => {
  const group = (quotaCode: string, value: number) => {
    const stack = new StackBuilder();
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      instanceType: "m7g.xlarge",
      instanceMarketOptions: { marketType: "spot" },
    });
    const subnets = stack.subnets("net", seoul, ["apne2-az1", "apne2-az2"]);
    stack.autoscalingGroup("web", seoul, subnets, 4, words, { launchTemplate: { id: template.id } });
    return said(withQuota(stack, quotaCode, value));
  };

  it("take of the quota of Spot, and not of the one of machines on demand", () => {
    expect(group("L-34B43A08", 16)).toEqual([]);
    expect(group("L-34B43A08", 15)).toEqual([expect.stringMatching(/16 vCPUs of Spot now, and quota "quota" admits 15/)]);
    expect(group("L-1216C47A", 1)).toEqual([]);
  });
}); // prettier-ignore

describe("functions", () => {
  const functions = (value: number, change: (stack: StackBuilder) => void) => {
    const stack = new StackBuilder();
    change(stack);
    return said(withQuota(stack, "L-B99A9384", value));
  };
  const one = (stack: StackBuilder, name: string, given: Parameters<StackBuilder["add"]>[2]) =>
    stack.add("aws:lambda/function:Function", name, { region: seoul, tags: tags({ service: name, tier: "critical" }), ...given });

  it("take what is reserved for them of their account's executions, once, whatever of it is provisioned", () => {
    const both = (stack: StackBuilder) => {
      one(stack, "pay", { reservedConcurrentExecutions: 600 });
      const login = one(stack, "login", { reservedConcurrentExecutions: 500 });
      stack.add("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "login", {
        functionName: output(login),
        provisionedConcurrentExecutions: 400,
      });
    };
    expect(functions(1100, both)).toEqual([]);
    expect(functions(1000, both)).toEqual([
      expect.stringMatching(/Service "login" .*must have 1100 executions set apart now, and quota "quota" admits 1000/),
      expect.stringMatching(/Service "pay"/),
    ]);
  });

  it("take what is provisioned where nothing is reserved; with neither, the stack does not say what they take", () => {
    const provisioned = (stack: StackBuilder) => {
      const login = one(stack, "login", { reservedConcurrentExecutions: -1 });
      stack.add("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "login", {
        functionName: output(login),
        provisionedConcurrentExecutions: 400,
      });
    };
    expect(functions(399, provisioned)).toEqual([expect.stringMatching(/400 executions set apart now/)]);
    expect(functions(1, (stack) => one(stack, "login", {}))).toEqual([]);
  });
}); // prettier-ignore
