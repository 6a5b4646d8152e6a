/** Units that are sure: what policies, schedules, switches and run states of AWS leave of a workload. */
import { readEstate } from "../../inventory";
import type { Properties } from "../../inventory/resource";
import type { Estate, Replica } from "../../model";
import { output, StackBuilder, tags } from "../support/stackBuilder";

const region = "eu-west-1";
const zones = ["euw1-az1", "euw1-az2", "euw1-az3"];
const words = { service: "pay", tier: "important", unitRps: 100, peakRps: 300 } as const;

function replicasIn({ services }: Estate, id = "pay"): readonly Replica[] {
  return services.find((one) => one.id === id)?.replicas ?? [];
}

/** Units of all active replicas; undefined where one is not known. */
function running(replicas: readonly Replica[]): number | undefined {
  return replicas
    .filter(({ role }) => role === "active")
    .reduce<number | undefined>(
      (sum, { units }) => (sum === undefined || !units.known ? undefined : sum + units.value),
      0,
    );
}

/** Machines that are sure of a group of six, with these resources beside it. */
function machines(beside: readonly (readonly [string, Properties])[], group: Properties = {}): number | undefined {
  const stack = new StackBuilder();
  const own = stack.autoscalingGroup("web", region, stack.subnets("net", region, zones), 6, words, {
    minSize: 2,
    maxSize: 12,
    name: "web-group",
    ...group,
  });
  beside.forEach(([type, given], index) =>
    stack.add(type, `scaler-${index}`, { region, autoscalingGroupName: output(own, "name"), ...given }),
  );
  return running(replicasIn(readEstate(stack.resources)));
}

const policy = "aws:autoscaling/policy:Policy";
const schedule = "aws:autoscaling/schedule:Schedule";
const tracking = { policyType: "TargetTrackingScaling", targetTrackingConfiguration: { targetValue: 50 } };
const steps = (...adjustments: readonly number[]): Properties => ({
  policyType: "StepScaling",
  adjustmentType: "ChangeInCapacity",
  stepAdjustments: adjustments.map((scalingAdjustment) => ({ scalingAdjustment })),
});

describe("group of machines", () => {
  it.each<[string, readonly (readonly [string, Properties])[], Properties, number | undefined]>([
    ["without a scaler", [], {}, 6],
    ["under target tracking", [[policy, tracking]], {}, 2],
    [
      "under target tracking that only adds",
      [[policy, { ...tracking, targetTrackingConfiguration: { targetValue: 50, disableScaleIn: true } }]],
      {},
      6,
    ],
    ["under a policy that is switched off", [[policy, { ...tracking, enabled: false }]], {}, 6],
    ["under steps that take away", [[policy, steps(2, -1)]], {}, 2],
    ["under steps that add", [[policy, steps(1, 2)]], {}, 6],
    ["under a policy that sets three", [[policy, { adjustmentType: "ExactCapacity", scalingAdjustment: 3 }]], {}, 3],
    ["under a forecast", [[policy, { policyType: "PredictiveScaling", predictiveScalingConfiguration: {} }]], {}, 6],
    ["whose alarms are suspended", [[policy, tracking]], { suspendedProcesses: ["AlarmNotification"] }, 6],
    ["whose machines are protected", [[policy, tracking]], { protectFromScaleIn: true }, 6],
    ["emptied each night", [[schedule, { minSize: 0, maxSize: 0, desiredCapacity: 0 }]], {}, 0],
    ["whose night schedule names no desired capacity", [[schedule, { minSize: 0, maxSize: 12 }]], {}, 0],
    ["capped each night", [[schedule, { minSize: -1, maxSize: 4, desiredCapacity: -1 }]], {}, 4],
    ["raised each morning", [[schedule, { minSize: 8, maxSize: 20, desiredCapacity: 9 }]], {}, 6],
    ["of which a schedule leaves all", [[schedule, { minSize: -1, maxSize: -1, desiredCapacity: -1 }]], {}, 6],
    [
      "whose schedules are suspended",
      [[schedule, { minSize: 0, maxSize: 0, desiredCapacity: 0 }]],
      { suspendedProcesses: ["ScheduledActions"] },
      6,
    ],
    [
      "with a policy beside a schedule that lowers the least size",
      [
        [policy, tracking],
        [schedule, { minSize: 1, maxSize: -1, desiredCapacity: -1 }],
      ],
      {},
      1,
    ],
    ["at zero", [], { desiredCapacity: 0, minSize: 0 }, 0],
    ["of which nothing but the greatest size is said", [], { desiredCapacity: null, minSize: null }, 0],
  ])("%s", (_name, beside, group, expected) => {
    expect(machines(beside, group)).toBe(expected);
  });

  it("at zero is a standby where a metric from outside raises it", () => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", region, zones);
    const group = stack.autoscalingGroup("web", region, subnets, 0, words, { maxSize: 3, name: "web-group" });
    const own = { region, autoscalingGroupName: output(group, "name"), policyType: "TargetTrackingScaling" };
    stack.add(policy, "backlog", {
      ...own,
      targetTrackingConfiguration: { targetValue: 10, customizedMetricSpecification: { metricName: "Backlog" } },
    });
    const found = replicasIn(readEstate(stack.resources));
    expect(found.map(({ role }) => role)).toEqual(["standby", "standby", "standby"]);
    expect(found.every(({ startsByHand }) => startsByHand !== true)).toBe(true);
  });

  it("at zero is nothing where only its own load could raise it", () => {
    expect(machines([[policy, tracking]], { desiredCapacity: 0, minSize: 0 })).toBe(0);
  });
});

/** Tasks that are sure of a service of six, with these resources beside it. */
function tasks(beside: readonly (readonly [string, Properties])[], given: Properties = {}): number | undefined {
  const stack = new StackBuilder();
  const subnets = stack.subnets("net", region, zones);
  stack.add("aws:ecs/service:Service", "web", {
    region,
    name: "web",
    cluster: "arn:aws:ecs:eu-west-1:1:cluster/main",
    desiredCount: 6,
    networkConfiguration: { subnets: subnets.map(({ id }) => id ?? null) },
    tags: tags(words),
    ...given,
  });
  beside.forEach(([type, properties], index) =>
    stack.add(type, `scaler-${index}`, {
      region,
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: "service/main/web",
      ...properties,
    }),
  );
  return running(replicasIn(readEstate(stack.resources)));
}

const target = "aws:appautoscaling/target:Target";
const taskPolicy = "aws:appautoscaling/policy:Policy";
const taskSchedule = "aws:appautoscaling/scheduledAction:ScheduledAction";
const follows = { targetTrackingScalingPolicyConfiguration: { targetValue: 50 } };

describe("tasks of a service", () => {
  it.each<[string, readonly (readonly [string, Properties])[], Properties, number | undefined]>([
    ["without a scaler", [], {}, 6],
    ["with a target and no policy", [[target, { minCapacity: 1, maxCapacity: 9 }]], {}, 6],
    [
      "under target tracking",
      [
        [target, { minCapacity: 1, maxCapacity: 9 }],
        [taskPolicy, follows],
      ],
      {},
      1,
    ],
    [
      "whose scaling in is suspended",
      [
        [target, { minCapacity: 1, maxCapacity: 9, suspendedState: { dynamicScalingInSuspended: true } }],
        [taskPolicy, follows],
      ],
      {},
      6,
    ],
    [
      "of another cluster's scaler",
      [
        [target, { minCapacity: 1, maxCapacity: 9, resourceId: "service/other/web" }],
        [taskPolicy, { ...follows, resourceId: "service/other/web" }],
      ],
      {},
      6,
    ],
    [
      "emptied each night",
      [
        [target, { minCapacity: 3, maxCapacity: 9 }],
        [taskSchedule, { scalableTargetAction: { minCapacity: 0, maxCapacity: 0 } }],
      ],
      {},
      0,
    ],
    [
      "raised each morning",
      [
        [target, { minCapacity: 3, maxCapacity: 9 }],
        [taskSchedule, { scalableTargetAction: { minCapacity: 8 } }],
      ],
      {},
      6,
    ],
    [
      "that leave their number to their scaler",
      [
        [target, { minCapacity: 3, maxCapacity: 9 }],
        [taskPolicy, follows],
      ],
      { desiredCount: null },
      3,
    ],
    ["that say no number", [], { desiredCount: null }, 0],
    ["that another controller deploys", [], { deploymentController: { type: "EXTERNAL" } }, undefined],
    ["one on each machine", [], { schedulingStrategy: "DAEMON" }, undefined],
  ])("%s", (_name, beside, given, expected) => {
    expect(tasks(beside, given)).toBe(expected);
  });
});

describe("where machines and tasks stand", () => {
  const standing = (resources: StackBuilder["resources"]) =>
    replicasIn(readEstate(resources)).map(({ placement }) => (placement.known ? placement.value.join() : "?"));

  it.each([
    ["cluster", ["zone:euw1-az1"]],
    ["spread", ["zone:euw1-az1", "zone:euw1-az2", "zone:euw1-az3"]],
  ])("in a placement group of strategy %s", (strategy, expected) => {
    const stack = new StackBuilder();
    const rack = stack.add("aws:ec2/placementGroup:PlacementGroup", "rack", { region, name: "rack", strategy });
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      region,
      placement: { groupName: rack.properties["name"] },
    });
    const subnets = stack.subnets("net", region, zones);
    stack.autoscalingGroup("own", region, subnets, 3, words, { placementGroup: output(rack, "name") });
    expect(standing(stack.resources)).toEqual(expected);
    const other = new StackBuilder();
    other.resources.push(rack, template);
    const launchTemplate = { id: "web-id" };
    other.autoscalingGroup("web", region, other.subnets("net", region, zones), 3, words, { launchTemplate });
    expect(standing(other.resources)).toEqual(expected);
  });

  it.each<[string, Properties, readonly string[]]>([
    [
      "spread over zones",
      { orderedPlacementStrategies: [{ type: "spread", field: "attribute:ecs.availability-zone" }] },
      zones,
    ],
    ["packed", { orderedPlacementStrategies: [{ type: "binpack", field: "cpu" }] }, []],
    ["spread over machines alone", { orderedPlacementStrategies: [{ type: "spread", field: "instanceId" }] }, []],
    ["held to one zone", { placementConstraints: [constraint("in [euw1-az2]")] }, ["euw1-az2"]],
    ["held to two zones", { placementConstraints: [constraint("in [euw1-az2, euw1-az3]")] }, zones.slice(1)],
    ["kept from a zone", { placementConstraints: [constraint("!= euw1-az1")] }, []],
    ["each on a machine of its own", { placementConstraints: [{ type: "distinctInstance" }] }, zones],
  ])("of tasks %s", (_name, given, expected) => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", region, zones);
    stack.add("aws:ecs/service:Service", "web", {
      region,
      desiredCount: 6,
      networkConfiguration: { subnets: subnets.map(({ id }) => id ?? null) },
      tags: tags(words),
      ...given,
    });
    expect(standing(stack.resources)).toEqual(expected.length > 0 ? expected.map((zone) => `zone:${zone}`) : ["?"]);
  });

  it("of tasks without a network of their own are the machines of their capacity providers", () => {
    const stack = new StackBuilder();
    const group = stack.autoscalingGroup(
      "hosts",
      region,
      stack.subnets("net", region, zones.slice(0, 2)),
      4,
      {},
      {
        arn: "arn:group",
      },
    );
    stack.add("aws:ecs/capacityProvider:CapacityProvider", "machines", {
      region,
      name: "machines",
      autoScalingGroupProvider: { autoScalingGroupArn: group.properties["arn"] },
    });
    const capacityProviderStrategies = [{ capacityProvider: "machines", weight: 1 }];
    const own = { region, desiredCount: 2, tags: tags(words), capacityProviderStrategies };
    stack.add("aws:ecs/service:Service", "web", own);
    expect(standing(stack.resources)).toEqual(["zone:euw1-az1", "zone:euw1-az2"]);
  });
});

function constraint(zonesWanted: string): Properties {
  return { type: "memberOf", expression: `attribute:ecs.availability-zone ${zonesWanted}` };
}

describe("function", () => {
  const placed = (zoneIds: readonly string[], given: Properties = {}) => {
    const stack = new StackBuilder();
    const subnets = stack.subnets("net", region, zoneIds);
    const vpcConfig = { subnetIds: subnets.map(({ id }) => id ?? null) };
    const network = zoneIds.length > 0 ? { vpcConfig } : {};
    stack.add("aws:lambda/function:Function", "fn", { region, name: "fn", tags: tags(words), ...network, ...given });
    return replicasIn(readEstate(stack.resources));
  };
  const standing = (replicas: readonly Replica[]) =>
    replicas.map(({ placement }) => (placement.known ? placement.value : placement.missing));

  it("stands in its region where it is attached to nothing", () => {
    expect(standing(placed([]))).toEqual([[`region:${region}`]]);
  });

  it("stands in the one zone of its subnets", () => {
    expect(standing(placed(["euw1-az1"]))).toEqual([["zone:euw1-az1"]]);
  });

  it("stands in any of several zones", () => {
    const any = "controlPlane:subnets-of/fn/euw1-az1+euw1-az2";
    expect(standing(placed(["euw1-az1", "euw1-az2"]))).toEqual([[`region:${region}`, any]]);
  });

  it("is not known to stand anywhere in subnets of another stack", () => {
    expect(standing(placed([], { vpcConfig: { subnetIds: ["subnet-elsewhere"] } }))[0]).toContain("vpcConfig");
  });

  it.each([
    [0, 0],
    [5, 1],
    [-1, 1],
  ])("with %i executions set apart runs %i", (reservedConcurrentExecutions, expected) => {
    expect(running(placed([], { reservedConcurrentExecutions }))).toBe(expected);
  });
});

describe("function that is fed by a queue", () => {
  const runs = (enabled: boolean, beside?: string) => {
    const stack = new StackBuilder();
    const own = { region, name: "fn", tags: tags(words) };
    const fn = stack.add("aws:lambda/function:Function", "fn", own);
    stack.add("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs", {
      functionName: output(fn, "name"),
      enabled,
    });
    if (beside !== undefined) {
      stack.add(beside, "beside", { function: output(fn, "name"), functionName: output(fn, "name") });
    }
    return running(replicasIn(readEstate(stack.resources)));
  };

  it("runs nothing while its one feed is switched off", () => {
    expect(runs(true)).toBe(1);
    expect(runs(false)).toBe(0);
  });

  it("still serves those who may call it otherwise", () => {
    expect(runs(false, "aws:lambda/permission:Permission")).toBe(1);
    expect(runs(false, "aws:lambda/functionUrl:FunctionUrl")).toBe(1);
  });
});

describe("run state", () => {
  const state = (type: string, properties: Properties) => {
    const stack = new StackBuilder();
    stack.add(type, "one", { region, availabilityZoneId: "euw1-az1", tags: tags(words), ...properties });
    return running(replicasIn(readEstate(stack.resources)));
  };

  it.each([
    ["aws:ec2/instance:Instance", { instanceState: "stopped" }, 0],
    ["aws:ec2/instance:Instance", { instanceState: "terminated" }, 0],
    ["aws:ec2/instance:Instance", { instanceState: "running" }, 1],
    ["aws:ec2/instance:Instance", {}, 1],
    ["aws:rds/instance:Instance", { status: "stopped" }, 0],
    ["aws:rds/instance:Instance", { status: "inaccessible-encryption-credentials" }, 0],
    ["aws:rds/instance:Instance", { status: "available" }, 1],
    ["aws:rds/instance:Instance", { status: "backing-up" }, 1],
    ["aws:apprunner/service:Service", { status: "PAUSED" }, 0],
    ["aws:apprunner/service:Service", { status: "RUNNING" }, 1],
  ] as const)("%s %j runs %i", (type, properties, expected) => {
    expect(state(type, properties)).toBe(expected);
  });

  it("is told by a resource of its own", () => {
    const stack = new StackBuilder();
    const machine = stack.add("aws:ec2/instance:Instance", "one", { region, tags: tags(words) });
    const told = { region, instanceId: output(machine), state: "stopped" };
    stack.add("aws:ec2transitgateway/instanceState:InstanceState", "one", told);
    expect(running(replicasIn(readEstate(stack.resources)))).toBe(0);
  });

  describe("of a disabled key", () => {
    const arn = "arn:aws:kms:eu-west-1:1:key/k";
    const runs = (isEnabled: boolean, type: string, properties: Properties, alias?: string) => {
      const stack = new StackBuilder();
      const key = stack.add("aws:kms/key:Key", "key", { region, isEnabled, arn, keyId: "k" });
      if (alias !== undefined) {
        stack.add("aws:kms/alias:Alias", "alias", { region, name: alias, targetKeyId: output(key, "keyId") });
      }
      stack.add(type, "one", { region, availabilityZoneId: "euw1-az1", tags: tags(words), ...properties });
      return running(replicasIn(readEstate(stack.resources)));
    };

    it.each([
      ["aws:rds/instance:Instance", { kmsKeyId: arn }],
      ["aws:dynamodb/table:Table", { serverSideEncryption: { enabled: true, kmsKeyArn: arn } }],
      ["aws:lambda/function:Function", { kmsKeyArn: arn }],
    ])("stops %s", (type, properties) => {
      expect(runs(false, type, properties)).toBe(0);
      expect(runs(true, type, properties)).toBe(1);
    });

    it("by its alias too", () => {
      expect(runs(false, "aws:rds/instance:Instance", { kmsKeyId: "alias/data" }, "alias/data")).toBe(0);
    });

    it("leaves alone what encrypts only its figures with it", () => {
      expect(runs(false, "aws:rds/instance:Instance", { performanceInsightsKmsKeyId: arn })).toBe(1);
    });
  });
});
