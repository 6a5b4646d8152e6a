/**
 * Units that only Spot gives: AWS takes Spot capacity back with two minutes' notice when it needs it (EC2 User Guide,
 * "Spot Instance interruptions"), which is when a lost site's customers all ask for machines.
 */
import { known, mapKnown, unknown, type Known } from "../../../model";
import type { Draft } from "../../draft";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { UNKNOWN } from "../../resource";
import { amount, amountAt, at, field, items, propertyPath, text, textAt } from "../../values";

const templateTypes = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;
const configurationTypes = ["aws:ec2/launchConfiguration:LaunchConfiguration"] as const;
const groupTypes = ["aws:autoscaling/group:Group"] as const;
const providerTypes = ["aws:ecs/capacityProvider:CapacityProvider"] as const;
const strategyTypes = ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"] as const;
const clusterTypes = ["aws:ecs/cluster:Cluster"] as const;

/** States the share of a workload's units that Spot gives; nothing where it is none. */
export function stateSpot(workload: Resource, share: Known<number>, into: Draft): void {
  if (!share.known || share.value > 0) into.state({ kind: "spot", urn: workload.urn, share });
}

/** Spot's share of a group, by its mixed instances policy, else by its launch template or configuration. */
export function spotShareOfGroup(group: Resource, units: Known<number>, context: ReadContext): Known<number> {
  const mixed = field(group.properties, "mixedInstancesPolicy");
  if (mixed === UNKNOWN) return unknown(propertyPath(group, "mixedInstancesPolicy"));
  if (mixed !== undefined && mixed !== null) return spotShareOfMix(group, units);
  return known(isSpotTemplate(group, context) ? 1 : 0);
}

/**
 * On-demand units first up to the base, then a percentage of the rest, rounded up in favour of on-demand (AWS's rule).
 */
function spotShareOfMix(group: Resource, units: Known<number>): Known<number> {
  const path = ["mixedInstancesPolicy", "instancesDistribution"];
  const base = amountAt(group, [...path, "onDemandBaseCapacity"], 0);
  const percentage = amountAt(group, [...path, "onDemandPercentageAboveBaseCapacity"], 100);
  if (!percentage.known || !base.known) return percentage.known ? base : percentage;
  // Whatever the number of units is: all of them are on demand, or none is.
  if (percentage.value >= 100) return known(0);
  if (percentage.value === 0 && base.value === 0) return known(1);
  return mapKnown(units, (count) => {
    const first = Math.min(count, base.value);
    const onDemand = first + Math.ceil(((count - first) * percentage.value) / 100);
    return count > 0 ? 1 - onDemand / count : 0;
  });
}

function isSpotTemplate(group: Resource, { stack }: ReadContext): boolean {
  const template = field(group.properties, "launchTemplate");
  const named = field(template, "id") ?? field(template, "name");
  const configuration = field(group.properties, "launchConfiguration");
  return (
    stack.references(group, "launchTemplate", templateTypes, named).resources.some(asksForSpot) ||
    stack
      .references(group, "launchConfiguration", configurationTypes, configuration)
      .resources.some((one) => textAt(one, "spotPrice") !== undefined)
  );
}

/** True for a template or an instance that asks for Spot. */
export function asksForSpot({ properties }: Resource): boolean {
  return at(properties, "instanceMarketOptions", "marketType") === "spot";
}

interface Provider {
  readonly base: number;
  readonly weight: number;
  /** Spot's share of what this provider gives. */
  readonly spot: Known<number>;
}

/** Spot's share of a service's tasks: by its own strategy, else, where it names no launch type, by its cluster's. */
export function spotShareOfTasks(service: Resource, units: Known<number>, context: ReadContext): Known<number> {
  const own = field(service.properties, "capacityProviderStrategies");
  if (own === UNKNOWN) return unknown(propertyPath(service, "capacityProviderStrategies"));
  if (items(own).length > 0) return spotShareOfStrategy(own, units, context);
  if (textAt(service, "launchType") !== undefined) return known(0);
  const [cluster] = context.stack.references(
    service,
    "cluster",
    clusterTypes,
    field(service.properties, "cluster"),
  ).resources;
  const [strategy] =
    (cluster && membersBy(context.stack, strategyTypes, "clusterName", clusterTypes).get(cluster)) ?? [];
  return strategy === undefined
    ? known(0)
    : spotShareOfStrategy(field(strategy.properties, "defaultCapacityProviderStrategies"), units, context);
}

/** The base of the one provider that has one, then the rest by weight (Amazon ECS Developer Guide). */
function spotShareOfStrategy(strategy: Value, units: Known<number>, context: ReadContext): Known<number> {
  const providers = items(strategy).map((one): Provider => ({
    base: amount(field(one, "base")) ?? 0,
    weight: amount(field(one, "weight")) ?? 0,
    spot: spotOfProvider(field(one, "capacityProvider"), context),
  }));
  const open = providers.find(({ spot }) => !spot.known);
  if (open !== undefined) return open.spot;
  const spotOf = ({ spot }: Provider): number => (spot.known ? spot.value : 0);
  // Whatever the number of units is: all providers are alike.
  const first = providers[0] && spotOf(providers[0]);
  if (first !== undefined && providers.every((one) => spotOf(one) === first)) return known(first);
  return mapKnown(units, (count) => {
    const weights = providers.reduce((sum, { weight }) => sum + weight, 0);
    const based = Math.min(
      count,
      providers.reduce((sum, { base }) => sum + base, 0),
    );
    const spot = providers.reduce((sum, one) => {
      const weighted = weights > 0 ? ((count - based) * one.weight) / weights : 0;
      return sum + spotOf(one) * (Math.min(one.base, based) + weighted);
    }, 0);
    return count > 0 ? spot / count : 0;
  });
}

function spotOfProvider(name: Value, context: ReadContext): Known<number> {
  const { stack } = context;
  const word = text(name);
  if (word === "FARGATE_SPOT") return known(1);
  const provider = word === undefined ? undefined : stack.byIdentifier(providerTypes, word);
  if (provider === undefined) return known(0);
  const path = "autoScalingGroupProvider";
  const arn = at(provider.properties, path, "autoScalingGroupArn");
  const [group] = stack.references(provider, path, groupTypes, arn).resources;
  if (group === undefined) return known(0);
  const minimum = amountAt(group, ["minSize"], 0);
  const units = amountAt(group, ["desiredCapacity"], undefined) ?? minimum;
  return spotShareOfGroup(group, units, context);
}
