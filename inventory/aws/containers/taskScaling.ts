/** How many tasks of a service are sure: what Application Auto Scaling may leave of them. */
import { addTo } from "../../../lib/lists";
import { memoize } from "../../../lib/memo";
import { known, mapKnown, unknown, type Known } from "../../../model";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource } from "../../resource";
import type { Stack } from "../../stack";
import { amountAt, at, field, flagAt, items, propertyPath, text, textAt } from "../../values";
import { floorOfStep, leastOf } from "../compute/scaling";

export const serviceTypes = ["aws:ecs/service:Service"] as const;
const targetType = "aws:appautoscaling/target:Target";
const policyType = "aws:appautoscaling/policy:Policy";
const actionType = "aws:appautoscaling/scheduledAction:ScheduledAction";
/** How a scalable target names a service: `service/CLUSTER/SERVICE`. */
const prefix = "service/";

type ByService = ReadonlyMap<Resource, readonly Resource[]>;
interface Scalers {
  readonly targets: ByService;
  readonly policies: ByService;
  readonly actions: ByService;
}

const scalersOf = memoize((stack: Stack): Scalers => {
  const named = new Map(stack.ofType(serviceTypes[0]).map((service) => [nameOf(service), service]));
  const of = (type: string): ByService => {
    const found = new Map<Resource, Resource[]>();
    for (const scaler of stack.ofType(type)) {
      const service = scaledBy(scaler, named, stack);
      if (service !== undefined) addTo(found, service, scaler);
    }
    return found;
  };
  return { targets: of(targetType), policies: of(policyType), actions: of(actionType) };
});

function nameOf(service: Resource): string {
  const cluster = textAt(service, "cluster");
  return `${cluster?.slice(cluster.lastIndexOf("/") + 1) ?? "default"}/${textAt(service, "name") ?? service.name}`;
}

/** By the id that it names, else by what that was made from: the service itself, or the target that names it. */
function scaledBy(scaler: Resource, named: ReadonlyMap<string, Resource>, stack: Stack): Resource | undefined {
  const dimension = textAt(scaler, "scalableDimension");
  if (dimension !== undefined && dimension !== "ecs:service:DesiredCount") return undefined;
  const id = text(field(scaler.properties, "resourceId"));
  const byName = id?.startsWith(prefix) === true ? named.get(id.slice(prefix.length)) : undefined;
  if (byName !== undefined) return byName;
  const [only, ...others] = stack.edges(scaler, "resourceId", serviceTypes);
  if (only !== undefined) return others.length === 0 ? only : undefined;
  const [target] = stack.edges(scaler, "resourceId", [targetType]);
  return target === undefined || scaler.type === targetType ? undefined : scaledBy(target, named, stack);
}

/** Tasks that every policy and schedule leaves. A target without either moves nothing. */
export function sureTasks(service: Resource, { stack }: ReadContext): Known<number> {
  const scalers = scalersOf(stack);
  const targets = scalers.targets.get(service) ?? [];
  const [policies, actions] = [scalers.policies.get(service) ?? [], scalers.actions.get(service) ?? []];
  const bounds = [
    ...targets.map((target) => amountAt(target, ["minCapacity"], 0)),
    ...actions.flatMap((action) => boundAfter(action, "minCapacity") ?? []),
  ];
  const least = leastOf(bounds);
  const desired = desiredTasks(service, policies.length + actions.length > 0 ? bounds : []);
  const isOff = (flag: string) => targets.some((target) => flagAt(target, "suspendedState", flag) === true);
  const floors = isOff("dynamicScalingInSuspended") ? [] : policies.flatMap((policy) => floorsOf(policy, least));
  const after = isOff("scheduledScalingSuspended") ? [] : actions.map((action) => tasksAfter(action, desired));
  return leastOf([desired, ...after, ...floors]);
}

/**
 * What the service asks for: none where it says nothing (the provider's documentation), unless a scaler brings it to
 * its least number. Task sets of another controller say their numbers themselves.
 */
function desiredTasks(service: Resource, bounds: readonly Known<number>[]): Known<number> {
  const controller = field(field(service.properties, "deploymentController"), "type");
  if (controller === "EXTERNAL") return unknown(propertyPath(service, "deploymentController", "type"));
  if (field(service.properties, "schedulingStrategy") === "DAEMON") {
    return unknown(propertyPath(service, "schedulingStrategy"));
  }
  return amountAt(service, ["desiredCount"], undefined) ?? (bounds.length > 0 ? leastOf(bounds) : known(0));
}

function boundAfter(action: Resource, bound: "minCapacity" | "maxCapacity"): Known<number> | undefined {
  return amountAt(action, ["scalableTargetAction", bound], undefined);
}

/** A schedule moves the number into its bounds (Application Auto Scaling User Guide, "Scheduled scaling"). */
function tasksAfter(action: Resource, desired: Known<number>): Known<number> {
  const [low, high] = [boundAfter(action, "minCapacity"), boundAfter(action, "maxCapacity")];
  const raised = low === undefined ? desired : together(desired, low, Math.max);
  return high === undefined ? raised : together(raised, high, Math.min);
}

function together(one: Known<number>, other: Known<number>, join: (a: number, b: number) => number): Known<number> {
  return one.known ? mapKnown(other, (value) => join(one.value, value)) : one;
}

/** What a policy may leave; nothing where it only adds. */
function floorsOf(policy: Resource, least: Known<number>): readonly Known<number>[] {
  const tracking = field(policy.properties, "targetTrackingScalingPolicyConfiguration");
  const stepping = field(policy.properties, "stepScalingPolicyConfiguration");
  if (tracking !== undefined) return field(tracking, "disableScaleIn") === true ? [] : [least];
  if (stepping === UNKNOWN) return [unknown(propertyPath(policy, "stepScalingPolicyConfiguration"))];
  const path = propertyPath(policy, "stepScalingPolicyConfiguration", "stepAdjustments");
  const type = text(field(stepping, "adjustmentType"));
  return items(at(stepping, "stepAdjustments")).flatMap((step) => {
    const floor = floorOfStep(type, field(step, "scalingAdjustment"), path);
    return floor === undefined ? [] : [floor === "least" ? least : floor];
  });
}
