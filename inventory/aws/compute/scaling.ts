/**
 * How many machines of a group are sure: what its policies and its schedules may leave of it, not what runs today.
 */
import { known, mapKnown, unknown, type Known } from "../../../model";
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { membersOf } from "../../members";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource, type Value } from "../../resource";
import type { Stack } from "../../stack";
import { amount, amountAt, at, field, flagAt, items, propertyPath, text, textAt, texts } from "../../values";

export const groupTypes = ["aws:autoscaling/group:Group"] as const;
const policyTypes = ["aws:autoscaling/policy:Policy"] as const;
const scheduleTypes = ["aws:autoscaling/schedule:Schedule"] as const;
const planType = "aws:autoscalingplans/scalingPlan:ScalingPlan";
const capacityProviderType = "aws:ecs/capacityProvider:CapacityProvider";

export interface Scale {
  /** Units that every policy and schedule leaves. */
  readonly sure: Known<number>;
  /** True where something raises it from 0 without anybody's order. */
  readonly wakes: boolean;
}

/** The least of several numbers; one that is not known may be the least. */
export function leastOf(numbers: readonly Known<number>[]): Known<number> {
  let least = Infinity;
  for (const one of numbers) {
    if (!one.known) return one;
    least = Math.min(least, one.value);
  }
  return known(least);
}

/** The scale of a group of virtual machines. */
export function scaleOfGroup(group: Resource, { stack }: ReadContext): Scale {
  const minimum = amountAt(group, ["minSize"], 0);
  const maximum = amountAt(group, ["maxSize"], 0);
  const desired = amountAt(group, ["desiredCapacity"], undefined) ?? minimum;
  const suspended = new Set(texts(field(group.properties, "suspendedProcesses")));
  const policies = suspended.has("AlarmNotification")
    ? []
    : membersOf(stack, group, policyTypes, "autoscalingGroupName", groupTypes);
  const isManaged = managedGroups(stack).has(group);
  const wakes =
    !suspended.has("Launch") && (isManaged || policies.some((policy) => isOn(policy) && raisesFromZero(policy)));
  // Machines that are protected, or that nothing may terminate, stay whatever the capacity is set to.
  const stays = suspended.has("Terminate") || flagAt(group, "protectFromScaleIn") === true;
  if (stays || isManaged) return { sure: desired, wakes };
  const schedules = suspended.has("ScheduledActions")
    ? []
    : membersOf(stack, group, scheduleTypes, "autoscalingGroupName", groupTypes).map((one) =>
        afterSchedule(one, { minimum, maximum, desired }),
      );
  const plans = plannedByGroup(stack).get(group) ?? [];
  const least = [minimum, ...schedules.map((one) => one.minimum), ...plans];
  const floors = policies.flatMap((policy): readonly Known<number>[] => floorsOf(policy, least));
  const planned = plans.length > 0 ? [leastOf(least)] : [];
  return { sure: leastOf([desired, ...schedules.map(({ units }) => units), ...floors, ...planned]), wakes };
}

interface Sizes {
  readonly minimum: Known<number>;
  readonly maximum: Known<number>;
  readonly desired: Known<number>;
}

/**
 * A group after a scheduled action: its desired capacity moves to the one named, and into the bounds named. -1 leaves a
 * figure as it is; one that is left out is 0 (the provider's documentation), where the others admit it.
 */
function afterSchedule(schedule: Resource, now: Sizes): { minimum: Known<number>; units: Known<number> } {
  const named = (key: string): Known<number | undefined> => {
    const value = field(schedule.properties, key);
    if (value === UNKNOWN) return unknown(propertyPath(schedule, key));
    return known(value === -1 || value === "-1" ? undefined : (amount(value) ?? 0));
  };
  const isNamed = (key: string) => field(schedule.properties, key) !== undefined;
  const [least, most, wanted] = [named("minSize"), named("maxSize"), named("desiredCapacity")];
  const open = [least, most, wanted].find((one) => !one.known);
  if (open !== undefined && !open.known) return { minimum: open, units: open };
  const valueOf = (one: Known<number | undefined>) => (one.known ? one.value : undefined);
  const low = valueOf(least);
  const aim = isNamed("desiredCapacity") ? valueOf(wanted) : Math.max(low ?? 0, 0);
  // A greatest size of 0 that nobody has written is refused by AWS beside a larger one of the others.
  const high = !isNamed("maxSize") && Math.max(low ?? 0, aim ?? 0) > 0 ? undefined : valueOf(most);
  const minimum = low === undefined ? now.minimum : known(low);
  const from = aim === undefined ? now.desired : known(aim);
  const bounded = mapTwo(from, minimum, Math.max);
  return { minimum, units: mapTwo(bounded, high === undefined ? now.maximum : known(high), Math.min) };
}

function mapTwo(one: Known<number>, other: Known<number>, join: (a: number, b: number) => number): Known<number> {
  return one.known ? mapKnown(other, (value) => join(one.value, value)) : one;
}

function isOn(policy: Resource): boolean {
  return flagAt(policy, "enabled") !== false;
}

/** What a policy of a group may leave of it; nothing where it only adds. */
function floorsOf(policy: Resource, least: readonly Known<number>[]): readonly Known<number>[] {
  if (!isOn(policy)) return [];
  const type = policyTypeOf(policy);
  if (type === "TargetTrackingScaling") {
    const tracking = field(policy.properties, "targetTrackingConfiguration");
    return at(tracking, "disableScaleIn") === true ? [] : [leastOf(least)];
  }
  // A forecast raises the capacity ahead of a peak, and leaves it to other policies to lower it (EC2 Auto Scaling User
  // Guide, "How predictive scaling works").
  if (type === "PredictiveScaling") return [];
  if (type !== "SimpleScaling" && type !== "StepScaling") return [unknown(propertyPath(policy, "policyType"))];
  return stepsOf(policy).flatMap((step) => {
    const floor = floorOfStep(textAt(policy, "adjustmentType"), step, propertyPath(policy, "stepAdjustments"));
    return floor === undefined ? [] : [floor === "least" ? leastOf(least) : floor];
  });
}

/** What a step leaves: the least size, a number of its own, or, where it only adds, nothing. */
export function floorOfStep(type: string | undefined, step: Value, path: string): "least" | Known<number> | undefined {
  const by = typeof step === "string" ? Number(step) : step;
  if (typeof by !== "number" || Number.isNaN(by)) return unknown(path);
  if (type === "ExactCapacity") return known(Math.max(0, by));
  return by < 0 ? "least" : undefined;
}

function policyTypeOf(policy: Resource): Value {
  const type = field(policy.properties, "policyType");
  if (type !== undefined) return type;
  return field(policy.properties, "targetTrackingConfiguration") === undefined
    ? "SimpleScaling"
    : "TargetTrackingScaling";
}

function stepsOf(policy: Resource): readonly Value[] {
  const steps = field(policy.properties, "stepAdjustments");
  const single = field(policy.properties, "scalingAdjustment");
  const all: Value[] = items(steps).map((step) => field(step, "scalingAdjustment"));
  if (single !== undefined) all.push(single);
  if (steps === UNKNOWN) all.push(steps);
  return all;
}

/**
 * A group of nothing has no load of its own to measure: only a metric from outside of it, or an alarm on one, can raise
 * it (EC2 Auto Scaling User Guide, "Scaling based on Amazon SQS").
 */
function raisesFromZero(policy: Resource): boolean {
  const tracking = field(policy.properties, "targetTrackingConfiguration");
  if (policyTypeOf(policy) === "TargetTrackingScaling")
    return at(tracking, "customizedMetricSpecification") !== undefined;
  const type = textAt(policy, "adjustmentType");
  const magnitude = amount(field(policy.properties, "minAdjustmentMagnitude")) ?? 0;
  if (type === "PercentChangeInCapacity" && magnitude === 0) return false;
  return stepsOf(policy).some((step) => (amount(step) ?? 0) > 0);
}

/** Least sizes by scaling plans, which name a group as `autoScalingGroup/NAME`. */
const plannedByGroup = memoize((stack: Stack): ReadonlyMap<Resource, readonly Known<number>[]> => {
  const found = new Map<Resource, Known<number>[]>();
  for (const plan of stack.ofType(planType)) {
    items(field(plan.properties, "scalingInstructions")).forEach((instruction, index) => {
      const name = text(field(instruction, "resourceId"))?.replace(/^autoScalingGroup\//, "");
      const group = name === undefined ? undefined : stack.byIdentifier(groupTypes, name);
      if (group === undefined || field(instruction, "disableDynamicScaling") === true) return;
      addTo(found, group, amountAt(plan, ["scalingInstructions", index, "minCapacity"], 0));
    });
  }
  return found;
});

/** Groups that a capacity provider of ECS scales by the tasks that are to run. */
const managedGroups = memoize((stack: Stack): ReadonlySet<Resource> => {
  const path = "autoScalingGroupProvider";
  const managing = stack
    .ofType(capacityProviderType)
    .filter((provider) => textAt(provider, path, "managedScaling", "status") === "ENABLED");
  return new Set(
    managing.flatMap((provider) => {
      const arn = at(provider.properties, path, "autoScalingGroupArn");
      return stack.references(provider, path, groupTypes, arn).resources;
    }),
  );
});
