/** Tasks of ECS as targets: the containers of their definition, and the ports that they listen on. */
import type { ReadContext } from "../../reader";
import type { Resource } from "../../resource";
import { amount, at, field, items, text } from "../../values";
import { targetGroupTypes } from "../balancing/actions";
import { subnetsNamed, type Target } from "../balancing/units";
import { groupsNamed } from "../network/securityGroups";
import { containersIn, taskDefinitionOf } from "./tasks";

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
  const definition = taskDefinitionOf(service, stack);
  const containers = definition === undefined ? [] : containersIn(definition);
  const own = containers.filter((container) => name === undefined || field(container, "name") === name);
  if (own.length === 0) return undefined;
  const mapped = own.flatMap((container) => items(field(container, "portMappings")));
  const ports = mapped.map((mapping) => amount(field(mapping, "containerPort")));
  // A container that maps nothing may be one of which only the image knows the ports: ECS refuses to register it.
  return ports.flatMap((port) => port ?? []).length < ports.length ? undefined : ports.flatMap((port) => port ?? []);
}
