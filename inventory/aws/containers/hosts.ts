/** Where tasks of a service can stand: in its subnets, else on its machines, as far as its placement rules admit. */
import { known, unknown, type DomainId } from "../../../model";
import { membersBy } from "../../members";
import type { ReadContext } from "../../reader";
import { UNKNOWN, type Resource } from "../../resource";
import { at, field, items, propertyPath, text } from "../../values";
import { zonesOfMachines } from "../compute/autoscaling";
import { groupTypes } from "../compute/scaling";
import type { Zones } from "../region";

const providerTypes = ["aws:ecs/capacityProvider:CapacityProvider"] as const;
const strategyTypes = ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"] as const;
const clusterTypes = ["aws:ecs/cluster:Cluster"] as const;
const zoneAttribute = "attribute:ecs.availability-zone";

/** Zones over which the tasks are spread; not known where nothing holds them to it. */
export function zonesOfTasks(service: Resource, context: ReadContext): Zones {
  const subnets = at(service.properties, "networkConfiguration", "subnets");
  const all =
    context.aws.zonesOfSubnets(service, "networkConfiguration", subnets) ??
    zonesOfHosts(service, context) ??
    unknown<readonly DomainId[]>(propertyPath(service, "networkConfiguration", "subnets"));
  const zones = narrowed(all, service, context);
  if (!zones.known || zones.value.length < 2 || isSpread(service)) return zones;
  return unknown(propertyPath(service, "orderedPlacementStrategies"));
}

/** The zones of the groups of its capacity providers; undefined where the stack does not say them. */
function zonesOfHosts(service: Resource, context: ReadContext): Zones | undefined {
  const { stack } = context;
  const value = field(service.properties, "cluster");
  const [cluster] = stack.references(service, "cluster", clusterTypes, value).resources;
  const strategies = (cluster && membersBy(stack, strategyTypes, "clusterName", clusterTypes).get(cluster)) ?? [];
  const own = items(field(service.properties, "capacityProviderStrategies")).map((one) =>
    field(one, "capacityProvider"),
  );
  const names =
    own.length > 0 ? own : strategies.flatMap(({ properties }) => items(field(properties, "capacityProviders")));
  const groups = names.flatMap((name) => {
    const provider = stack.byIdentifier(providerTypes, text(name) ?? "");
    if (provider === undefined) return [];
    const path = "autoScalingGroupProvider";
    const arn = at(provider.properties, path, "autoScalingGroupArn");
    return stack.references(provider, path, groupTypes, arn).resources;
  });
  if (groups.length === 0 || groups.length < names.length) return undefined;
  const zones = groups.map((group) => zonesOfMachines(group, context));
  const open = zones.find((one) => !one.known);
  if (open !== undefined) return open;
  return known([...new Set(zones.flatMap((one) => (one.known ? one.value : [])))].sort());
}

/** Without a strategy ECS spreads over zones; with one, only where its first rule does so (ECS Developer Guide). */
function isSpread({ properties }: Resource): boolean {
  const strategies = field(properties, "orderedPlacementStrategies");
  if (strategies === UNKNOWN) return false;
  const [first] = items(strategies);
  return first === undefined || (field(first, "type") === "spread" && field(first, "field") === zoneAttribute);
}

/** The zones that every constraint on zones admits. */
function narrowed(zones: Zones, service: Resource, { aws }: ReadContext): Zones {
  const constraints = field(service.properties, "placementConstraints");
  const path = propertyPath(service, "placementConstraints");
  if (constraints === UNKNOWN) return unknown(path);
  let left = zones;
  for (const constraint of items(constraints)) {
    const expression = field(constraint, "expression");
    if (field(constraint, "type") !== "memberOf" || expression === undefined) continue;
    if (expression === UNKNOWN) return unknown(path);
    if (text(expression)?.includes(zoneAttribute) !== true) continue;
    const admitted = zonesAdmitted(text(expression) ?? "");
    if (admitted === undefined) return unknown(path);
    const named = aws.zonesNamed(service, admitted);
    if (!left.known) return left;
    if (named === undefined || !named.known) return named ?? unknown(path);
    const rest: readonly DomainId[] = left.value.filter((zone) => named.value.includes(zone));
    if (rest.length === 0) return unknown(path);
    left = known(rest);
  }
  return left;
}

/** `attribute:ecs.availability-zone in [a, b]` or `== a`; undefined for anything more. */
function zonesAdmitted(expression: string): readonly string[] | undefined {
  const form = /^\s*attribute:ecs\.availability-zone\s*(?:in\s*\[([^\]]*)\]|==\s*([\w-]+)|equals\s+([\w-]+))\s*$/;
  const found = form.exec(expression);
  if (found === null) return undefined;
  return (found[1]?.split(",") ?? [found[2] ?? found[3] ?? ""])
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
