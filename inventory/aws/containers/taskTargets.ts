/** Tasks of ECS as targets: the containers of their definition, and the ports that they listen on. */
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { amount, at, field, items, text } from "../../values";
import { targetGroupTypes } from "../balancing/actions";
import { subnetsNamed, type Target } from "../balancing/units";
import { groupsNamed } from "../network/securityGroups";

const definitionTypes = ["aws:ecs/taskDefinition:TaskDefinition"] as const;

interface Behind {
  readonly group: Resource;
  readonly target: Target;
}

/** Each target group that a service registers its tasks in, with the tasks as it is led to them. */
export function tasksBehind(service: Resource, context: Pick<ReadContext, "stack">): readonly Behind[] {
  const { stack } = context;
  const { properties } = service;
  const balancers = field(properties, "loadBalancers");
  const network = field(properties, "networkConfiguration");
  const target: Target = {
    resource: service,
    groups: groupsNamed(service, "networkConfiguration", at(network, "securityGroups"), context),
    subnets: subnetsNamed(service, "networkConfiguration", at(network, "subnets"), context),
    isMachine: false,
  };
  if (typeof balancers === "symbol") {
    const groups = stack.references(service, "loadBalancers", targetGroupTypes, balancers).resources;
    return groups.map((group) => ({ group, target }));
  }
  return items(balancers).flatMap((balancer) => {
    const arn = field(balancer, "targetGroupArn");
    const groups = stack.references(service, "loadBalancers", targetGroupTypes, [arn]).resources;
    const port = field(balancer, "containerPort");
    const listensOn = portsOfContainer(service, text(field(balancer, "containerName")), context);
    const led: Target = {
      ...target,
      ...(port === undefined ? {} : { port }),
      ...(listensOn === undefined ? {} : { listensOn }),
    };
    return groups.map((group) => ({ group, target: led }));
  });
}

/** Ports that a container of the service's task definition maps; undefined where that is not known. */
function portsOfContainer(
  service: Resource,
  name: string | undefined,
  { stack }: Pick<ReadContext, "stack">,
): readonly number[] | undefined {
  const named = field(service.properties, "taskDefinition");
  const [definition] = stack.references(service, "taskDefinition", definitionTypes, named).resources;
  const containers = parsed(definition && field(definition.properties, "containerDefinitions"));
  const own = containers?.filter((container) => name === undefined || field(container, "name") === name);
  if (own === undefined || own.length === 0) return undefined;
  const mapped = own.flatMap((container) => items(field(container, "portMappings")));
  const ports = mapped.map((mapping) => amount(field(mapping, "containerPort")));
  // A container that maps nothing may be one of which only the image knows the ports: ECS refuses to register it.
  return ports.flatMap((port) => port ?? []).length < ports.length ? undefined : ports.flatMap((port) => port ?? []);
}

/** Definitions are one text of JSON; undefined where it is not known, or none. */
function parsed(value: Value): readonly Value[] | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const found = JSON.parse(value) as Value;
    return Array.isArray(found) ? items(found) : undefined;
  } catch {
    return undefined;
  }
}
