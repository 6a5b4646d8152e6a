/** What a target group's targets say of the way to them: security groups, subnets, the port that they serve on. */
import type { ReadContext } from "../../reader";
import type { Resource, Value } from "../../resource";
import { field, items, texts } from "../../values";
import { launchTemplateOf } from "../compute/launchTemplate";
import { groupsNamed, type NamedGroups } from "../network/securityGroups";
import { subnetTypes } from "../region";

const configurationTypes = ["aws:ec2/launchConfiguration:LaunchConfiguration"] as const;

/** One target, or all targets that one resource runs. */
export interface Target {
  readonly resource: Resource;
  readonly groups: NamedGroups;
  /** Subnets that it stands in, as far as the stack holds them. */
  readonly subnets: readonly Resource[];
  /** Where it is asked for itself. @default the target group's port */
  readonly port?: Value;
  /** Ports that it listens on, where its own definition lists them. */
  readonly listensOn?: readonly number[];
  /** True where machines are registered, not addresses. */
  readonly isMachine: boolean;
}

export function subnetsNamed(
  resource: Resource,
  property: string,
  value: Value,
  { stack }: Pick<ReadContext, "stack">,
): readonly Resource[] {
  return stack.references(resource, property, subnetTypes, value).resources;
}

export function instanceTarget(resource: Resource, context: Pick<ReadContext, "stack">): Target {
  const { properties } = resource;
  return {
    resource,
    groups: groupsNamed(resource, "vpcSecurityGroupIds", field(properties, "vpcSecurityGroupIds"), context),
    subnets: subnetsNamed(resource, "subnetId", field(properties, "subnetId"), context),
    isMachine: true,
  };
}

/** Machines of a group are in the security groups of its launch template, its first interface or its configuration. */
export function groupTarget(resource: Resource, context: Pick<ReadContext, "stack">): Target {
  const subnets = subnetsNamed(
    resource,
    "vpcZoneIdentifiers",
    field(resource.properties, "vpcZoneIdentifiers"),
    context,
  );
  return { resource, groups: launchedIn(resource, context), subnets, isMachine: true };
}

function launchedIn(group: Resource, context: Pick<ReadContext, "stack">): NamedGroups {
  const { stack } = context;
  const { properties } = group;
  const none: NamedGroups = { groups: [], property: "launchTemplate", rest: "none" };
  const template = launchTemplateOf(group, context);
  if (template !== undefined) return ofTemplate(template, context);
  const configuration = field(properties, "launchConfiguration");
  const [used] = stack.references(group, "launchConfiguration", configurationTypes, configuration).resources;
  return used === undefined
    ? none
    : groupsNamed(used, "securityGroups", field(used.properties, "securityGroups"), context);
}

function ofTemplate(template: Resource, context: Pick<ReadContext, "stack">): NamedGroups {
  const { properties } = template;
  const own = groupsNamed(template, "vpcSecurityGroupIds", field(properties, "vpcSecurityGroupIds"), context);
  if (own.rest !== "none") return own;
  const [first] = items(field(properties, "networkInterfaces"));
  const inside = field(first, "securityGroups");
  const ofInterface = groupsNamed(template, "networkInterfaces", inside, context);
  if (ofInterface.rest !== "none") return ofInterface;
  const names = groupsNamed(template, "securityGroupNames", field(properties, "securityGroupNames"), context);
  return names.rest === "none" ? own : names;
}

/** The address ranges of subnets; undefined where one is not known. */
export function rangesOf(subnets: readonly Resource[]): readonly string[] | undefined {
  const ranges = subnets.map(({ properties }) => field(properties, "cidrBlock"));
  return ranges.every((range) => typeof range === "string") ? texts(ranges) : undefined;
}
